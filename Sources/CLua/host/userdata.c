// Swift objects in Lua: classes with known keys, methods and events, and the life of their handles. All full userdata of
// a state are made here, but for the boxes of functions, which no script ever holds.
#include "host.h"
#include <stdlib.h>
#include <string.h>

static const char *const events[CRMLUA_EVENT_COUNT] = {
    "__tostring", "__eq",  "__lt",   "__le",  "__add",    "__sub", "__mul",  "__div",
    "__mod",      "__idiv", "__unm", "__concat", "__len", "__call", "__pairs"};

// ---- scopes -------------------------------------------------------------------------------------------------------

crmlua_Scope *crmlua_scope_new(void) {
    crmlua_Scope *scope = malloc(sizeof *scope);
    if (scope != NULL) {
        atomic_init(&scope->holders, 1);
        atomic_init(&scope->ended, 0);
    }
    return scope;
}

void crmlua_scope_end(crmlua_Scope *scope) { atomic_store(&scope->ended, 1); }

bool crmlua_scope_ended(const crmlua_Scope *scope) {
    return atomic_load_explicit(&scope->ended, memory_order_relaxed) != 0;
}

void crmlua_scope_retain(crmlua_Scope *scope) { atomic_fetch_add(&scope->holders, 1); }

void crmlua_scope_release(crmlua_Scope *scope) {
    if (atomic_fetch_sub(&scope->holders, 1) == 1)
        free(scope);
}

// ---- objects ------------------------------------------------------------------------------------------------------

// What an object holds lies outside of Lua: a record is one or two kilobytes, a number next to nothing. The collector sees
// a handle of a few bytes, and would let dead handles pile up until they hold a hundred times what it counts. So it is
// told of what the host says an object takes, at the least of half a kilobyte, eight kilobytes at a time.
enum { LEAST_TOLD = 512, TOLD_AT_ONCE = 8 * 1024 };

// Ties a userdata that was just made to the ring of the state.
static void tie(Host *h, Held *held) {
    held->object = NULL;
    held->scope = NULL;
    held->cost = 0;
    held->previous = &h->held;
    held->next = h->held.next;
    h->held.next->previous = held;
    h->held.next = held;
}

static void untie(Held *held) {
    if (held->next == NULL)
        return;
    held->next->previous = held->previous;
    held->previous->next = held->next;
    held->next = held->previous = NULL;
}

Object *crmlua_to_object(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || lua_rawlen(L, index) != sizeof(Object))
        return NULL;
    return lua_touserdata(L, index);
}

void crmlua_push_object(lua_State *L, Host *h, const crmlua_Value *value) {
    crmlua_Class *type = (crmlua_Class *)(intptr_t)value->bits;
    Object *o = lua_newuserdatauv(L, sizeof *o, 0);
    o->type = type;
    tie(h, &o->held);
    lua_rawgeti(L, LUA_REGISTRYINDEX, type->metatable);
    lua_setmetatable(L, -2);
    // From here on the collector gives back what the handle holds.
    h->callbacks.retain(value->pointer);
    o->held.object = value->pointer;
    h->live_objects += 1;
    if (value->scope != NULL) {
        crmlua_scope_retain(value->scope);
        o->held.scope = value->scope;
    }
    int64_t cost = value->extra > 0 ? value->extra : 0;
    o->held.cost = cost;
    h->untold += (uint64_t)(cost > LEAST_TOLD ? cost : LEAST_TOLD);
    if (h->untold >= TOLD_AT_ONCE) {
        int kilobytes = (int)(h->untold / 1024);
        h->untold = 0;
        lua_gc(L, LUA_GCSTEP, kilobytes);
    }
    crmlua_hold_outside(L, cost);
}

// Takes the object out of the ring; gives back what it holds later, when no callback can still need it.
static void let_go(Host *h, Held *held) {
    untie(held);
    if (held->object != NULL) {
        const void *object = held->object;
        held->object = NULL;
        h->live_objects -= 1;
        h->outside -= (uint64_t)held->cost;
        held->cost = 0;
        crmlua_dies_later(h, object);
    }
    if (held->scope != NULL) {
        crmlua_scope_release(held->scope);
        held->scope = NULL;
    }
}

void crmlua_release_held(Host *h) {
    while (h->held.next != &h->held)
        let_go(h, h->held.next);
}

// Swift code never runs inside the collector: what dies is put on a list that is emptied between callbacks.
static int collect_object(lua_State *L) {
    Host *h = crmlua_host(L);
    Object *o = crmlua_to_object(L, 1);
    if (o != NULL)
        let_go(h, &o->held);
    return 0;
}

