// Values on their way between Lua and Swift: builders, pushing trees and copying tables out by raw access.
#include "host.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK ((size_t)2048)
#define KEPT_BLOCK ((size_t)65536)
#define KEPT_VALUES 4096

// ---- builders -----------------------------------------------------------------------------------------------------

bool crmlua_builder_reserve(crmlua_Builder *b, int32_t more) {
    if (more <= b->capacity - b->count)
        return true;
    if (more < 0 || b->count > INT32_MAX / 4 - more)
        return false;
    int32_t capacity = b->capacity * 2 > b->count + more ? b->capacity * 2 : b->count + more;
    crmlua_Value *values = realloc(b->values, (size_t)capacity * sizeof *values);
    if (values == NULL)
        return false;
    b->values = values;
    b->capacity = capacity;
    return true;
}

const void *crmlua_builder_copy(crmlua_Builder *b, const void *bytes, size_t length) {
    crmlua_Block *block = b->blocks;
    if (block == NULL || block->size - block->used < length) {
        size_t size = length > FIRST_BLOCK ? length : FIRST_BLOCK;
        if (size > SIZE_MAX - sizeof *block)
            return NULL;
        block = malloc(sizeof *block + size);
        if (block == NULL)
            return NULL;
        block->used = 0;
        block->size = size;
        block->next = b->blocks;
        b->blocks = block;
    }
    char *copy = block->bytes + block->used;
    if (length > 0)
        memcpy(copy, bytes, length);
    block->used += length;
    return copy;
}

// Gives back the retains that the builder's own objects hold.
void crmlua_builder_release(Host *h, crmlua_Builder *b) {
    for (int32_t i = 0; b->owned > 0 && i < b->count; i += 1) {
        crmlua_Value *value = &b->values[i];
        if (value->tag != CRMLUA_OBJECT)
            continue;
        b->owned -= 1;
        value->tag = CRMLUA_NIL;
        h->callbacks.release(value->pointer);
        if (value->scope != NULL)
            crmlua_scope_release(value->scope);
    }
    b->owned = 0;
}

static void reset(Host *h, crmlua_Builder *b) {
    crmlua_builder_release(h, b);
    if (b->blocks != NULL) {
        crmlua_Block *kept = NULL;
        for (crmlua_Block *block = b->blocks; block != NULL;) {
            crmlua_Block *next = block->next;
            if (kept == NULL && block->size <= KEPT_BLOCK)
                kept = block;
            else
                free(block);
            block = next;
        }
        if (kept != NULL) {
            kept->next = NULL;
            kept->used = 0;
        }
        b->blocks = kept;
    }
    if (b->capacity > KEPT_VALUES) {
        crmlua_Value *smaller = realloc(b->values, KEPT_VALUES * sizeof *smaller);
        if (smaller != NULL) {
            b->values = smaller;
            b->capacity = KEPT_VALUES;
        }
    }
    b->count = 0;
    b->error_code = 0;
    b->error_first = 0;
    b->error_located = 0;
    b->error_cause = 0;
}

crmlua_Builder *crmlua_builder_take(lua_State *M) {
    Host *h = crmlua_host(M);
    if (h->builder_depth == h->builder_count) {
        crmlua_Builder **list = realloc(h->builders, (h->builder_count + 1) * sizeof *list);
        if (list == NULL)
            return NULL;
        h->builders = list;
        list[h->builder_count] = calloc(1, sizeof **list);
        if (list[h->builder_count] == NULL)
            return NULL;
        h->builder_count += 1;
    }
    crmlua_Builder *b = h->builders[h->builder_depth];
    if (!crmlua_builder_reserve(b, 8))
        return NULL;
    h->builder_depth += 1;
    reset(h, b);
    return b;
}

// The contents stay readable until the builder is taken again.
void crmlua_builder_give(lua_State *M) {
    Host *h = crmlua_host(M);
    if (h->builder_depth > 0)
        h->builder_depth -= 1;
}

