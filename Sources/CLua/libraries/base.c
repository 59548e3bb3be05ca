// The basic functions that scripts get: the language's own, with every one of them bounded. What reaches outside the
// state (files, bytecode, the collector) is not here.
#include "libraries.h"
#include <string.h>

// The longest line print sends, and the longest __name tostring shows, in bytes.
#define MAX_PRINT ((size_t)1024 * 1024)
#define MAX_NAME 100

// ---- what other files share ---------------------------------------------------------------------------------------

void crmlua_settle(lua_State *L, int status) {
    if (status == LUA_ERRMEM)
        crmlua_note_memory(L);
    if (status == LUA_ERRMEM || crmlua_is_stopped(L))
        crmlua_raise_stop(L);
}

void crmlua_name_functions(lua_State *L, const char *library) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, library);
    lua_pop(L, 1);
}

// Whether the metatable on top of the stack has a field of this name.
static bool has_field(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    bool found = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
    return found;
}

void crmlua_check_plain_table(lua_State *L, int arg) {
    luaL_checktype(L, arg, LUA_TTABLE);
    if (!lua_getmetatable(L, arg))
        return;
    if (has_field(L, "__index") || has_field(L, "__newindex") || has_field(L, "__len"))
        luaL_argerror(L, arg, "table expected without metamethods");
    lua_pop(L, 1);
}

void crmlua_check_readable_table(lua_State *L, int arg) {
    luaL_checktype(L, arg, LUA_TTABLE);
    if (crmlua_push_frozen(L, arg))
        lua_replace(L, arg);
    else
        crmlua_check_plain_table(L, arg);
}

// The first bytes of a text, at most MAX_NAME, never with half a UTF-8 character at the end.
static size_t cut_name(const char *name, size_t length) {
    if (length <= MAX_NAME)
        return length;
    size_t cut = MAX_NAME;
    while (cut > 0 && ((unsigned char)name[cut] & 0xC0) == 0x80)
        cut -= 1;
    return cut;
}

const char *crmlua_tostring(lua_State *L, int index, size_t *length) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 6, NULL);
    if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        lua_pushvalue(L, index);
        crmlua_enter_c(L);
        lua_call(L, 1, 1);
        crmlua_leave_c(L);
        if (!lua_isstring(L, -1))
            luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, length);
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    default: {
        const char *type = luaL_typename(L, index);
        int field = luaL_getmetafield(L, index, "__name");
        if (field == LUA_TSTRING) {
            size_t size;
            const char *name = lua_tolstring(L, -1, &size);
            lua_pushlstring(L, name, cut_name(name, size));
            lua_pushfstring(L, "%s: %s", type, lua_tostring(L, -1));
            lua_replace(L, -3);
            lua_pop(L, 1);
        } else {
            if (field != LUA_TNIL)
                lua_pop(L, 1);
            lua_pushstring(L, type);
        }
    }
    }
    return lua_tolstring(L, -1, length);
}

// ---- values and errors --------------------------------------------------------------------------------------------

static int base_assert(lua_State *L) {
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_isnone(L, 2))
        return luaL_error(L, "assertion failed!");
    lua_settop(L, 2);
    return lua_error(L);
}

