// The functions of `table` but sort. They work on plain tables by raw access, so none of them can call back; those that
// only read take frozen tables as well.
#include "libraries.h"
#include <string.h>

#define MAX_MOVED 10000000
#define BLOCK 256

// Checks that argument `arg` is a plain table; returns its length.
static lua_Integer check_length(lua_State *L, int arg) {
    crmlua_check_plain_table(L, arg);
    return (lua_Integer)lua_rawlen(L, arg);
}

// Copies `count` elements of the table at `source` to the table at `target`, from the last one on if `backward`.
static void move_elements(
    lua_State *L, int source, lua_Integer from, int target, lua_Integer to, lua_Integer count, bool backward) {
    for (lua_Integer i = 0; i < count; i += 1) {
        if (i % BLOCK == 0)
            crmlua_charge(L, (uint64_t)(count - i < BLOCK ? count - i : BLOCK));
        lua_Integer k = backward ? count - 1 - i : i;
        lua_rawgeti(L, source, from + k);
        lua_rawseti(L, target, to + k);
    }
}

static int table_insert(lua_State *L) {
    lua_Integer length = check_length(L, 1);
    switch (lua_gettop(L)) {
    case 2:
        lua_rawseti(L, 1, length + 1);
        return 0;
    case 3: {
        lua_Integer position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, position >= 1 && position <= length + 1, 2, "position out of bounds");
        move_elements(L, 1, position, 1, position + 1, length + 1 - position, true);
        lua_rawseti(L, 1, position);
        return 0;
    }
    default:
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
}

static int table_remove(lua_State *L) {
    lua_Integer length = check_length(L, 1);
    lua_Integer position = luaL_optinteger(L, 2, length);
    if (position != length)
        luaL_argcheck(L, position >= 1 && position <= length + 1, 2, "position out of bounds");
    lua_rawgeti(L, 1, position);
    if (position < 1 || position > length) {
        // Behind the end, or in an empty list: the element, if there is one, goes without any moving up.
        lua_pushnil(L);
        lua_rawseti(L, 1, position);
        return 1;
    }
    move_elements(L, 1, position + 1, 1, position, length - position, false);
    lua_pushnil(L);
    lua_rawseti(L, 1, length);
    return 1;
}

static int table_move(lua_State *L) {
    lua_Integer from = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    crmlua_check_plain_table(L, target);
    if (target != 1)
        crmlua_check_readable_table(L, 1);
    if (last >= from) {
        luaL_argcheck(L, from > 0 || last < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = last - from + 1;
        luaL_argcheck(L, count <= MAX_MOVED, 3, "too many elements to move");
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool same = target == 1 || lua_rawequal(L, 1, target);
        move_elements(L, 1, from, target, to, count, same && to > from && to <= last);
    }
    lua_pushvalue(L, target);
    return 1;
}

static int table_concat(lua_State *L) {
    crmlua_check_readable_table(L, 1);
    lua_Integer length = (lua_Integer)lua_rawlen(L, 1);
    size_t between;
    const char *separator = luaL_optlstring(L, 2, "", &between);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    lua_Integer last = luaL_optinteger(L, 4, length);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (lua_Integer i = first; i <= last; i += 1) {
        // The first element of every block pays for it.
        if (((lua_Unsigned)i - (lua_Unsigned)first) % BLOCK == 0) {
            lua_Unsigned left = (lua_Unsigned)last - (lua_Unsigned)i;
            crmlua_charge(L, left < BLOCK ? left + 1 : BLOCK);
        }
        if (i > first)
            crmlua_add(L, &result, separator, between);
        lua_rawgeti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(
                L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), (LUAI_UACINT)i);
        size_t size;
        lua_tolstring(L, -1, &size);
        if (size > CRMLUA_MAX_TEXT || luaL_bufflen(&result) > CRMLUA_MAX_TEXT - size)
            return luaL_error(L, "resulting string too large");
        crmlua_charge_bytes(L, size);
        luaL_addvalue(&result);
        if (i == LUA_MAXINTEGER)
            break;
    }
    luaL_pushresult(&result);
    return 1;
}

static int table_pack(lua_State *L) {
    int count = lua_gettop(L);
    crmlua_charge(L, (uint64_t)count);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i -= 1)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L) {
    crmlua_check_readable_table(L, 1);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? (lua_Integer)lua_rawlen(L, 1) : luaL_checkinteger(L, 3);
    if (first > last)
        return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    if (count >= CRMLUA_MAX_VALUES || !lua_checkstack(L, (int)count + 1))
        return luaL_error(L, "too many results to unpack");
    crmlua_charge(L, count + 1);
    for (lua_Unsigned i = 0; i <= count; i += 1)
        lua_rawgeti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
    return (int)count + 1;
}

static const luaL_Reg functions[] = {
    {"concat", table_concat},
    {"insert", table_insert},
    {"move", table_move},
    {"pack", table_pack},
    {"remove", table_remove},
    {"sort", crmlua_table_sort},
    {"unpack", table_unpack},
    {NULL, NULL},
};

void crmlua_open_table(lua_State *L) {
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "table");
}
