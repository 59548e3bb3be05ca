// The simple functions of `string`, and the table that takes in those of pattern.c, format.c and pack.c.
#include "libraries.h"
#include <string.h>

void crmlua_charge_bytes(lua_State *L, size_t length) {
    if (length >= 64)
        crmlua_charge(L, (uint64_t)(length / 64));
}

void crmlua_add(lua_State *L, luaL_Buffer *buffer, const char *bytes, size_t length) {
    if (length > CRMLUA_MAX_TEXT || luaL_bufflen(buffer) > CRMLUA_MAX_TEXT - length)
        luaL_error(L, "resulting string too large");
    crmlua_charge_bytes(L, length);
    luaL_addlstring(buffer, bytes, length);
}

size_t crmlua_start_offset(lua_Integer position, size_t length) {
    if (position > 0)
        return (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)length)
        return 0;
    return (size_t)((lua_Integer)length + position);
}

size_t crmlua_end_offset(lua_Integer position, size_t length) {
    if (position > (lua_Integer)length)
        return length;
    if (position >= 0)
        return (size_t)position;
    return position < -(lua_Integer)length ? 0 : (size_t)((lua_Integer)length + position + 1);
}

static int string_len(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)length);
    return 1;
}

static int string_sub(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    size_t start = crmlua_start_offset(luaL_checkinteger(L, 2), length);
    size_t end = crmlua_end_offset(luaL_optinteger(L, 3, -1), length);
    if (start >= end) {
        lua_pushliteral(L, "");
    } else if (start == 0 && end == length) {
        lua_settop(L, 1);
    } else {
        crmlua_charge_bytes(L, end - start);
        lua_pushlstring(L, text + start, end - start);
    }
    return 1;
}

static int string_byte(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer from = luaL_optinteger(L, 2, 1);
    size_t start = crmlua_start_offset(from, length);
    // The default end is the start, as the script wrote it: one byte, or none outside the text.
    size_t end = crmlua_end_offset(luaL_optinteger(L, 3, from), length);
    if (start >= end)
        return 0;
    size_t count = end - start;
    if (count > CRMLUA_MAX_VALUES)
        return luaL_error(L, "string slice too long");
    luaL_checkstack(L, (int)count, "string slice too long");
    crmlua_charge(L, (uint64_t)count / 4);
    for (size_t i = start; i < end; i += 1)
        lua_pushinteger(L, (unsigned char)text[i]);
    return (int)count;
}

static int string_char(lua_State *L) {
    int count = lua_gettop(L);
    if (count > CRMLUA_MAX_VALUES)
        return luaL_error(L, "too many values to 'char'");
    crmlua_charge(L, (uint64_t)count / 4);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, (size_t)count);
    for (int i = 1; i <= count; i += 1) {
        lua_Unsigned value = (lua_Unsigned)luaL_checkinteger(L, i);
        luaL_argcheck(L, value <= 255, i, "value out of range");
        bytes[i - 1] = (char)(unsigned char)value;
    }
    luaL_pushresultsize(&result, (size_t)count);
    return 1;
}

static int string_reverse(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    crmlua_charge_bytes(L, length);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, length);
    for (size_t i = 0; i < length; i += 1)
        bytes[i] = text[length - 1 - i];
    luaL_pushresultsize(&result, length);
    return 1;
}

// Copies the text with every letter from `first` to `first + 25` moved by `distance`.
static int change_case(lua_State *L, char first, int distance) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    crmlua_charge_bytes(L, length);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, length);
    for (size_t i = 0; i < length; i += 1) {
        char c = text[i];
        bytes[i] = c >= first && c <= first + 25 ? (char)(c + distance) : c;
    }
    luaL_pushresultsize(&result, length);
    return 1;
}

static int string_lower(lua_State *L) {
    return change_case(L, 'A', 'a' - 'A');
}

static int string_upper(lua_State *L) {
    return change_case(L, 'a', 'A' - 'a');
}

static int string_rep(lua_State *L) {
    size_t length, between;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &between);
    if (times <= 0 || (length == 0 && between == 0)) {
        lua_pushliteral(L, "");
        return 1;
    }
    size_t piece = length + between;
    if (piece > CRMLUA_MAX_TEXT || (lua_Unsigned)times > CRMLUA_MAX_TEXT / piece + 1
        || piece * (size_t)times - between > CRMLUA_MAX_TEXT)
        return luaL_error(L, "resulting string too large");
    size_t total = piece * (size_t)times - between;
    crmlua_charge_bytes(L, total);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, total);
    // One piece first; then what is there is doubled until it fills the whole.
    memcpy(bytes, text, length);
    if (times > 1)
        memcpy(bytes + length, separator, between);
    size_t filled = times > 1 ? piece : length;
    while (filled < total) {
        size_t next = filled < total - filled ? filled : total - filled;
        memcpy(bytes + filled, bytes, next);
        filled += next;
    }
    luaL_pushresultsize(&result, total);
    return 1;
}

static const luaL_Reg functions[] = {
    {"byte", string_byte},
    {"char", string_char},
    {"find", crmlua_string_find},
    {"format", crmlua_string_format},
    {"gmatch", crmlua_string_gmatch},
    {"gsub", crmlua_string_gsub},
    {"len", string_len},
    {"lower", string_lower},
    {"match", crmlua_string_match},
    {"pack", crmlua_string_pack},
    {"packsize", crmlua_string_packsize},
    {"rep", string_rep},
    {"reverse", string_reverse},
    {"sub", string_sub},
    {"unpack", crmlua_string_unpack},
    {"upper", string_upper},
    {NULL, NULL},
};

void crmlua_open_string(lua_State *L) {
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "string");
    // Strings take their methods from the table itself; scripts never see this metatable.
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
