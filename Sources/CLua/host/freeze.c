// Read-only proxies: an empty table whose metatable, hidden from scripts, reads from the table behind it.
#include "host.h"

// Marks the metatables of proxies; its value is the table behind.
static char behind_key;

static int refuse_write(lua_State *L) {
    if (lua_type(L, 2) == LUA_TSTRING)
        return luaL_error(L, "attempt to change the read-only field '%s'", lua_tostring(L, 2));
    return luaL_error(L, "attempt to change a read-only table");
}

// The iterator keeps the table behind as an upvalue, so that pairs never hands it out.
static int next_pair(lua_State *L) {
    lua_settop(L, 2);
    if (lua_next(L, lua_upvalueindex(1)))
        return 2;
    lua_pushnil(L);
    return 1;
}

static int frozen_pairs(lua_State *L) {
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, next_pair, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int frozen_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

void crmlua_freeze(lua_State *L) {
    luaL_checkstack(L, 6, NULL);
    int behind = lua_gettop(L);
    lua_newtable(L);
    lua_createtable(L, 0, 6);
    lua_pushvalue(L, behind);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, behind);
    lua_pushcclosure(L, frozen_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushvalue(L, behind);
    lua_pushcclosure(L, frozen_length, 1);
    lua_setfield(L, -2, "__len");
    lua_pushvalue(L, behind);
    lua_rawsetp(L, -2, &behind_key);
    lua_setmetatable(L, -2);
    lua_replace(L, behind);
}

bool crmlua_push_frozen(lua_State *L, int index) {
    if (!lua_getmetatable(L, index))
        return false;
    if (lua_rawgetp(L, -1, &behind_key) != LUA_TTABLE) {
        lua_pop(L, 2);
        return false;
    }
    lua_remove(L, -2);
    return true;
}