static int base_error(lua_State *L) {
    lua_Integer level = luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0 && level <= 1000) {
        luaL_where(L, (int)level);
        lua_insert(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int base_type(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static int base_select(lua_State *L) {
    int count = lua_gettop(L);
    crmlua_charge(L, (uint64_t)count);
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    if (from < 0)
        from = from < -(lua_Integer)count ? 0 : count + from;
    else if (from > count)
        from = count;
    luaL_argcheck(L, from >= 1, 1, "index out of range");
    return count - (int)from;
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    crmlua_tostring(L, 1, NULL);
    return 1;
}

// The value of one digit in bases up to 36, or -1.
static int digit_value(unsigned char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return -1;
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Reads an integer of the given base that may have blanks around it; wraps around as Lua's integers do.
static bool read_integer(const char *text, size_t length, int base, lua_Integer *result) {
    const char *end = text + length;
    while (text < end && is_space(*text))
        text += 1;
    while (end > text && is_space(end[-1]))
        end -= 1;
    bool negative = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+'))
        text += 1;
    if (text == end)
        return false;
    lua_Unsigned sum = 0;
    for (; text < end; text += 1) {
        int digit = digit_value((unsigned char)*text);
        if (digit < 0 || digit >= base)
            return false;
        sum = sum * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    *result = (lua_Integer)(negative ? 0 - sum : sum);
    return true;
}

static int base_tonumber(lua_State *L) {
    if (lua_isnoneornil(L, 2)) {
        if (lua_type(L, 1) == LUA_TNUMBER) {
            lua_settop(L, 1);
            return 1;
        }
        luaL_checkany(L, 1);
        if (lua_type(L, 1) == LUA_TSTRING) {
            size_t length;
            const char *text = lua_tolstring(L, 1, &length);
            crmlua_charge_bytes(L, length);
            if (lua_stringtonumber(L, text) == length + 1)
                return 1;
        }
        luaL_pushfail(L);
        return 1;
    }
    lua_Integer base = luaL_checkinteger(L, 2);
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    crmlua_charge_bytes(L, length);
    lua_Integer number;
    if (read_integer(text, length, (int)base, &number))
        lua_pushinteger(L, number);
    else
        luaL_pushfail(L);
    return 1;
}

static int base_print(lua_State *L) {
    int count = lua_gettop(L);
    crmlua_charge(L, (uint64_t)count);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count && luaL_bufflen(&line) < MAX_PRINT; i += 1) {
        if (i > 1)
            luaL_addchar(&line, '\t');
        // The text is made in place of the argument, because the buffer keeps the top of the stack to itself.
        size_t length;
        const char *text = crmlua_tostring(L, i, &length);
        size_t left = MAX_PRINT - luaL_bufflen(&line);
        if (length > left) {
            lua_pushlstring(L, text, left);
            lua_remove(L, -2);
            length = left;
        }
        crmlua_charge_bytes(L, length);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    crmlua_print(L, text, length);
    return 0;
}

// ---- tables -------------------------------------------------------------------------------------------------------

static int base_rawequal(lua_State *L) {
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_pushboolean(L, lua_rawequal(L, 1, 2));
    return 1;
}

static int base_rawlen(lua_State *L) {
    int type = lua_type(L, 1);
    luaL_argexpected(L, type == LUA_TTABLE || type == LUA_TSTRING, 1, "table or string");
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

static int base_rawget(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int base_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    // A table that hides its metatable and guards its writes is read-only, also for this function.
    if (lua_getmetatable(L, 1)) {
        if (has_field(L, "__metatable") && has_field(L, "__newindex"))
            luaL_argerror(L, 1, "table is protected");
        lua_pop(L, 1);
    }
    lua_rawset(L, 1);
    return 1;
}

static int base_getmetatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TTABLE || !lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    luaL_getmetafield(L, 1, "__metatable");
    return 1;
}

static int base_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE && has_field(L, "__gc"))
        return luaL_argerror(L, 2, "scripts have no finalizers (field '__gc')");
    lua_setmetatable(L, 1);
    return 1;
}

static int base_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_next(L, 1))
        return 2;
    lua_pushnil(L);
    return 1;
}

static int finish_pairs(lua_State *L, int status, lua_KContext context) {
    (void)L;
    (void)status;
    (void)context;
    return 3;
}

static int base_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") == LUA_TNIL) {
        luaL_checktype(L, 1, LUA_TTABLE);
        lua_pushcfunction(L, base_next);
        lua_pushvalue(L, 1);
        lua_pushnil(L);
        return 3;
    }
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 3, 0, finish_pairs);
    return 3;
}

static int step_ipairs(lua_State *L) {
    lua_Integer i = luaL_checkinteger(L, 2);
    i = (lua_Integer)((lua_Unsigned)i + 1);
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushcfunction(L, step_ipairs);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

// ---- protected calls ----------------------------------------------------------------------------------------------

// Ends pcall: on the stack are the `true` pushed before the call and what the function returned, or the error value.
static int finish_pcall(lua_State *L, int status) {
    crmlua_settle(L, status);
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

// Runs when the function yielded or failed inside a coroutine: the C stack is back where the coroutine was resumed.
static int continue_pcall(lua_State *L, int status, lua_KContext context) {
    (void)context;
    crmlua_set_c_level(L, crmlua_resumed_level(L));
    return finish_pcall(L, status);
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    uint32_t level = crmlua_c_level(L);
    crmlua_enter_c(L);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, continue_pcall);
    crmlua_set_c_level(L, level);
    return finish_pcall(L, status);
}

// Ends xpcall: stack slot 1 is the handler, slot 2 `true`, then the results or the error value. The handler runs after
// the failed call has been unwound, once, so the limits hold in it and it can not run on top of a full stack.
static int finish_xpcall(lua_State *L, int status) {
    crmlua_settle(L, status);
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - 1;
    lua_pushvalue(L, 1);
    lua_insert(L, -2);
    uint32_t level = crmlua_c_level(L);
    crmlua_enter_c(L);
    int base = lua_gettop(L) - 2;
    int handled = lua_pcall(L, 1, LUA_MULTRET, 0);
    crmlua_set_c_level(L, level);
    crmlua_settle(L, handled);
    if (handled != LUA_OK) {
        lua_settop(L, base);
        lua_pushliteral(L, "error in error handling");
    }
    lua_pushboolean(L, false);
    lua_replace(L, base);
    return lua_gettop(L) - base + 1;
}

static int continue_xpcall(lua_State *L, int status, lua_KContext context) {
    (void)context;
    crmlua_set_c_level(L, crmlua_resumed_level(L));
    return finish_xpcall(L, status);
}

static int base_xpcall(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    int arguments = lua_gettop(L) - 2;
    // function, handler, arguments … becomes handler, true, function, arguments …
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_replace(L, 1);
    lua_pushboolean(L, true);
    lua_replace(L, 2);
    lua_insert(L, 3);
    uint32_t level = crmlua_c_level(L);
    crmlua_enter_c(L);
    int status = lua_pcallk(L, arguments, LUA_MULTRET, 0, 0, continue_xpcall);
    crmlua_set_c_level(L, level);
    return finish_xpcall(L, status);
}

// ---- load ---------------------------------------------------------------------------------------------------------

// Returns the two results of a failed load; the message is on top of the stack.
static int fail_load(lua_State *L) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
}

