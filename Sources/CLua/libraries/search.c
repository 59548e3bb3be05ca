// The functions of `string` that take patterns: find, match, gmatch and gsub.
#include "pattern.h"
#include <string.h>

// ---- captures -----------------------------------------------------------------------------------------------------

// Pushes capture number `capture`; the first is the whole match if the pattern has none.
static void push_capture(Matcher *matcher, int capture, const char *start, const char *end) {
    lua_State *L = matcher->L;
    if (capture >= matcher->program->captures) {
        if (capture != 0)
            luaL_error(L, "invalid capture index %%%d", capture + 1);
        crmlua_charge_bytes(L, (size_t)(end - start));
        lua_pushlstring(L, start, (size_t)(end - start));
    } else if (matcher->program->positions[capture]) {
        lua_pushinteger(L, matcher->starts[capture] - matcher->text + 1);
    } else {
        size_t length = (size_t)(matcher->ends[capture] - matcher->starts[capture]);
        crmlua_charge_bytes(L, length);
        lua_pushlstring(L, matcher->starts[capture], length);
    }
}

// Pushes all captures; the whole match if there are none and `whole` asks for it.
static int push_captures(Matcher *matcher, const char *start, const char *end, bool whole) {
    int count = matcher->program->captures;
    if (count == 0 && whole)
        count = 1;
    luaL_checkstack(matcher->L, count + 4, "too many captures");
    for (int i = 0; i < count; i += 1)
        push_capture(matcher, i, start, end);
    return count;
}

// ---- find and match -----------------------------------------------------------------------------------------------

// Whether two stretches are equal; charged block by block, so that many long comparisons use the budget up.
static bool is_equal(lua_State *L, const char *a, const char *b, size_t length) {
    while (length > 0) {
        size_t block = length < 4096 ? length : 4096;
        crmlua_charge_bytes(L, block);
        if (memcmp(a, b, block < 16 ? block : 16) != 0 || memcmp(a, b, block) != 0)
            return false;
        a += block;
        b += block;
        length -= block;
    }
    return true;
}

// The place where `wanted` stands first in the text, or NULL.
static const char *find_plain(lua_State *L, const char *text, size_t length, const char *wanted, size_t size) {
    if (size == 0)
        return text;
    if (size > length)
        return NULL;
    const char *last = text + (length - size);
    unsigned steps = 0;
    for (const char *at = text; at <= last; at += 1) {
        const char *found = memchr(at, *wanted, (size_t)(last - at) + 1);
        crmlua_charge_bytes(L, (size_t)((found != NULL ? found : last) - at));
        if (found == NULL)
            return NULL;
        steps += 1;
        if (steps == 64) {
            crmlua_charge(L, steps / 2);
            steps = 0;
        }
        if (is_equal(L, found, wanted, size))
            return found;
        at = found;
    }
    return NULL;
}

// Whether the pattern is anything but a plain text.
static bool has_specials(lua_State *L, const char *pattern, size_t length) {
    crmlua_charge_bytes(L, length);
    for (size_t i = 0; i < length; i += 1)
        switch (pattern[i]) {
        case '^':
        case '$':
        case '*':
        case '+':
        case '?':
        case '.':
        case '(':
        case '[':
        case '%':
        case '-': return true;
        default: break;
        }
    return false;
}

static int find_or_match(lua_State *L, bool find) {
    size_t length, size;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &size);
    size_t offset = crmlua_start_offset(luaL_optinteger(L, 3, 1), length);
    if (offset > length) {
        luaL_pushfail(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || !has_specials(L, pattern, size))) {
        const char *found = find_plain(L, text + offset, length - offset, pattern, size);
        if (found == NULL) {
            luaL_pushfail(L);
            return 1;
        }
        lua_pushinteger(L, found - text + 1);
        lua_pushinteger(L, found - text + (lua_Integer)size);
        return 2;
    }
    LocalProgram local;
    Matcher matcher;
    crmlua_start_matcher(&matcher, L, crmlua_compile_pattern(L, pattern, size, true, &local), text, length);
    const char *start = text + offset;
    const char *end = crmlua_search(&matcher, &start);
    crmlua_charge_steps(&matcher);
    if (end == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    if (!find)
        return push_captures(&matcher, start, end, true);
    lua_pushinteger(L, start - text + 1);
    lua_pushinteger(L, end - text);
    return push_captures(&matcher, start, end, false) + 2;
}

int crmlua_string_find(lua_State *L) {
    return find_or_match(L, true);
}

int crmlua_string_match(lua_State *L) {
    return find_or_match(L, false);
}

// ---- gmatch -------------------------------------------------------------------------------------------------------

// Where gmatch goes on: the offset of the next search, and the end of the last match (or -1).
typedef struct {
    size_t next;
    ptrdiff_t last;
} Iteration;

