// What scripts get of `os`: the time and nothing else. Names of days and months are English, whatever the locale of
// the process; years go from 1 to 9999.
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE  // localtime_r, tm_gmtoff
#endif
#include "libraries.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MAX_OUTPUT 1024
#define MAX_YEAR 9999

static const char *const day_names[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};

static const char *const month_names[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static int refuse_time(lua_State *L) {
    return luaL_error(L, "time out of range (years 1 to %d)", MAX_YEAR);
}

static void check_year(lua_State *L, const struct tm *parts) {
    if (parts->tm_year + 1900 < 1 || parts->tm_year + 1900 > MAX_YEAR)
        refuse_time(L);
}

// ---- os.time ------------------------------------------------------------------------------------------------------

// The integer in a field of the table at index 1, or `fallback` (if that is not negative) when there is none.
static int read_part(lua_State *L, const char *name, int fallback, int offset) {
    lua_pushstring(L, name);
    int type = lua_rawget(L, 1);
    int exact;
    lua_Integer value = lua_tointegerx(L, -1, &exact);
    lua_pop(L, 1);
    if (type == LUA_TNIL && fallback >= 0)
        return fallback;
    if (type == LUA_TNIL)
        return luaL_error(L, "field '%s' missing in date table", name);
    if (!exact)
        return luaL_error(L, "field '%s' is not an integer", name);
    if (value < -(lua_Integer)INT_MAX / 2 || value > INT_MAX / 2)
        return luaL_error(L, "field '%s' is out-of-bound", name);
    return (int)value - offset;
}

static void set_part(lua_State *L, const char *name, int value) {
    lua_pushstring(L, name);
    lua_pushinteger(L, value);
    lua_rawset(L, -3);
}

// Sets the fields of the table on top of the stack.
static void set_parts(lua_State *L, const struct tm *parts) {
    set_part(L, "year", parts->tm_year + 1900);
    set_part(L, "month", parts->tm_mon + 1);
    set_part(L, "day", parts->tm_mday);
    set_part(L, "hour", parts->tm_hour);
    set_part(L, "min", parts->tm_min);
    set_part(L, "sec", parts->tm_sec);
    set_part(L, "yday", parts->tm_yday + 1);
    set_part(L, "wday", parts->tm_wday + 1);
    if (parts->tm_isdst >= 0) {
        lua_pushliteral(L, "isdst");
        lua_pushboolean(L, parts->tm_isdst > 0);
        lua_rawset(L, -3);
    }
}

static int os_time(lua_State *L) {
    if (lua_isnoneornil(L, 1)) {
        lua_pushinteger(L, (lua_Integer)time(NULL));
        return 1;
    }
    crmlua_check_plain_table(L, 1);
    lua_settop(L, 1);
    struct tm parts;
    memset(&parts, 0, sizeof parts);
    parts.tm_year = read_part(L, "year", -1, 1900);
    parts.tm_mon = read_part(L, "month", -1, 1);
    parts.tm_mday = read_part(L, "day", -1, 0);
    parts.tm_hour = read_part(L, "hour", 12, 0);
    parts.tm_min = read_part(L, "min", 0, 0);
    parts.tm_sec = read_part(L, "sec", 0, 0);
    lua_pushliteral(L, "isdst");
    int type = lua_rawget(L, 1);
    parts.tm_isdst = type == LUA_TNIL ? -1 : lua_toboolean(L, -1);
    lua_pop(L, 1);
    // -1 is also a real time; only a weekday that has not been filled in tells that mktime failed.
    parts.tm_wday = -1;
    time_t result = mktime(&parts);
    if (parts.tm_wday == -1)
        return refuse_time(L);
    check_year(L, &parts);
    // As the language has it, the fields get their normal values: day 32 becomes a day of the next month.
    set_parts(L, &parts);
    lua_pushinteger(L, (lua_Integer)result);
    return 1;
}

// ---- os.date ------------------------------------------------------------------------------------------------------

// Text under construction; what goes beyond its end is refused.
typedef struct {
    lua_State *L;
    size_t length;
    char bytes[MAX_OUTPUT];
} Output;

static void add_text(Output *output, const char *text, size_t length) {
    if (length > MAX_OUTPUT - output->length)
        luaL_error(output->L, "date text too long (limit %d bytes)", MAX_OUTPUT);
    memcpy(output->bytes + output->length, text, length);
    output->length += length;
}

static void add_number(Output *output, int value, int digits) {
    char text[16];
    int length = snprintf(text, sizeof text, "%0*d", digits, value);
    add_text(output, text, (size_t)length);
}

static void add_conversion(Output *output, char conversion, const struct tm *parts);

// Adds what a row of conversions and other characters gives; each conversion is a letter behind '%'.
static void add_row(Output *output, const char *row, const struct tm *parts) {
    for (; *row != '\0'; row += 1) {
        if (*row == '%') {
            row += 1;
            add_conversion(output, *row, parts);
        } else {
            add_text(output, row, 1);
        }
    }
}

static void add_zone(Output *output, const struct tm *parts) {
    long offset = parts->tm_gmtoff / 60;
    add_text(output, offset < 0 ? "-" : "+", 1);
    long minutes = offset < 0 ? -offset : offset;
    add_number(output, (int)(minutes / 60 * 100 + minutes % 60), 4);
}

static void add_conversion(Output *output, char conversion, const struct tm *parts) {
    const char *day = day_names[parts->tm_wday], *month = month_names[parts->tm_mon];
    switch (conversion) {
    case 'Y': add_number(output, parts->tm_year + 1900, 1); break;
    case 'y': add_number(output, (parts->tm_year + 1900) % 100, 2); break;
    case 'm': add_number(output, parts->tm_mon + 1, 2); break;
    case 'd': add_number(output, parts->tm_mday, 2); break;
    case 'j': add_number(output, parts->tm_yday + 1, 3); break;
    case 'H': add_number(output, parts->tm_hour, 2); break;
    case 'I': add_number(output, (parts->tm_hour + 11) % 12 + 1, 2); break;
    case 'M': add_number(output, parts->tm_min, 2); break;
    case 'S': add_number(output, parts->tm_sec, 2); break;
    case 'a': add_text(output, day, 3); break;
    case 'A': add_text(output, day, strlen(day)); break;
    case 'b': add_text(output, month, 3); break;
    case 'B': add_text(output, month, strlen(month)); break;
    case 'p': add_text(output, parts->tm_hour < 12 ? "AM" : "PM", 2); break;
    case 'c':
        add_row(output, "%a %b ", parts);
        // The day is filled up with a blank here, not with a zero.
        add_text(output, " ", parts->tm_mday < 10);
        add_number(output, parts->tm_mday, 1);
        add_row(output, " %T %Y", parts);
        break;
    case 'D':
    case 'x': add_row(output, "%m/%d/%y", parts); break;
    case 'F': add_row(output, "%Y-%m-%d", parts); break;
    case 'T':
    case 'X': add_row(output, "%H:%M:%S", parts); break;
    case 'R': add_row(output, "%H:%M", parts); break;
    case 'z': add_zone(output, parts); break;
    case 'Z': {
        const char *zone = parts->tm_zone != NULL ? parts->tm_zone : "";
        add_text(output, zone, strlen(zone));
        break;
    }
    case '%': add_text(output, "%", 1); break;
    default:
        lua_pushlstring(output->L, &conversion, conversion != '\0');
        luaL_error(output->L, "invalid conversion specifier '%%%s'", lua_tostring(output->L, -1));
    }
}

static int os_date(lua_State *L) {
    size_t length;
    const char *format = luaL_optlstring(L, 1, "%c", &length);
    const char *end = format + length;
    lua_Integer moment = lua_isnoneornil(L, 2) ? (lua_Integer)time(NULL) : luaL_checkinteger(L, 2);
    bool universal = length > 0 && *format == '!';
    if (universal)
        format += 1;
    time_t seconds = (time_t)moment;
    struct tm parts;
    if ((lua_Integer)seconds != moment
        || (universal ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts)) == NULL)
        return refuse_time(L);
    check_year(L, &parts);
    if (end - format >= 2 && memcmp(format, "*t", 2) == 0) {
        lua_createtable(L, 0, 9);
        set_parts(L, &parts);
        return 1;
    }
    Output output;
    output.L = L;
    output.length = 0;
    while (format < end) {
        const char *escape = memchr(format, '%', (size_t)(end - format));
        add_text(&output, format, (size_t)((escape != NULL ? escape : end) - format));
        if (escape == NULL)
            break;
        add_conversion(&output, escape + 1 < end ? escape[1] : '\0', &parts);
        format = escape + 2;
    }
    lua_pushlstring(L, output.bytes, output.length);
    return 1;
}

// ---- the rest -----------------------------------------------------------------------------------------------------

static int os_clock(lua_State *L) {
    lua_pushnumber(L, (lua_Number)clock() / CLOCKS_PER_SEC);
    return 1;
}

static int os_difftime(lua_State *L) {
    lua_Number later = luaL_checknumber(L, 1);
    lua_pushnumber(L, later - luaL_checknumber(L, 2));
    return 1;
}

static const luaL_Reg functions[] = {
    {"clock", os_clock},
    {"date", os_date},
    {"difftime", os_difftime},
    {"time", os_time},
    {NULL, NULL},
};

void crmlua_open_os(lua_State *L) {
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "os");
}
