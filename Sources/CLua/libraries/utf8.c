// The functions of `utf8`: code points from and to text, with bounds on how many at once.
#include "libraries.h"
#include <string.h>

#define MAX_UNICODE 0x10FFFFu
#define MAX_CODE 0x7FFFFFFFu
#define BLOCK 256

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

// Reads the code point that starts at `at`. Returns how many bytes it has, or 0 if they are none in UTF-8; strict
// reading takes no surrogates and nothing above U+10FFFF.
static size_t decode(const char *at, size_t left, bool strict, uint32_t *code) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    if (left == 0)
        return 0;
    unsigned char first = (unsigned char)*at;
    if (first < 0x80) {
        *code = first;
        return 1;
    }
    if (first < 0xC0 || first >= 0xFE)
        return 0;
    size_t size = 2;
    while (size < 6 && (first & (0x80 >> size)) != 0)
        size += 1;
    if (size > left)
        return 0;
    uint32_t value = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i += 1) {
        if (!is_continuation(at[i]))
            return 0;
        value = value << 6 | ((unsigned char)at[i] & 0x3F);
    }
    if (value < smallest[size])
        return 0;
    if (strict && (value > MAX_UNICODE || (value >= 0xD800 && value <= 0xDFFF)))
        return 0;
    *code = value;
    return size;
}

