// Errors: raising what a Swift callback failed with, and telling Swift what a call into Lua failed with. Tracebacks are
// written by hand into a fixed buffer: no allocation, no addresses, no paths of the host.
#include "host.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MESSAGE ((size_t)4096)
#define MAX_LEVELS 22
#define MAX_CAUSES 256

// ---- raising ------------------------------------------------------------------------------------------------------

// Remembers which Swift error, or which code of ours (negative), the error value on top of the stack stands for.
static void remember_cause(lua_State *L, Host *h, int64_t cause) {
    if (h->causes_used >= MAX_CAUSES) {
        lua_newtable(L);
        lua_rawseti(L, LUA_REGISTRYINDEX, h->causes);
        h->causes_used = 0;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->causes);
    lua_pushvalue(L, -2);
    lua_pushinteger(L, cause);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    h->causes_used += 1;
}

static const char *chunk_name(const lua_Debug *d) {
    return d->source[0] == '=' || d->source[0] == '@' ? d->source + 1 : d->short_src;
}

// Whether a function is of the chunk in which the platform wraps its own functions: nobody is to be sent there.
static bool is_wrapper(const lua_Debug *d) { return strcmp(d->source, "=crm") == 0; }

// Pushes `file:line: ` of the script that called, or nothing when no script did.
static void push_place(lua_State *L) {
    lua_Debug d;
    for (int level = 1; lua_getstack(L, level, &d); level += 1) {
        if (!lua_getinfo(L, "Sl", &d) || d.currentline <= 0 || is_wrapper(&d))
            continue;
        lua_pushfstring(L, "%s:%d: ", d.short_src, d.currentline);
        return;
    }
    lua_pushliteral(L, "");
}

int crmlua_raise_coded(lua_State *L, int code, const char *format, ...) {
    va_list list;
    va_start(list, format);
    push_place(L);
    lua_pushvfstring(L, format, list);
    va_end(list);
    lua_concat(L, 2);
    remember_cause(L, crmlua_host(L), -code);
    return lua_error(L);
}

int crmlua_raise_builder(lua_State *L, Host *h, crmlua_Builder *b) {
    int64_t cause = b->error_cause != 0 ? b->error_cause : -(int64_t)b->error_code;
    luaL_checkstack(L, 8, NULL);
    int first = b->error_first, count = b->count - first;
    if (count > 0 && b->values[first].tag == CRMLUA_STRING && b->error_located) {
        push_place(L);
        crmlua_push_values(L, h, &b->values[first], 1);
        lua_concat(L, 2);
    } else if (count > 0) {
        int pushed = crmlua_push_values(L, h, &b->values[first], count);
        lua_pop(L, pushed - 1);
        if (lua_istable(L, -1)) {
            lua_rawgeti(L, LUA_REGISTRYINDEX, h->error_metatable);
            lua_setmetatable(L, -2);
        }
    } else {
        lua_pushliteral(L, "a function of the host failed");
    }
    if (cause != 0)
        remember_cause(L, h, cause);
    return lua_error(L);
}

// __tostring of the tables that stand for Swift errors.
static int error_text(lua_State *L) {
    if (lua_istable(L, 1)) {
        lua_settop(L, 1);
        lua_pushliteral(L, "message");
        if (lua_rawget(L, 1) == LUA_TSTRING)
            return 1;
    }
    lua_pushliteral(L, "error");
    return 1;
}

