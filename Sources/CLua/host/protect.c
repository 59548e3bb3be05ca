// Protected calls: everything that Swift asks of Lua and that may raise runs below one of the lua_pcallk in this file.
#include "host.h"
#include "libraries.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The longest source text that the host gives, in bytes.
#define MAX_HOST_SOURCE ((size_t)1024 * 1024)

// ---- frames of calls ------------------------------------------------------------------------------------------------

bool crmlua_begin(Host *h, Frame *frame) {
    if (h->dead || h->stop || !lua_checkstack(h->running, 16))
        return false;
    frame->host = h;
    frame->outer = crmlua_frame;
    frame->running = h->running;
    frame->builder_depth = h->builder_depth;
    frame->c_level = h->c_level;
    if (h->depth == 0) {
        if (h->builder_depth == 0)
            crmlua_drain(h);
        h->steps = h->log_used = 0;
        h->log_cut = false;
        h->c_level = 0;
        crmlua_call_starts(h);
    }
    frame->is_outermost = h->depth == 0;
    h->depth += 1;
    crmlua_frame = frame;
    return true;
}

void crmlua_end(Host *h, Frame *frame) {
    crmlua_frame = frame->outer;
    h->depth -= 1;
    h->running = frame->running;
    h->builder_depth = frame->builder_depth;
    h->c_level = frame->c_level;
    if (h->depth > 0)
        return;
    crmlua_call_ends(h);
    h->last_steps = h->steps;
    // A script runs some hundred million steps a second; without counting, time is all there is to go by.
    if (!h->exact)
        h->last_steps += (uint64_t)h->last_cpu / 10;
    if (h->stop)
        h->dead = true;
    if (h->builder_depth == 0)
        crmlua_drain(h);
}

// ---- what waits to be given back -------------------------------------------------------------------------------------

bool crmlua_dies_later(Host *h, const void *object) {
    if (h->dying_count == h->dying_capacity) {
        size_t capacity = h->dying_capacity == 0 ? 64 : h->dying_capacity * 2;
        const void **list = realloc(h->dying, capacity * sizeof *list);
        if (list == NULL) {
            h->callbacks.release(object);
            return false;
        }
        h->dying = list;
        h->dying_capacity = capacity;
    }
    h->dying[h->dying_count++] = object;
    return true;
}

void crmlua_unreference(lua_State *M, int32_t reference) {
    Host *h = crmlua_host(M);
    if (h->unreferenced_count == h->unreferenced_capacity) {
        size_t capacity = h->unreferenced_capacity == 0 ? 64 : h->unreferenced_capacity * 2;
        int32_t *list = realloc(h->unreferenced, capacity * sizeof *list);
        if (list == NULL)
            return; // The value stays referenced until the state is closed.
        h->unreferenced = list;
        h->unreferenced_capacity = capacity;
    }
    h->unreferenced[h->unreferenced_count++] = reference;
}

void crmlua_drain(Host *h) {
    // luaL_unref only writes to places that exist, so it neither allocates nor raises.
    if (h->abandoned)
        h->unreferenced_count = 0;
    while (h->unreferenced_count > 0)
        luaL_unref(h->running, LUA_REGISTRYINDEX, h->unreferenced[--h->unreferenced_count]);
    while (h->dying_count > 0)
        h->callbacks.release(h->dying[--h->dying_count]);
}

// ---- protected bodies -------------------------------------------------------------------------------------------------

int32_t crmlua_protect(Host *h, lua_CFunction body, void *data, int index) {
    lua_State *L = h->running;
    if (h->dead || h->stop)
        return CRMLUA_DEAD;
    if (!lua_checkstack(L, 8))
        return CRMLUA_MEMORY;
    int base = lua_gettop(L);
    if (index != 0)
        index = lua_absindex(L, index);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, data);
    if (index != 0)
        lua_pushvalue(L, index);
    int status = crmlua_pcall(h, L, index != 0 ? 2 : 1, 0, 0);
    int32_t result = CRMLUA_OK;
    if (status != LUA_OK) {
        h->traceback[0] = 0;
        h->failure.chunk = NULL;
        h->failure.line = 0;
        result = crmlua_take_failure(h, L, status);
    }
    if (!h->abandoned)
        lua_settop(L, base);
    if (h->depth == 0 && h->stop)
        h->dead = true;
    return result;
}

