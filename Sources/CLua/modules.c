// require: modules come from the host as source text, run once a state, and may not need each other in a circle.
#include "host.h"

// Stack slots of require, whose upvalues are the table of loaded modules and that of modules being loaded.
#define LOADED lua_upvalueindex(1)
#define LOADING lua_upvalueindex(2)

// Compiles and runs the module; runs protected, so that the mark of loading is always taken off.
static int run_module(lua_State *L) {
    const crmlua_Builder *b = lua_touserdata(L, 1);
    if (b->count < 2 || b->values[0].tag != CRMLUA_STRING || b->values[1].tag != CRMLUA_STRING)
        return luaL_error(L, "the host gave no source");
    crmlua_push_values(L, crmlua_host(L), &b->values[1], 1);
    const char *name = lua_tostring(L, -1);
    if (crmlua_load_host_text(L, b->values[0].pointer, (size_t)b->values[0].bits, name) != LUA_OK)
        return lua_error(L);
    lua_pushvalue(L, 2);
    lua_call(L, 1, 1);
    return 1;
}

static int require_module(lua_State *L) {
    Host *h = crmlua_host(L);
    size_t length;
    const char *name = luaL_checklstring(L, 1, &length);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, LOADED) != LUA_TNIL)
        return 1;
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, LOADING) != LUA_TNIL)
        return luaL_error(L, "module '%s' needs itself, by way of other modules", name);
    lua_settop(L, 1);
    crmlua_charge(L, 100);
    uint32_t level = crmlua_c_level(L);
    crmlua_enter_c(L);
    crmlua_Builder *b = crmlua_builder_take(h->main);
    if (b == NULL)
        return luaL_error(L, "not enough memory");
    int32_t found = h->callbacks.load_module(h->owner, name, length, b);
    crmlua_builder_give(h->main);
    if (h->stop)
        return crmlua_raise_stop(L);
    if (found == 0)
        return luaL_error(L, "module '%s' not found", name);
    if (found != 1)
        return crmlua_raise_builder(L, h, b);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 1);
    lua_rawset(L, LOADING);
    lua_pushcfunction(L, run_module);
    lua_pushlightuserdata(L, b);
    lua_pushvalue(L, 1);
    int status = lua_pcall(L, 2, 1, 0);
    crmlua_set_c_level(L, level);
    if (status == LUA_ERRMEM)
        crmlua_note_memory(L);
    if (crmlua_is_stopped(L))
        return crmlua_raise_stop(L);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    lua_rawset(L, LOADING);
    if (status != LUA_OK)
        return lua_error(L);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, LOADED);
    return 1;
}

// Sets `require` in the table on top of the stack.
void crmlua_open_modules(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_pushcclosure(L, require_module, 2);
    lua_setfield(L, -2, "require");
}
