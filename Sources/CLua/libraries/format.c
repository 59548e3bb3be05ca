// string.format: every conversion of Lua but %p, each with bounded width and precision.
#include "libraries.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// The longest text of one number: 308 digits before the point, 99 behind it, sign, and some room.
#define MAX_NUMBER 512

// One conversion as the format gives it.
typedef struct {
    const char *text;  // flags, width and precision as they stand in the format
    size_t length;
    char conversion;
    int width;      // 0: none
    int precision;  // -1: none
    bool left;
} Spec;

// Flags, width and precision together, in bytes.
#define MAX_SPEC 20

// Reads flags, width and precision behind a '%', whether they suit or not; returns where the format goes on.
static const char *read_spec(lua_State *L, const char *at, const char *end, Spec *spec) {
    *spec = (Spec){.text = at, .precision = -1};
    while (at < end && *at != '\0' && strchr("-+ #0123456789.", *at) != NULL)
        at += 1;
    spec->length = (size_t)(at - spec->text);
    if (spec->length > MAX_SPEC)
        luaL_error(L, "invalid format string to 'format'");
    spec->conversion = at < end ? *at : '\0';
    return at < end ? at + 1 : at;
}

// Pushes the conversion as it stands in the format.
static const char *spec_text(lua_State *L, const Spec *spec) {
    lua_pushliteral(L, "%");
    lua_pushlstring(L, spec->text, spec->length + (spec->conversion != '\0'));
    lua_concat(L, 2);
    return lua_tostring(L, -1);
}

// Reads at most two digits.
static int read_count(const char **at, const char *end) {
    int value = 0;
    for (int digits = 0; digits < 2 && *at < end && **at >= '0' && **at <= '9'; digits += 1) {
        value = value * 10 + (**at - '0');
        *at += 1;
    }
    return value;
}

// Raises unless the conversion has these flags alone, a width below a hundred and, where it may, a precision below one.
static void check_spec(lua_State *L, Spec *spec, const char *flags, bool precision) {
    const char *at = spec->text, *end = spec->text + spec->length;
    while (at < end && strchr(flags, *at) != NULL) {
        spec->left = spec->left || *at == '-';
        at += 1;
    }
    if (at < end && *at != '0') {
        spec->width = read_count(&at, end);
        if (at < end && *at == '.' && precision) {
            at += 1;
            spec->precision = read_count(&at, end);
        }
    }
    if (at != end)
        luaL_error(L, "invalid conversion specification: '%s'", spec_text(L, spec));
}

// Writes the spec as C's printf wants it, with a length modifier. 
static void write_spec(const Spec *spec, const char *modifier, char *result) {
    *result = '%';
    memcpy(result + 1, spec->text, spec->length);
    char *end = result + 1 + spec->length;
    while (*modifier != '\0')
        *end++ = *modifier++;
    *end++ = spec->conversion;
    *end = '\0';
}

// Adds bytes, filled up with blanks to the width.
static void add_padded(lua_State *L, luaL_Buffer *result, const Spec *spec, const char *bytes, size_t length) {
    char blanks[100];
    size_t missing = (size_t)spec->width > length ? (size_t)spec->width - length : 0;
    memset(blanks, ' ', sizeof blanks);
    if (!spec->left)
        crmlua_add(L, result, blanks, missing);
    crmlua_add(L, result, bytes, length);
    if (spec->left)
        crmlua_add(L, result, blanks, missing);
}

static void add_integer(lua_State *L, luaL_Buffer *result, Spec *spec, const char *flags, int arg) {
    long long value = (long long)luaL_checkinteger(L, arg);
    check_spec(L, spec, flags, true);
    char format[MAX_SPEC + 8], text[MAX_NUMBER];
    write_spec(spec, "ll", format);
    int length = snprintf(text, sizeof text, format, value);
    crmlua_add(L, result, text, (size_t)length);
}

static void add_float(lua_State *L, luaL_Buffer *result, Spec *spec, int arg) {
    double value = (double)luaL_checknumber(L, arg);
    check_spec(L, spec, "-+ #0", true);
    char format[MAX_SPEC + 8], text[MAX_NUMBER];
    write_spec(spec, "", format);
    int length = snprintf(text, sizeof text, format, value);
    // Digits of floats are dear to make.
    crmlua_charge(L, (uint64_t)length / 4);
    crmlua_add(L, result, text, (size_t)length);
}

// Adds any value as tostring gives it. The text is made on the stack, above the buffer, and taken off again.
static void add_text(lua_State *L, luaL_Buffer *result, Spec *spec, int arg) {
    check_spec(L, spec, "-", true);
    size_t length;
    const char *text = crmlua_tostring(L, arg, &length);
    if (spec->precision >= 0 && length > (size_t)spec->precision)
        length = (size_t)spec->precision;
    else if ((size_t)spec->width <= length) {
        // The text as it is: nothing is cut and nothing is added.
        if (length > CRMLUA_MAX_TEXT - luaL_bufflen(result))
            luaL_error(L, "resulting string too large");
        crmlua_charge_bytes(L, length);
        luaL_addvalue(result);
        return;
    }
    // What is cut or filled up has less than a hundred bytes.
    char copy[100];
    memcpy(copy, text, length);
    lua_pop(L, 1);
    add_padded(L, result, spec, copy, length);
}