// ---- calls --------------------------------------------------------------------------------------------------------

typedef struct Call {
    int32_t reference;
    int32_t wanted;
    const crmlua_Builder *arguments;
    const crmlua_Value *argument;
} Call;

static int call_body(lua_State *L) {
    const Call *p = lua_touserdata(L, 1);
    Host *h = crmlua_host(L);
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, p->reference);
    int count = 0;
    if (p->argument != NULL)
        count = crmlua_push_values(L, h, p->argument, 1);
    else if (p->arguments != NULL)
        count = crmlua_push_values(L, h, p->arguments->values, p->arguments->count);
    lua_callk(L, count, p->wanted, 0, NULL);
    return lua_gettop(L);
}

static int32_t run(Host *h, Call *p, int32_t *base) {
    Frame frame;
    if (!crmlua_begin(h, &frame))
        return CRMLUA_DEAD;
    lua_State *L = h->running;
    *base = lua_gettop(L);
    h->traceback[0] = 0;
    h->failure.chunk = NULL;
    h->failure.line = 0;
    int32_t result = CRMLUA_OK;
    lua_pushcfunction(L, crmlua_message_handler);
    if (h->c_level >= h->limits.c_depth) {
        // A call that fails before it begins has an error value like any other.
        lua_pushnil(L);
        result = crmlua_take_overflow(h);
    } else {
        h->c_level += 1;
        lua_pushcfunction(L, call_body);
        lua_pushlightuserdata(L, p);
        int status = crmlua_pcall(h, L, 1, LUA_MULTRET, *base + 1);
        if (status != LUA_OK || h->stop)
            result = crmlua_take_failure(h, L, status);
    }
    crmlua_end(h, &frame);
    return result;
}

int32_t crmlua_call(
    lua_State *M, int32_t reference, crmlua_Builder *arguments, int32_t wanted, crmlua_Results *results) {
    Host *h = crmlua_host(M);
    // Its contents stay until Lua runs, and are on Lua's stack before that.
    if (arguments != NULL)
        crmlua_builder_give(M);
    Call p = {reference, wanted, arguments, NULL};
    results->values = NULL;
    results->count = 0;
    int32_t status = run(h, &p, &results->base);
    if (status == CRMLUA_DEAD)
        return status;
    crmlua_Builder *b = crmlua_builder_take(M);
    if (b == NULL) {
        h->builder_depth += 1; // crmlua_finish gives one back
        return status == CRMLUA_OK ? CRMLUA_MEMORY : status;
    }
    if (status != CRMLUA_OK)
        return status;
    lua_State *L = h->running;
    int count = lua_gettop(L) - results->base - 1;
    if (!crmlua_builder_reserve(b, count))
        return CRMLUA_MEMORY;
    for (int i = 0; i < count; i += 1)
        crmlua_describe(L, results->base + 2 + i, &b->values[i]);
    results->values = b->values;
    results->count = count;
    return CRMLUA_OK;
}

int32_t crmlua_call_one(lua_State *M, int32_t reference, const crmlua_Value *argument, crmlua_Results *results) {
    Host *h = crmlua_host(M);
    Call p = {reference, 1, NULL, argument};
    results->values = &h->single;
    results->count = 0;
    int32_t status = run(h, &p, &results->base);
    if (status == CRMLUA_DEAD)
        return status;
    h->builder_depth += 1; // crmlua_finish gives one back
    if (status == CRMLUA_OK) {
        results->count = 1;
        crmlua_describe(h->running, results->base + 2, &h->single);
    }
    return status;
}

void crmlua_finish(lua_State *M, int32_t base) {
    Host *h = crmlua_host(M);
    if (!h->abandoned)
        lua_settop(h->running, base);
    crmlua_builder_give(M);
}

// ---- compiling ----------------------------------------------------------------------------------------------------

typedef struct Source {
    const char *text, *name;
    size_t length;
    int32_t reference;
    int status;
} Source;