// Upvalues: the text, the compiled pattern, the iteration.
static int step_gmatch(lua_State *L) {
    size_t length;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &length);
    const Program *program = lua_touserdata(L, lua_upvalueindex(2));
    Iteration *iteration = lua_touserdata(L, lua_upvalueindex(3));
    Matcher matcher;
    crmlua_start_matcher(&matcher, L, program, text, length);
    const char *last = iteration->last < 0 ? NULL : text + iteration->last;
    while (iteration->next <= length) {
        const char *start = text + iteration->next;
        const char *end = crmlua_search(&matcher, &start);
        if (end == NULL) {
            iteration->next = length + 1;
            break;
        }
        if (end == last) {
            // An empty match at the end of the one before is passed over.
            iteration->next = (size_t)(start - text) + 1;
            continue;
        }
        iteration->next = (size_t)(end - text);
        iteration->last = end - text;
        crmlua_charge_steps(&matcher);
        return push_captures(&matcher, start, end, true);
    }
    crmlua_charge_steps(&matcher);
    return 0;
}

int crmlua_string_gmatch(lua_State *L) {
    size_t length, size;
    luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &size);
    size_t offset = crmlua_start_offset(luaL_optinteger(L, 3, 1), length);
    lua_settop(L, 2);
    crmlua_compile_pattern(L, pattern, size, false, NULL);
    Iteration *iteration = lua_newuserdatauv(L, sizeof *iteration, 0);
    iteration->next = offset > length ? length + 1 : offset;
    iteration->last = -1;
    lua_remove(L, 2);
    lua_pushcclosure(L, step_gmatch, 3);
    return 1;
}

// ---- gsub ---------------------------------------------------------------------------------------------------------

// Adds the text of capture number `capture`, or the number if it is a position.
static void add_capture(Matcher *matcher, luaL_Buffer *result, int capture, const char *start, const char *end) {
    const Program *program = matcher->program;
    if (capture < program->captures && !program->positions[capture]) {
        const char *from = matcher->starts[capture];
        crmlua_add(matcher->L, result, from, (size_t)(matcher->ends[capture] - from));
    } else {
        push_capture(matcher, capture, start, end);
        luaL_addvalue(result);
    }
}

// Adds the replacement text (argument 3) with its %0 … %9 filled in.
static void add_template(Matcher *matcher, luaL_Buffer *result, const char *start, const char *end) {
    lua_State *L = matcher->L;
    size_t length;
    const char *text = lua_tolstring(L, 3, &length);
    const char *stop = text + length;
    while (text < stop) {
        const char *escape = memchr(text, '%', (size_t)(stop - text));
        crmlua_add(L, result, text, (size_t)((escape != NULL ? escape : stop) - text));
        if (escape == NULL)
            return;
        crmlua_count_steps(matcher, 2);
        char c = escape + 1 < stop ? escape[1] : '\0';
        text = escape + 2;
        if (c == '%') {
            crmlua_add(L, result, "%", 1);
        } else if (c == '0') {
            crmlua_add(L, result, start, (size_t)(end - start));
        } else if (c >= '1' && c <= '9') {
            add_capture(matcher, result, c - '1', start, end);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

// Adds what replaces the match. Returns whether that is anything but the match itself.
static bool add_replacement(Matcher *matcher, luaL_Buffer *result, int type, const char *start, const char *end) {
    lua_State *L = matcher->L;
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        int count = push_captures(matcher, start, end, true);
        crmlua_charge_steps(matcher);
        crmlua_enter_c(L);
        lua_call(L, count, 1);
        crmlua_leave_c(L);
    } else if (type == LUA_TTABLE) {
        push_capture(matcher, 0, start, end);
        crmlua_enter_c(L);
        lua_gettable(L, 3);
        crmlua_leave_c(L);
    } else {
        add_template(matcher, result, start, end);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        crmlua_add(L, result, start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    size_t size;
    lua_tolstring(L, -1, &size);
    if (size > CRMLUA_MAX_TEXT || luaL_bufflen(result) > CRMLUA_MAX_TEXT - size)
        luaL_error(L, "resulting string too large");
    crmlua_charge_bytes(L, size);
    luaL_addvalue(result);
    return true;
}

int crmlua_string_gsub(lua_State *L) {
    size_t length, size;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &size);
    int type = lua_type(L, 3);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
    bool known = type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE;
    luaL_argexpected(L, known, 3, "string/function/table");
    if (type == LUA_TNUMBER)
        lua_tolstring(L, 3, NULL);
    lua_settop(L, 3);
    LocalProgram local;
    Matcher matcher;
    crmlua_start_matcher(&matcher, L, crmlua_compile_pattern(L, pattern, size, true, &local), text, length);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    lua_Integer count = 0;
    bool changed = false;
    const char *at = text;      // where the next search starts
    const char *copied = text;  // up to where the text is in the result
    const char *last = NULL;    // the end of the last match
    while (count < most) {
        const char *start = at;
        const char *end = crmlua_search(&matcher, &start);
        if (end == NULL)
            break;
        if (end == last) {
            // An empty match at the end of the one before: one byte on.
            at = start + 1;
        } else {
            count += 1;
            crmlua_add(L, &result, copied, (size_t)(start - copied));
            changed = add_replacement(&matcher, &result, type, start, end) || changed;
            at = copied = last = end;
        }
        if (at > matcher.end || matcher.program->anchored)
            break;
    }
    crmlua_charge_steps(&matcher);
    if (changed) {
        crmlua_add(L, &result, copied, (size_t)(matcher.end - copied));
        luaL_pushresult(&result);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}