// ---- %q -----------------------------------------------------------------------------------------------------------

static void add_quoted_text(lua_State *L, luaL_Buffer *result, const char *text, size_t length) {
    crmlua_charge(L, (uint64_t)length / 8 + 1);
    crmlua_add(L, result, "\"", 1);
    const char *end = text + length;
    const char *from = text;  // what has not been added yet starts here
    for (const char *at = text; at < end; at += 1) {
        unsigned char c = (unsigned char)*at;
        bool escaped = c == '"' || c == '\\' || c == '\n';
        if (!escaped && c >= 32 && c != 127)
            continue;
        crmlua_add(L, result, from, (size_t)(at - from));
        from = at + 1;
        char escape[8];
        bool digit = from < end && *from >= '0' && *from <= '9';
        if (escaped)
            snprintf(escape, sizeof escape, "\\%c", c);
        else
            snprintf(escape, sizeof escape, digit ? "\\%03d" : "\\%d", c);
        crmlua_add(L, result, escape, strlen(escape));
    }
    crmlua_add(L, result, from, (size_t)(end - from));
    crmlua_add(L, result, "\"", 1);
}

// Writes a number so that reading it gives exactly the same number.
static void add_quoted_number(lua_State *L, luaL_Buffer *result, int arg) {
    char text[MAX_NUMBER];
    if (lua_isinteger(L, arg)) {
        lua_Integer value = lua_tointeger(L, arg);
        const char *format = value == LUA_MININTEGER ? "0x%llx" : "%lld";
        snprintf(text, sizeof text, format, (long long)value);
    } else {
        double value = (double)lua_tonumber(L, arg);
        if (isnan(value))
            snprintf(text, sizeof text, "(0/0)");
        else if (isinf(value))
            snprintf(text, sizeof text, value < 0 ? "-1e9999" : "1e9999");
        else
            snprintf(text, sizeof text, "%a", value);
    }
    crmlua_add(L, result, text, strlen(text));
}

static void add_quoted(lua_State *L, luaL_Buffer *result, const Spec *spec, int arg) {
    if (spec->length > 0)
        luaL_error(L, "specifier '%%q' cannot have modifiers");
    switch (lua_type(L, arg)) {
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, arg, &length);
        add_quoted_text(L, result, text, length);
        break;
    }
    case LUA_TNUMBER:
        add_quoted_number(L, result, arg);
        break;
    case LUA_TNIL:
    case LUA_TBOOLEAN: {
        const char *word = lua_isnil(L, arg) ? "nil" : lua_toboolean(L, arg) ? "true" : "false";
        crmlua_add(L, result, word, strlen(word));
        break;
    }
    default:
        luaL_argerror(L, arg, "value has no literal form");
    }
}

// ---- the function -------------------------------------------------------------------------------------------------

static void add_conversion(lua_State *L, luaL_Buffer *result, Spec *spec, int arg) {
    switch (spec->conversion) {
    case 'c': {
        check_spec(L, spec, "-", false);
        char c = (char)(unsigned char)luaL_checkinteger(L, arg);
        add_padded(L, result, spec, &c, 1);
        break;
    }
    case 'd':
    case 'i':
        add_integer(L, result, spec, "-+0 ", arg);
        break;
    case 'u':
        add_integer(L, result, spec, "-0", arg);
        break;
    case 'o':
    case 'x':
    case 'X':
        add_integer(L, result, spec, "-#0", arg);
        break;
    case 'a':
    case 'A':
        check_spec(L, spec, "-+ #0", true);
        add_float(L, result, spec, arg);
        break;
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
        add_float(L, result, spec, arg);
        break;
    case 's':
        add_text(L, result, spec, arg);
        break;
    case 'q':
        add_quoted(L, result, spec, arg);
        break;
    default:
        luaL_error(L, "invalid conversion '%s' to 'format'", spec_text(L, spec));
    }
}

int crmlua_string_format(lua_State *L) {
    int count = lua_gettop(L);
    size_t length;
    const char *at = luaL_checklstring(L, 1, &length);
    const char *end = at + length;
    int arg = 1;
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    while (at < end) {
        const char *escape = memchr(at, '%', (size_t)(end - at));
        crmlua_add(L, &result, at, (size_t)((escape != NULL ? escape : end) - at));
        if (escape == NULL)
            break;
        at = escape + 1;
        if (at < end && *at == '%') {
            crmlua_add(L, &result, "%", 1);
            at += 1;
            continue;
        }
        crmlua_charge(L, 1);
        arg += 1;
        if (arg > count)
            return luaL_argerror(L, arg, "no value");
        Spec spec;
        at = read_spec(L, at, end, &spec);
        add_conversion(L, &result, &spec, arg);
    }
    luaL_pushresult(&result);
    return 1;
}
