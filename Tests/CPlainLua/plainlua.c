#include "CPlainLua.h"
#include <lauxlib.h>
#include <lualib.h>

// The state is Lua's own: at 1 lies the function, or the message that says why there is none.
static lua_State *lua(plainlua_State *state) { return (lua_State *)state; }

plainlua_State *plainlua_open(const char *source, size_t length) {
    lua_State *L = luaL_newstate();
    if (L == NULL)
        return NULL;
    luaL_openlibs(L);
    luaL_loadbuffer(L, source, length, "=t");
    return (plainlua_State *)L;
}

void plainlua_close(plainlua_State *state) { lua_close(lua(state)); }

bool plainlua_run(
    plainlua_State *state, int64_t first, int64_t second, int64_t third, bool last, const char **text, size_t *length) {
    lua_State *L = lua(state);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    bool fine = lua_isfunction(L, 1);
    if (fine) {
        lua_pushinteger(L, first);
        lua_pushinteger(L, second);
        lua_pushinteger(L, third);
        lua_pushboolean(L, last);
        fine = lua_pcall(L, 4, 1, 0) == LUA_OK;
    }
    *text = luaL_tolstring(L, -1, length);
    return fine;
}
