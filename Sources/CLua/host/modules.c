// require: modules come from the host as source text, run once a state, and may not need each other in a circle.
//
// A module may belong to a scope: `require "scope/name"`. The code of a scope has an environment of its own, behind
// which lie the globals of the state, and a `require` that looks for plain names in that scope. What a module gives to
// code outside its scope is read-only.
#include "host.h"
#include <string.h>

// What modules gave, by scope and name; the names of modules that are being loaded; the environments of the scopes;
// what modules gave to other scopes, by asking scope and name; the scope of the code that has this require.
#define LOADED lua_upvalueindex(1)
#define LOADING lua_upvalueindex(2)
#define SCOPES lua_upvalueindex(3)
#define GIVEN lua_upvalueindex(4)
#define SCOPE lua_upvalueindex(5)

static int require_module(lua_State *L);

// Pushes the environment of a scope, made when it is first asked for.
static void push_environment(lua_State *L, const char *scope, size_t length) {
    luaL_checkstack(L, 10, NULL);
    lua_pushlstring(L, scope, length);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, SCOPES) != LUA_TNIL) {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_pushvalue(L, LOADED);
    lua_pushvalue(L, LOADING);
    lua_pushvalue(L, SCOPES);
    lua_pushvalue(L, GIVEN);
    lua_pushvalue(L, -6);
    lua_pushcclosure(L, require_module, 5);
    lua_setfield(L, -2, "require");
    lua_createtable(L, 0, 2);
    lua_pushglobaltable(L);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, SCOPES);
    lua_remove(L, -2);
}

// Compiles and runs the module; runs protected, so that the mark of loading is always taken off.
static int run_module(lua_State *L) {
    const crmlua_Builder *b = lua_touserdata(L, 1);
    if (b->count < 2 || b->values[0].tag != CRMLUA_STRING || b->values[1].tag != CRMLUA_STRING)
        return luaL_error(L, "the host gave no source");
    crmlua_push_values(L, crmlua_host(L), &b->values[1], 1);
    const char *name = lua_tostring(L, -1);
    if (crmlua_load_host_text(L, b->values[0].pointer, (size_t)b->values[0].bits, name) != LUA_OK)
        return lua_error(L);
    if (!lua_isnil(L, 3)) {
        lua_pushvalue(L, 3);
        lua_setupvalue(L, -2, 1);
    }
    lua_pushvalue(L, 2);
    lua_call(L, 1, 1);
    return 1;
}

// Runs the module whose text is in the builder and puts what it gave, or true, into LOADED under the key at 2.
static void load_module(lua_State *L, const crmlua_Builder *b, const char *scope, size_t length) {
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rawset(L, LOADING);
    lua_pushcfunction(L, run_module);
    lua_pushlightuserdata(L, (void *)b);
    lua_pushvalue(L, 1);
    if (length > 0)
        push_environment(L, scope, length);
    else
        lua_pushnil(L);
    uint32_t level = crmlua_c_level(L);
    int status = lua_pcall(L, 3, 1, 0);
    crmlua_set_c_level(L, level);
    if (status == LUA_ERRMEM)
        crmlua_note_memory(L);
    if (crmlua_is_stopped(L))
        crmlua_raise_stop(L);
    lua_pushvalue(L, 2);
    lua_pushnil(L);
    lua_rawset(L, LOADING);
    if (status != LUA_OK)
        lua_error(L);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, LOADED);
}

static int require_module(lua_State *L) {
    Host *h = crmlua_host(L);
    size_t length, own_length;
    const char *name = luaL_checklstring(L, 1, &length);
    const char *own = lua_tolstring(L, SCOPE, &own_length);
    const char *slash = memchr(name, '/', length);
    const char *scope = slash != NULL ? name : own;
    size_t scope_length = slash != NULL ? (size_t)(slash - name) : own_length;
    bool foreign = scope_length != own_length || memcmp(scope, own, own_length) != 0;
    lua_settop(L, 1);
    // 2: scope and name.
    if (slash == NULL && own_length > 0) {
        lua_pushvalue(L, SCOPE);
        lua_pushliteral(L, "/");
        lua_pushvalue(L, 1);
        lua_concat(L, 3);
    } else {
        lua_pushvalue(L, 1);
    }
    // 3: the same with the asking scope in front; what was found is put under it.
    lua_pushvalue(L, SCOPE);
    lua_pushliteral(L, ">");
    lua_pushvalue(L, 2);
    lua_concat(L, 3);
    lua_pushvalue(L, foreign ? 3 : 2);
    if (lua_rawget(L, foreign ? GIVEN : LOADED) != LUA_TNIL)
        return 1;
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, LOADING) != LUA_TNIL)
        return luaL_error(L, "module '%s' needs itself, by way of other modules", name);
    lua_settop(L, 3);
    crmlua_charge(L, 100);
    uint32_t level = crmlua_c_level(L);
    crmlua_enter_c(L);
    crmlua_Builder *b = crmlua_builder_take(h->main);
    if (b == NULL)
        return luaL_error(L, "not enough memory");
    // The host is asked even when another scope has the module already: it says who may have it.
    size_t key_length;
    const char *key = lua_tolstring(L, 2, &key_length);
    Escape *escape = h->escape;
    h->escape = NULL;
    int32_t found = h->callbacks.load_module(h->owner, key, key_length, own, own_length, b);
    h->escape = escape;
    if (h->abandoned)
        crmlua_escape(h);
    crmlua_builder_give(h->main);
    if (h->stop)
        return crmlua_raise_stop(L);
    if (found == 0)
        return luaL_error(L, "module '%s' not found", name);
    if (found != 1)
        return crmlua_raise_builder(L, h, b);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, LOADED) == LUA_TNIL) {
        lua_settop(L, 3);
        load_module(L, b, scope, scope_length);
    }
    crmlua_set_c_level(L, level);
    if (!foreign)
        return 1;
    if (lua_istable(L, -1)) {
        if (crmlua_push_frozen(L, -1))
            lua_pop(L, 1);
        else
            crmlua_freeze(L);
    }
    lua_pushvalue(L, 3);
    lua_pushvalue(L, -2);
    lua_rawset(L, GIVEN);
    return 1;
}

// Sets `require` in the table on top of the stack.
void crmlua_open_modules(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "");
    lua_pushcclosure(L, require_module, 5);
    lua_setfield(L, -2, "require");
}