static int collect_box(lua_State *L) {
    Host *h = crmlua_host(L);
    Held *held = lua_touserdata(L, 1);
    if (held != NULL)
        let_go(h, held);
    return 0;
}

// Pushes the userdata that keeps the box of a function.
void crmlua_push_box(lua_State *L, Host *h, const void *box) {
    Held *held = lua_newuserdatauv(L, sizeof *held, 0);
    tie(h, held);
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->box_metatable);
    lua_setmetatable(L, -2);
    h->callbacks.retain(box);
    held->object = box;
    h->live_objects += 1;
}

void crmlua_open_userdata(lua_State *L, Host *h) {
    lua_newtable(L);
    lua_pushcfunction(L, collect_box);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    h->box_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

// ---- access -------------------------------------------------------------------------------------------------------

static Object *check_living(lua_State *L, Object *o) {
    if (o->held.object == NULL || (o->held.scope != NULL && crmlua_scope_ended(o->held.scope)))
        crmlua_raise_coded(L, CRMLUA_EXPIRED, "%s was used after the call it belongs to had ended", o->type->name);
    return o;
}

// Looks the key in slot 2 up among the known keys and methods (upvalue 1). Leaves one value on the stack.
static int look_up(lua_State *L) {
    lua_pushvalue(L, 2);
    return lua_rawget(L, lua_upvalueindex(1));
}

static int object_index(lua_State *L) {
    crmlua_Class *type = lua_touserdata(L, lua_upvalueindex(2));
    Object *o = crmlua_to_object(L, 1);
    if (o == NULL || o->type != type)
        return luaL_error(L, "%s expected, got %s", type->name, luaL_typename(L, 1));
    int found = look_up(L);
    if (found == LUA_TFUNCTION)
        return 1;
    check_living(L, o);
    crmlua_Call call = {0};
    call.kind = CRMLUA_CALL_INDEX;
    call.object = o->held.object;
    call.key_index = found == LUA_TNUMBER ? (int32_t)lua_tointeger(L, -1) : -1;
    call.first_argument = 3;
    crmlua_describe(L, 2, &call.key);
    return crmlua_call_swift(L, crmlua_host(L), type->box, &call);
}

static int object_newindex(lua_State *L) {
    crmlua_Class *type = lua_touserdata(L, lua_upvalueindex(2));
    Object *o = crmlua_to_object(L, 1);
    if (o == NULL || o->type != type)
        return luaL_error(L, "%s expected, got %s", type->name, luaL_typename(L, 1));
    check_living(L, o);
    int found = look_up(L);
    if (!type->writable || found == LUA_TFUNCTION)
        return luaL_error(L, "%s is read-only", type->name);
    crmlua_Call call = {0};
    call.kind = CRMLUA_CALL_NEWINDEX;
    call.object = o->held.object;
    call.key_index = found == LUA_TNUMBER ? (int32_t)lua_tointeger(L, -1) : -1;
    call.argument_count = 1;
    call.first_argument = 3;
    crmlua_describe(L, 2, &call.key);
    crmlua_call_swift(L, crmlua_host(L), type->box, &call);
    return 0;
}

// Upvalues: the box of the method, the class, the method's name.
static int object_method(lua_State *L) {
    crmlua_Class *type = lua_touserdata(L, lua_upvalueindex(2));
    Object *o = crmlua_to_object(L, 1);
    if (o == NULL || o->type != type) {
        const char *name = lua_tostring(L, lua_upvalueindex(3));
        return crmlua_raise_coded(
            L, CRMLUA_BAD_ARGUMENT, "calling '%s' on bad self (%s expected, got %s; call it with ':')", name,
            type->name, o != NULL ? o->type->name : luaL_typename(L, 1));
    }
    check_living(L, o);
    const Held *box = lua_touserdata(L, lua_upvalueindex(1));
    crmlua_Call call = {0};
    call.kind = CRMLUA_CALL_METHOD;
    call.object = o->held.object;
    call.argument_count = lua_gettop(L) - 1;
    call.first_argument = 2;
    return crmlua_call_swift(L, crmlua_host(L), box->object, &call);
}

// Upvalues: the class, the event. Either operand may be the object; expired ones are refused.
static int object_event(lua_State *L) {
    crmlua_Class *type = lua_touserdata(L, lua_upvalueindex(1));
    int event = (int)lua_tointeger(L, lua_upvalueindex(2));
    int operands = lua_gettop(L);
    for (int i = 1; i <= 2 && i <= operands; i += 1) {
        Object *o = crmlua_to_object(L, i);
        if (o != NULL)
            check_living(L, o);
    }
    crmlua_Call call = {0};
    call.kind = CRMLUA_CALL_EVENT + event;
    call.argument_count = operands;
    call.first_argument = 1;
    // Lua hands the operand of a unary event over twice.
    if (event == CRMLUA_EVENT_UNM || event == CRMLUA_EVENT_LEN || event == CRMLUA_EVENT_TOSTRING)
        call.argument_count = 1;
    return crmlua_call_swift(L, crmlua_host(L), type->box, &call);
}

static int class_name(lua_State *L) {
    crmlua_Class *type = lua_touserdata(L, lua_upvalueindex(1));
    lua_pushstring(L, type->name);
    return 1;
}

// ---- classes ------------------------------------------------------------------------------------------------------

typedef struct NewClass {
    crmlua_Class *type;
    const crmlua_Builder *keys;
    uint32_t events;
} NewClass;

static int build_class(lua_State *L) {
    const NewClass *p = lua_touserdata(L, 1);
    crmlua_Class *type = p->type;
    lua_createtable(L, 0, 8);
    int metatable = lua_gettop(L);
    lua_createtable(L, 0, p->keys->count);
    int keys = lua_gettop(L);
    for (int32_t i = 0; i < p->keys->count; i += 1) {
        lua_pushlstring(L, p->keys->values[i].pointer, (size_t)p->keys->values[i].bits);
        lua_pushinteger(L, i);
        lua_rawset(L, keys);
    }
    lua_pushvalue(L, keys);
    lua_pushlightuserdata(L, type);
    lua_pushcclosure(L, object_index, 2);
    lua_setfield(L, metatable, "__index");
    lua_pushvalue(L, keys);
    lua_pushlightuserdata(L, type);
    lua_pushcclosure(L, object_newindex, 2);
    lua_setfield(L, metatable, "__newindex");
    lua_pushlightuserdata(L, type);
    lua_pushcclosure(L, class_name, 1);
    lua_setfield(L, metatable, "__tostring");
    for (int event = 0; event < CRMLUA_EVENT_COUNT; event += 1) {
        if (!(p->events & (1u << event)))
            continue;
        lua_pushlightuserdata(L, type);
        lua_pushinteger(L, event);
        lua_pushcclosure(L, object_event, 2);
        lua_setfield(L, metatable, events[event]);
    }
    lua_pushcfunction(L, collect_object);
    lua_setfield(L, metatable, "__gc");
    lua_pushboolean(L, false);
    lua_setfield(L, metatable, "__metatable");
    lua_pushstring(L, type->name);
    lua_setfield(L, metatable, "__name");
    // The table of keys is kept by the metatable under its class, for methods added later.
    lua_pushvalue(L, keys);
    lua_rawsetp(L, metatable, type);
    lua_settop(L, metatable);
    type->metatable = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t crmlua_make_class(
    lua_State *M, const void *box, const char *name, crmlua_Builder *keys, uint32_t event_set, bool writable,
    crmlua_Class **result) {
    Host *h = crmlua_host(M);
    crmlua_builder_give(M);
    size_t size = strlen(name) + 1;
    crmlua_Class *type = calloc(1, sizeof *type + size);
    if (type == NULL)
        return CRMLUA_MEMORY;
    memcpy(type->name, name, size);
    type->writable = writable;
    NewClass parameters = {type, keys, event_set};
    int32_t status = crmlua_protect(h, build_class, &parameters, 0);
    if (status != CRMLUA_OK) {
        free(type);
        return status;
    }
    h->callbacks.retain(box);
    type->box = box;
    type->next = h->classes;
    h->classes = type;
    *result = type;
    return CRMLUA_OK;
}

typedef struct NewMethod {
    crmlua_Class *type;
    const char *name;
    size_t length;
    const void *box;
} NewMethod;

static int build_method(lua_State *L) {
    const NewMethod *p = lua_touserdata(L, 1);
    Host *h = crmlua_host(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, p->type->metatable);
    lua_rawgetp(L, -1, p->type);
    lua_pushlstring(L, p->name, p->length);
    crmlua_push_function(L, h, p->box);
    // The function made for the box only lends the userdata that keeps it.
    lua_getupvalue(L, -1, 1);
    lua_remove(L, -2);
    lua_pushlightuserdata(L, p->type);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, object_method, 3);
    lua_rawset(L, -3);
    return 0;
}

int32_t crmlua_add_method(lua_State *M, crmlua_Class *type, const char *name, size_t length, const void *box) {
    NewMethod parameters = {type, name, length, box};
    return crmlua_protect(crmlua_host(M), build_method, &parameters, 0);
}