void crmlua_free_builders(Host *h) {
    for (uint32_t i = 0; i < h->builder_count; i += 1) {
        crmlua_Builder *b = h->builders[i];
        reset(h, b);
        free(b->blocks);
        free(b->values);
        free(b->arguments);
        free(b);
    }
    free(h->builders);
    h->builders = NULL;
    h->builder_count = h->builder_depth = 0;
}

// ---- to Lua -------------------------------------------------------------------------------------------------------

typedef struct Cursor {
    const crmlua_Value *next, *end;
} Cursor;

static void push_next(lua_State *L, Host *h, Cursor *c) {
    if (c->next == c->end) {
        lua_pushnil(L);
        return;
    }
    const crmlua_Value *v = c->next++;
    switch (v->tag) {
    case CRMLUA_BOOLEAN:
        lua_pushboolean(L, v->bits != 0);
        break;
    case CRMLUA_INTEGER:
        lua_pushinteger(L, v->bits);
        break;
    case CRMLUA_NUMBER: {
        double number;
        memcpy(&number, &v->bits, sizeof number);
        lua_pushnumber(L, number);
        break;
    }
    case CRMLUA_STRING:
        lua_pushlstring(L, v->pointer, (size_t)v->bits);
        break;
    case CRMLUA_REFERENCE:
        lua_rawgeti(L, LUA_REGISTRYINDEX, v->bits);
        break;
    case CRMLUA_ARGUMENT:
        lua_pushvalue(L, (int)v->bits);
        break;
    case CRMLUA_OBJECT:
        crmlua_push_object(L, h, v);
        break;
    case CRMLUA_ARRAY:
        luaL_checkstack(L, 8, NULL);
        lua_createtable(L, (int)v->bits, 0);
        for (int64_t i = 1; i <= v->bits; i += 1) {
            push_next(L, h, c);
            lua_rawseti(L, -2, i);
        }
        if (v->extra & CRMLUA_FROZEN)
            crmlua_freeze(L);
        break;
    case CRMLUA_TABLE:
        luaL_checkstack(L, 8, NULL);
        lua_createtable(L, 0, (int)v->bits);
        for (int64_t i = 0; i < v->bits; i += 1) {
            push_next(L, h, c);
            push_next(L, h, c);
            // nil and NaN are no keys.
            if (lua_isnil(L, -2) || (lua_type(L, -2) == LUA_TNUMBER && !lua_rawequal(L, -2, -2)))
                luaL_error(L, "a table key may not be nil or NaN");
            lua_rawset(L, -3);
        }
        if (v->extra & CRMLUA_FROZEN)
            crmlua_freeze(L);
        break;
    default:
        lua_pushnil(L);
    }
}

// Pushes all values of the flat list; returns how many came to lie on the stack.
int crmlua_push_values(lua_State *L, Host *h, const crmlua_Value *values, int count) {
    Cursor cursor = {values, values + count};
    int pushed = 0;
    while (cursor.next < cursor.end) {
        if ((pushed & 15) == 0)
            luaL_checkstack(L, 24, "too many values");
        push_next(L, h, &cursor);
        pushed += 1;
    }
    return pushed;
}

// ---- from Lua -----------------------------------------------------------------------------------------------------

// Says what a stack index holds, without copying or allocating.
void crmlua_describe(lua_State *L, int index, crmlua_Value *v) {
    v->extra = 0;
    v->pointer = NULL;
    v->scope = NULL;
    v->bits = 0;
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        v->tag = CRMLUA_NIL;
        break;
    case LUA_TBOOLEAN:
        v->tag = CRMLUA_BOOLEAN;
        v->bits = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            v->tag = CRMLUA_INTEGER;
            v->bits = lua_tointeger(L, index);
        } else {
            double number = lua_tonumber(L, index);
            v->tag = CRMLUA_NUMBER;
            memcpy(&v->bits, &number, sizeof number);
        }
        break;
    case LUA_TSTRING: {
        size_t length;
        v->tag = CRMLUA_STRING;
        v->pointer = lua_tolstring(L, index, &length);
        v->bits = (int64_t)length;
        break;
    }
    case LUA_TTABLE:
        v->tag = CRMLUA_TABLE;
        break;
    case LUA_TFUNCTION:
        v->tag = CRMLUA_FUNCTION;
        break;
    case LUA_TUSERDATA: {
        Object *o = crmlua_to_object(L, index);
        if (o != NULL) {
            v->tag = CRMLUA_OBJECT;
            v->pointer = o->held.object;
            v->bits = (int64_t)(intptr_t)o->type;
            v->extra = o->held.scope != NULL && crmlua_scope_ended(o->held.scope);
            break;
        }
        v->tag = CRMLUA_OPAQUE;
        v->pointer = "userdata";
        break;
    }
    default:
        v->tag = CRMLUA_OPAQUE;
        v->pointer = lua_typename(L, lua_type(L, index));
    }
}

