// table.sort: a merge sort from the bottom up. It needs at most n log n comparisons whatever the comparator answers,
// and the comparator never sees, or changes, what is being sorted: the list is read first and written at the end.
#include "libraries.h"

#define MAX_SORTED 1000000
#define BLOCK 256

// The stack while sorting: 1 the list, 2 the comparator or nil, 3 and 4 the two lists merged to and fro.
enum { LIST = 1, COMPARATOR = 2, SOURCE = 3, TARGET = 4 };

// Whether the value at index `a` goes before that at `b`.
static bool goes_before(lua_State *L, int a, int b) {
    crmlua_charge(L, 1);
    bool result;
    if (lua_isnil(L, COMPARATOR)) {
        if (lua_type(L, a) == LUA_TSTRING && lua_type(L, b) == LUA_TSTRING) {
            size_t left = (size_t)lua_rawlen(L, a), right = (size_t)lua_rawlen(L, b);
            crmlua_charge_bytes(L, left < right ? left : right);
            return lua_compare(L, a, b, LUA_OPLT);
        }
        if (lua_type(L, a) == LUA_TNUMBER && lua_type(L, b) == LUA_TNUMBER)
            return lua_compare(L, a, b, LUA_OPLT);
        crmlua_enter_c(L);
        result = lua_compare(L, a, b, LUA_OPLT);
    } else {
        lua_pushvalue(L, COMPARATOR);
        lua_pushvalue(L, a);
        lua_pushvalue(L, b);
        crmlua_enter_c(L);
        lua_call(L, 2, 1);
        result = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    crmlua_leave_c(L);
    return result;
}

static void copy(lua_State *L, int from, int to, lua_Integer first, lua_Integer last) {
    for (lua_Integer i = first; i <= last; i += 1) {
        if ((i - first) % BLOCK == 0)
            crmlua_charge(L, (uint64_t)(last - i < BLOCK ? last - i + 1 : BLOCK) / 2);
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, i);
    }
}

// Merges the sorted stretches [first, middle) and [middle, end) of the source into the target. Equal elements keep
// their order.
static void merge(lua_State *L, lua_Integer first, lua_Integer middle, lua_Integer end) {
    lua_Integer left = first, right = middle, next = first;
    // While both stretches last, their heads lie on the stack.
    lua_rawgeti(L, SOURCE, left);
    lua_rawgeti(L, SOURCE, right);
    while (left < middle && right < end) {
        bool take_right = goes_before(L, TARGET + 2, TARGET + 1);
        lua_pushvalue(L, take_right ? TARGET + 2 : TARGET + 1);
        lua_rawseti(L, TARGET, next);
        next += 1;
        if (take_right) {
            right += 1;
            if (right < end)
                lua_rawgeti(L, SOURCE, right);
            else
                lua_pushnil(L);
            lua_replace(L, TARGET + 2);
        } else {
            left += 1;
            if (left < middle)
                lua_rawgeti(L, SOURCE, left);
            else
                lua_pushnil(L);
            lua_replace(L, TARGET + 1);
        }
    }
    lua_settop(L, TARGET);
    for (; left < middle; left += 1, next += 1) {
        lua_rawgeti(L, SOURCE, left);
        lua_rawseti(L, TARGET, next);
    }
    for (; right < end; right += 1, next += 1) {
        lua_rawgeti(L, SOURCE, right);
        lua_rawseti(L, TARGET, next);
    }
}

// Whether the last element of one stretch does not go behind the first of the next, so that they are in order already.
static bool is_in_order(lua_State *L, lua_Integer middle) {
    lua_rawgeti(L, SOURCE, middle - 1);
    lua_rawgeti(L, SOURCE, middle);
    bool behind = goes_before(L, TARGET + 2, TARGET + 1);
    lua_settop(L, TARGET);
    return !behind;
}

int crmlua_table_sort(lua_State *L) {
    crmlua_check_plain_table(L, LIST);
    lua_Integer length = (lua_Integer)lua_rawlen(L, LIST);
    if (!lua_isnoneornil(L, COMPARATOR))
        luaL_checktype(L, COMPARATOR, LUA_TFUNCTION);
    lua_settop(L, COMPARATOR);
    if (length < 2)
        return 0;
    luaL_argcheck(L, length <= MAX_SORTED, 1, "array too big");
    lua_createtable(L, (int)length, 0);
    lua_createtable(L, (int)length, 0);
    copy(L, LIST, SOURCE, 1, length);
    for (lua_Integer width = 1; width < length; width *= 2) {
        for (lua_Integer first = 1; first <= length; first += 2 * width) {
            lua_Integer middle = first + width;
            lua_Integer end = middle + width <= length + 1 ? middle + width : length + 1;
            if (middle > length)
                copy(L, SOURCE, TARGET, first, length);
            else if (width > 1 && is_in_order(L, middle))
                copy(L, SOURCE, TARGET, first, end - 1);
            else
                merge(L, first, middle, end);
        }
        lua_pushvalue(L, SOURCE);
        lua_pushvalue(L, TARGET);
        lua_replace(L, SOURCE);
        lua_replace(L, TARGET);
    }
    copy(L, SOURCE, LIST, 1, length);
    return 0;
}