int crmlua_load_host_text(lua_State *L, const char *text, size_t length, const char *name) {
    if (length > MAX_HOST_SOURCE) {
        lua_pushfstring(L, "%s:1: source text is too long (limit %d bytes)", name, (int)MAX_HOST_SOURCE);
        return LUA_ERRSYNTAX;
    }
    crmlua_charge(L, (uint64_t)length / 8 + 1);
    int line = 1;
    const char *problem = crmlua_scan_source(text, length, &line);
    if (problem != NULL) {
        lua_pushfstring(L, "%s:%d: %s", name, line, problem);
        return LUA_ERRSYNTAX;
    }
    lua_pushfstring(L, "=%s", name);
    int status = luaL_loadbufferx(L, text, length, lua_tostring(L, -1), "t");
    lua_remove(L, -2);
    return status;
}

static int load_body(lua_State *L) {
    Source *p = lua_touserdata(L, 1);
    p->status = crmlua_load_host_text(L, p->text, p->length, p->name);
    if (p->status != LUA_OK)
        return lua_error(L);
    p->reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

// Reads the line out of "name:line: message".
static int32_t line_of(const char *message) {
    for (const char *p = strchr(message, ':'); p != NULL; p = strchr(p + 1, ':')) {
        char *end;
        long line = strtol(p + 1, &end, 10);
        if (end > p + 1 && *end == ':' && line > 0)
            return line <= INT32_MAX ? (int32_t)line : 0;
    }
    return 0;
}

int32_t crmlua_load(lua_State *M, const char *source, size_t length, const char *chunk_name, int32_t *reference) {
    Host *h = crmlua_host(M);
    Frame frame;
    if (!crmlua_begin(h, &frame))
        return CRMLUA_DEAD;
    Source p = {source, chunk_name, length, 0, LUA_OK};
    int32_t status = crmlua_protect(h, load_body, &p, 0);
    crmlua_end(h, &frame);
    *reference = p.reference;
    // A limit strikes the compiler anywhere in the text; the text at least is known.
    if (h->stop && h->failure.chunk == NULL) {
        snprintf(h->chunk, sizeof h->chunk, "%s", chunk_name);
        h->failure.chunk = h->chunk;
    }
    if (status == CRMLUA_ERROR && p.status == LUA_ERRSYNTAX) {
        h->failure.line = line_of(h->failure.message);
        h->failure.code = CRMLUA_SYNTAX;
        return CRMLUA_SYNTAX;
    }
    return status;
}

// ---- references and globals -------------------------------------------------------------------------------------------

static int reference_body(lua_State *L) {
    int32_t *reference = lua_touserdata(L, 1);
    lua_settop(L, 2);
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t crmlua_reference_at(lua_State *M, int32_t index, int32_t *reference) {
    return crmlua_protect(crmlua_host(M), reference_body, reference, index);
}

typedef struct Assignment {
    const crmlua_Builder *value;
    const char *name;
    size_t length;
    const void *box;
    int32_t reference;
} Assignment;

static int value_body(lua_State *L) {
    Assignment *p = lua_touserdata(L, 1);
    lua_settop(L, crmlua_push_values(L, crmlua_host(L), p->value->values, p->value->count) > 0 ? 2 : 1);
    p->reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t crmlua_reference_value(lua_State *M, crmlua_Builder *value, int32_t *reference) {
    crmlua_builder_give(M);
    Assignment p = {.value = value};
    int32_t status = crmlua_protect(crmlua_host(M), value_body, &p, 0);
    *reference = p.reference;
    return status;
}

static int global_body(lua_State *L) {
    const Assignment *p = lua_touserdata(L, 1);
    lua_pushglobaltable(L);
    lua_pushlstring(L, p->name, p->length);
    int pushed = crmlua_push_values(L, crmlua_host(L), p->value->values, p->value->count);
    lua_settop(L, lua_gettop(L) - pushed + 1);
    lua_rawset(L, -3);
    return 0;
}

int32_t crmlua_set_global(lua_State *M, const char *name, size_t length, crmlua_Builder *value) {
    crmlua_builder_give(M);
    Assignment p = {.value = value, .name = name, .length = length};
    return crmlua_protect(crmlua_host(M), global_body, &p, 0);
}

static int function_body(lua_State *L) {
    Assignment *p = lua_touserdata(L, 1);
    crmlua_push_function(L, crmlua_host(L), p->box);
    p->reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t crmlua_make_function(lua_State *M, const void *box, int32_t *reference) {
    Assignment p = {.box = box};
    int32_t status = crmlua_protect(crmlua_host(M), function_body, &p, 0);
    *reference = p.reference;
    return status;
}