// Writes a code point; returns how many bytes it has (at most 6).
static size_t encode(uint32_t code, char *bytes) {
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t size = 2;
    for (uint32_t limit = 0x800; size < 6 && code >= limit; limit <<= 5)
        size += 1;
    for (size_t i = size - 1; i > 0; i -= 1) {
        bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    bytes[0] = (char)(unsigned char)((0xFF00u >> size) | code);
    return size;
}

// Turns the position a script gives into one from 1 on; 0 if it lies before the text.
static lua_Integer position_in(lua_Integer position, size_t length) {
    if (position >= 0)
        return position;
    return position < -(lua_Integer)length ? 0 : (lua_Integer)length + position + 1;
}

static int utf8_char(lua_State *L) {
    int count = lua_gettop(L);
    if (count > CRMLUA_MAX_VALUES)
        return luaL_error(L, "too many values to 'char'");
    crmlua_charge(L, (uint64_t)count / 4);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (int i = 1; i <= count; i += 1) {
        lua_Unsigned code = (lua_Unsigned)luaL_checkinteger(L, i);
        luaL_argcheck(L, code <= MAX_CODE, i, "value out of range");
        char bytes[8];
        luaL_addlstring(&result, bytes, encode((uint32_t)code, bytes));
    }
    luaL_pushresult(&result);
    return 1;
}

static int utf8_len(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer from = position_in(luaL_optinteger(L, 2, 1), length);
    lua_Integer to = position_in(luaL_optinteger(L, 3, -1), length);
    bool strict = !lua_toboolean(L, 4);
    luaL_argcheck(L, from >= 1 && from <= (lua_Integer)length + 1, 2, "initial position out of bounds");
    luaL_argcheck(L, to <= (lua_Integer)length, 3, "final position out of bounds");
    lua_Integer count = 0;
    size_t at = (size_t)from - 1;
    while ((lua_Integer)at < to) {
        if (count % BLOCK == BLOCK - 1)
            crmlua_charge(L, BLOCK / 4);
        uint32_t code;
        size_t size = decode(text + at, length - at, strict, &code);
        if (size == 0) {
            luaL_pushfail(L);
            lua_pushinteger(L, (lua_Integer)at + 1);
            return 2;
        }
        at += size;
        count += 1;
    }
    lua_pushinteger(L, count);
    return 1;
}

static int utf8_codepoint(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer from = position_in(luaL_optinteger(L, 2, 1), length);
    lua_Integer to = position_in(luaL_optinteger(L, 3, from), length);
    bool strict = !lua_toboolean(L, 4);
    luaL_argcheck(L, from >= 1, 2, "out of bounds");
    luaL_argcheck(L, to <= (lua_Integer)length, 3, "out of bounds");
    int count = 0;
    size_t at = (size_t)from - 1;
    while ((lua_Integer)at < to) {
        if (count == CRMLUA_MAX_VALUES)
            return luaL_error(L, "string slice too long");
        if (count % BLOCK == 0) {
            crmlua_charge(L, BLOCK / 4);
            luaL_checkstack(L, BLOCK + 4, "string slice too long");
        }
        uint32_t code;
        size_t size = decode(text + at, length - at, strict, &code);
        if (size == 0)
            return luaL_error(L, "invalid UTF-8 code");
        lua_pushinteger(L, (lua_Integer)code);
        at += size;
        count += 1;
    }
    return count;
}

// The offset of the character `steps` characters away from the one at `at`; `length` + 1 if there is none.
static size_t walk(lua_State *L, const char *text, size_t length, size_t at, lua_Integer steps) {
    lua_Integer walked = 0;
    while (steps < 0 && at > 0) {
        do {
            at -= 1;
            walked += 1;
            if (walked % BLOCK == 0)
                crmlua_charge(L, BLOCK / 4);
        } while (at > 0 && is_continuation(text[at]));
        steps += 1;
    }
    while (steps > 0 && at < length) {
        do {
            at += 1;
            walked += 1;
            if (walked % BLOCK == 0)
                crmlua_charge(L, BLOCK / 4);
        } while (at < length && is_continuation(text[at]));
        steps -= 1;
    }
    return steps == 0 ? at : length + 1;
}

static int utf8_offset(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer steps = luaL_checkinteger(L, 2);
    lua_Integer from = position_in(luaL_optinteger(L, 3, steps >= 0 ? 1 : (lua_Integer)length + 1), length);
    luaL_argcheck(L, from >= 1 && from <= (lua_Integer)length + 1, 3, "position out of bounds");
    size_t at = (size_t)from - 1;
    if (steps == 0) {
        // The start of the character that holds this byte.
        size_t walked = 0;
        for (; at > 0 && at < length && is_continuation(text[at]); at -= 1) {
            walked += 1;
            if (walked % BLOCK == 0)
                crmlua_charge(L, BLOCK / 4);
        }
    } else {
        if (at < length && is_continuation(text[at]))
            return luaL_error(L, "initial position is a continuation byte");
        at = walk(L, text, length, at, steps > 0 ? steps - 1 : steps);
    }
    if (at > length)
        luaL_pushfail(L);
    else
        lua_pushinteger(L, (lua_Integer)at + 1);
    return 1;
}

static int step_codes(lua_State *L, bool strict) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Unsigned at = (lua_Unsigned)luaL_checkinteger(L, 2);
    // The control variable is the position of the character before, from 1 on; so it is the offset of its second byte.
    if (at > 0) {
        size_t skipped = 0;
        for (; at < length && is_continuation(text[at]); at += 1) {
            skipped += 1;
            if (skipped > 5)
                return luaL_error(L, "invalid UTF-8 code");
        }
    }
    if (at >= length)
        return 0;
    uint32_t code;
    size_t size = decode(text + at, length - (size_t)at, strict, &code);
    if (size == 0 || (at + size < length && is_continuation(text[at + size])))
        return luaL_error(L, "invalid UTF-8 code");
    lua_pushinteger(L, (lua_Integer)at + 1);
    lua_pushinteger(L, (lua_Integer)code);
    return 2;
}

static int step_strict(lua_State *L) {
    return step_codes(L, true);
}

static int step_lax(lua_State *L) {
    return step_codes(L, false);
}

static int utf8_codes(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length == 0 || !is_continuation(*text), 1, "invalid UTF-8 code");
    lua_pushcfunction(L, lua_toboolean(L, 2) ? step_lax : step_strict);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static const luaL_Reg functions[] = {
    {"char", utf8_char},
    {"codepoint", utf8_codepoint},
    {"codes", utf8_codes},
    {"len", utf8_len},
    {"offset", utf8_offset},
    {NULL, NULL},
};

void crmlua_open_utf8(lua_State *L) {
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "utf8");
    static const char pattern[] = "[\0-\x7F\xC2-\xFD][\x80-\xBF]*";
    lua_pushlstring(L, pattern, sizeof pattern - 1);
    lua_setfield(L, -2, "charpattern");
}