void crmlua_open_errors(lua_State *L, Host *h) {
    lua_newtable(L);
    h->causes = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    lua_pushcfunction(L, error_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "error");
    lua_setfield(L, -2, "__name");
    h->error_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

// ---- tracebacks ---------------------------------------------------------------------------------------------------

__attribute__((format(printf, 3, 4))) static void add(Host *h, size_t *used, const char *format, ...) {
    size_t left = sizeof h->traceback - *used;
    va_list list;
    va_start(list, format);
    int written = vsnprintf(h->traceback + *used, left, format, list);
    va_end(list);
    if (written > 0)
        *used += (size_t)written < left ? (size_t)written : left - 1;
}

static void write_traceback(lua_State *L, Host *h) {
    size_t used = 0;
    h->traceback[0] = 0;
    lua_Debug d;
    for (int level = 1; lua_getstack(L, level, &d); level += 1) {
        if (level > MAX_LEVELS) {
            add(h, &used, "%s...", used > 0 ? "\n" : "");
            break;
        }
        if (!lua_getinfo(L, "Slnt", &d))
            break;
        bool host = strcmp(d.what, "C") == 0;
        if ((host && d.name == NULL) || is_wrapper(&d))
            continue;
        add(h, &used, "%s", used > 0 ? "\n" : "");
        if (host)
            add(h, &used, "[host]: in ");
        else
            add(h, &used, "%s:%d: in ", chunk_name(&d), d.currentline);
        if (strcmp(d.what, "main") == 0)
            add(h, &used, "main chunk");
        else if (d.name != NULL)
            add(h, &used, "%s '%s'", *d.namewhat ? d.namewhat : "function", d.name);
        else
            add(h, &used, "function <%s:%d>", chunk_name(&d), d.linedefined);
        if (d.istailcall)
            add(h, &used, "\n(...tail calls...)");
    }
}

// Finds the chunk and line a message blames: the frame whose position it begins with, or else the innermost one.
static void find_place(lua_State *L, Host *h, const char *message) {
    h->failure.line = 0;
    h->failure.chunk = NULL;
    lua_Debug d;
    for (int level = 1; level <= MAX_LEVELS && lua_getstack(L, level, &d); level += 1) {
        if (!lua_getinfo(L, "Sl", &d) || d.currentline <= 0 || is_wrapper(&d))
            continue;
        bool first = h->failure.line == 0, blamed = false;
        if (message != NULL) {
            char prefix[LUA_IDSIZE + 24];
            int length = snprintf(prefix, sizeof prefix, "%s:%d:", d.short_src, d.currentline);
            blamed = length > 0 && strncmp(message, prefix, (size_t)length) == 0;
        }
        if (first || blamed) {
            snprintf(h->chunk, sizeof h->chunk, "%s", chunk_name(&d));
            h->failure.chunk = h->chunk;
            h->failure.line = d.currentline;
        }
        if (blamed || (first && message == NULL))
            break;
    }
}

// Runs where the error was raised, before the stack is unwound. Must not raise, and calls nothing of the script.
int crmlua_message_handler(lua_State *L) {
    Host *h = crmlua_host(L);
    if (lua_checkstack(L, 4)) {
        write_traceback(L, h);
        find_place(L, h, lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : NULL);
    }
    return 1;
}

// ---- failures for Swift -------------------------------------------------------------------------------------------

static void set_message(Host *h, const char *text, size_t length) {
    if (length > MAX_MESSAGE) {
        length = MAX_MESSAGE;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length -= 1;
    }
    if (h->failure_capacity < length + 1) {
        char *larger = realloc(h->failure_text, MAX_MESSAGE + 1);
        if (larger == NULL) {
            h->failure.message = "not enough memory";
            h->failure.message_length = strlen(h->failure.message);
            return;
        }
        h->failure_text = larger;
        h->failure_capacity = MAX_MESSAGE + 1;
    }
    memcpy(h->failure_text, text, length);
    h->failure_text[length] = 0;
    h->failure.message = h->failure_text;
    h->failure.message_length = length;
}

static void set_text(Host *h, const char *text) { set_message(h, text, strlen(text)); }

static void read_cause(lua_State *L, Host *h) {
    h->failure.cause = 0;
    if (lua_isnil(L, -1) || !lua_checkstack(L, 3))
        return;
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->causes);
    lua_pushvalue(L, -2);
    if (lua_rawget(L, -2) == LUA_TNUMBER)
        h->failure.cause = lua_tointeger(L, -1);
    lua_pop(L, 2);
}