const char *crmlua_type_name_at(lua_State *M, int32_t index) {
    if (crmlua_host(M)->abandoned)
        return "value";
    lua_State *L = crmlua_host(M)->running;
    Object *o = crmlua_to_object(L, index);
    return o != NULL && o->type != NULL ? o->type->name : luaL_typename(L, index);
}

typedef struct Reader {
    lua_State *L;
    crmlua_Builder *result;
    int32_t items;
    // One text may stand in many places of a table, and is copied for each.
    int64_t bytes;
} Reader;

static int read_value(Reader *r, int index, int depth) {
    if (r->items-- <= 0)
        return CRMLUA_READ_ITEMS;
    if (!crmlua_builder_reserve(r->result, 1))
        return CRMLUA_READ_MEMORY;
    int32_t slot = r->result->count++;
    crmlua_describe(r->L, index, &r->result->values[slot]);
    if (r->result->values[slot].tag == CRMLUA_STRING) {
        r->bytes -= r->result->values[slot].bits;
        return r->bytes < 0 ? CRMLUA_READ_BYTES : CRMLUA_READ_OK;
    }
    if (r->result->values[slot].tag != CRMLUA_TABLE)
        return CRMLUA_READ_OK;
    if (depth <= 0)
        return CRMLUA_READ_DEPTH;
    // lua_checkstack only answers; it never raises.
    if (!lua_checkstack(r->L, 6))
        return CRMLUA_READ_MEMORY;
    int top = lua_gettop(r->L), status = CRMLUA_READ_OK;
    if (!crmlua_push_frozen(r->L, index))
        lua_pushvalue(r->L, index);
    int table = lua_gettop(r->L);
    int64_t pairs = 0;
    lua_pushnil(r->L);
    while (status == CRMLUA_READ_OK && lua_next(r->L, table)) {
        pairs += 1;
        status = read_value(r, table + 1, depth - 1);
        if (status == CRMLUA_READ_OK)
            status = read_value(r, table + 2, depth - 1);
        lua_settop(r->L, table + 1);
    }
    lua_settop(r->L, top);
    r->result->values[slot].bits = pairs;
    return status;
}

int64_t crmlua_read_bytes(int32_t items) {
    int64_t least = INT64_C(8) * 1024 * 1024, each = INT64_C(64) * items;
    return each > least ? each : least;
}

int32_t crmlua_read_at(lua_State *M, int32_t index, crmlua_Builder *result, int32_t depth, int32_t items) {
    if (crmlua_host(M)->abandoned)
        return CRMLUA_READ_MEMORY;
    lua_State *L = crmlua_host(M)->running;
    Reader reader = {L, result, items, crmlua_read_bytes(items)};
    return read_value(&reader, lua_absindex(L, index), depth);
}

int32_t crmlua_read_reference(
    lua_State *M, int32_t reference, crmlua_Builder *result, int32_t depth, int32_t items, int32_t *base) {
    *base = 0;
    if (crmlua_host(M)->abandoned)
        return CRMLUA_READ_MEMORY;
    lua_State *L = crmlua_host(M)->running;
    *base = lua_gettop(L);
    if (!lua_checkstack(L, 4))
        return CRMLUA_READ_MEMORY;
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    return crmlua_read_at(M, -1, result, depth, items);
}