// Calls the function at `index` for pieces of source until it gives none; leaves the whole on the stack. Runs under
// pcall, so that an error of the function becomes a result of load.
static int gather_pieces(lua_State *L) {
    luaL_Buffer source;
    luaL_buffinit(L, &source);
    for (;;) {
        crmlua_charge(L, 1);
        lua_pushvalue(L, 1);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1))
            break;
        if (lua_type(L, -1) != LUA_TSTRING)
            return luaL_error(L, "reader function must return a string");
        size_t length = (size_t)lua_rawlen(L, -1);
        if (length == 0)
            break;
        if (length > CRMLUA_MAX_SOURCE - luaL_bufflen(&source))
            return luaL_error(L, "source text is too long (limit %d bytes)", (int)CRMLUA_MAX_SOURCE);
        luaL_addvalue(&source);
    }
    lua_pop(L, 1);
    luaL_pushresult(&source);
    return 1;
}

static int base_load(lua_State *L) {
    bool pieces = lua_type(L, 1) != LUA_TSTRING;
    if (pieces)
        luaL_checktype(L, 1, LUA_TFUNCTION);
    const char *mode = luaL_optstring(L, 3, "t");
    bool with_env = !lua_isnone(L, 4);
    lua_settop(L, 4);
    const char *name = luaL_optstring(L, 2, pieces ? "=(load)" : lua_tostring(L, 1));
    if (strchr(mode, 't') == NULL) {
        lua_pushfstring(L, "attempt to load a text chunk (mode is '%s')", mode);
        return fail_load(L);
    }
    if (pieces) {
        uint32_t level = crmlua_c_level(L);
        crmlua_enter_c(L);
        lua_pushcfunction(L, gather_pieces);
        lua_pushvalue(L, 1);
        int status = lua_pcall(L, 1, 1, 0);
        crmlua_set_c_level(L, level);
        crmlua_settle(L, status);
        if (status != LUA_OK)
            return fail_load(L);
    } else {
        lua_pushvalue(L, 1);
    }
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    int status = crmlua_load_text(L, text, length, name, with_env ? 4 : 0);
    crmlua_settle(L, status);
    return status == LUA_OK ? 1 : fail_load(L);
}

static const luaL_Reg functions[] = {
    {"assert", base_assert},
    {"error", base_error},
    {"getmetatable", base_getmetatable},
    {"ipairs", base_ipairs},
    {"load", base_load},
    {"next", base_next},
    {"pairs", base_pairs},
    {"pcall", base_pcall},
    {"print", base_print},
    {"rawequal", base_rawequal},
    {"rawget", base_rawget},
    {"rawlen", base_rawlen},
    {"rawset", base_rawset},
    {"select", base_select},
    {"setmetatable", base_setmetatable},
    {"tonumber", base_tonumber},
    {"tostring", base_tostring},
    {"type", base_type},
    {"xpcall", base_xpcall},
    {NULL, NULL},
};

void crmlua_open_base(lua_State *L) {
    luaL_setfuncs(L, functions, 0);
    lua_pushliteral(L, "Lua 5.4");
    lua_setfield(L, -2, "_VERSION");
    // Named by a table of their own: the global one grows as the script likes, and would be searched for each message.
    luaL_newlib(L, functions);
    crmlua_name_functions(L, LUA_GNAME);
    lua_pop(L, 1);
}