// Describes the error value on top of the stack, which stays there.
int32_t crmlua_take_failure(Host *h, lua_State *L, int status) {
    crmlua_Failure *f = &h->failure;
    f->traceback = h->traceback;
    f->is_table = false;
    f->cause = 0;
    if (status == LUA_ERRMEM)
        crmlua_strike(h, STOP_MEMORY);
    if (h->stop) {
        static const char *const texts[] = {
            "", "the script used up its budget of steps", "the script ran too long", "the script used too much memory",
            "the script made too many coroutines", "the script was interrupted"};
        set_text(h, h->stop < CRMLUA_STOP_HOST ? texts[h->stop] : "the script went beyond a limit of the host");
        f->stop = h->stop;
        f->code = h->stop == STOP_MEMORY ? CRMLUA_MEMORY : CRMLUA_BUDGET;
        return f->code;
    }
    f->stop = STOP_NONE;
    read_cause(L, h);
    f->code = CRMLUA_ERROR;
    if (f->cause < 0) {
        f->code = (int32_t)-f->cause;
        f->cause = 0;
    }
    size_t length;
    char number[64];
    switch (lua_type(L, -1)) {
    case LUA_TSTRING: {
        const char *text = lua_tolstring(L, -1, &length);
        set_message(h, text, length);
        break;
    }
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1))
            snprintf(number, sizeof number, LUA_INTEGER_FMT, lua_tointeger(L, -1));
        else
            snprintf(number, sizeof number, "%.14g", lua_tonumber(L, -1));
        set_text(h, number);
        break;
    case LUA_TTABLE:
        f->is_table = true;
        set_text(h, "the error is a table");
        // The text of an error table is its field `message`, taken raw.
        if (lua_checkstack(L, 3)) {
            lua_pushnil(L);
            for (int looked = 0; looked < 64 && lua_next(L, -2); looked += 1) {
                if (lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING
                    && strcmp(lua_tostring(L, -2), "message") == 0) {
                    const char *text = lua_tolstring(L, -1, &length);
                    set_message(h, text, length);
                    lua_pop(L, 2);
                    break;
                }
                lua_pop(L, 1);
                if (looked == 63)
                    lua_pop(L, 1);
            }
        }
        break;
    default:
        snprintf(number, sizeof number, "the error is a %s value", luaL_typename(L, -1));
        set_text(h, number);
    }
    return f->code;
}

int32_t crmlua_take_overflow(Host *h) {
    h->failure.traceback = h->traceback;
    h->failure.is_table = false;
    h->failure.cause = 0;
    h->failure.stop = STOP_NONE;
    h->failure.code = CRMLUA_ERROR;
    set_text(h, "stack overflow (calls between scripts and the host are nested too deeply)");
    return CRMLUA_ERROR;
}

const crmlua_Failure *crmlua_failure(lua_State *M) { return &crmlua_host(M)->failure; }

// ---- where a callback was called from -------------------------------------------------------------------------------

int32_t crmlua_defined_at(lua_State *L, int32_t index, char *chunk, size_t size) {
    lua_Debug d;
    if (size > 0)
        chunk[0] = 0;
    if (crmlua_host(L)->abandoned)
        return 0;
    if (!lua_isfunction(L, index) || lua_iscfunction(L, index))
        return 0;
    // A C function has room for twenty values, so that this push needs no memory.
    lua_pushvalue(L, index);
    if (!lua_getinfo(L, ">S", &d) || d.linedefined <= 0)
        return 0;
    snprintf(chunk, size, "%s", chunk_name(&d));
    return d.linedefined;
}

int32_t crmlua_where(lua_State *L, int32_t level, char *chunk, size_t size) {
    lua_Debug d;
    for (; !crmlua_host(L)->abandoned && lua_getstack(L, level, &d); level += 1) {
        if (lua_getinfo(L, "Sl", &d) && d.currentline > 0 && !is_wrapper(&d)) {
            snprintf(chunk, size, "%s", chunk_name(&d));
            return d.currentline;
        }
    }
    if (size > 0)
        chunk[0] = 0;
    return 0;
}
