// string.pack, packsize and unpack: binary data by a format of options.
#include "libraries.h"
#include <string.h>

#define MAX_INTEGER_SIZE 16
#define MAX_FIXED ((size_t)1024 * 1024)
#define NATIVE_ALIGNMENT 8

typedef enum {
    OPTION_SIGNED,
    OPTION_UNSIGNED,
    OPTION_FLOAT,
    OPTION_DOUBLE,
    OPTION_FIXED,     // c[n]
    OPTION_COUNTED,   // s[n]
    OPTION_ZERO,      // z
    OPTION_PAD,       // x
    OPTION_ALIGN,     // X
    OPTION_NOTHING,   // blanks, and what only changes the state
} Option;

typedef struct {
    lua_State *L;
    const char *next, *end;
    bool little;
    size_t alignment;
} Format;

// One option, with the bytes of its own and those of the alignment before it.
typedef struct {
    Option option;
    size_t size, padding;
} Field;

static void start_format(Format *format, lua_State *L, const char *text, size_t length) {
    const union {
        int number;
        char first;
    } probe = {1};
    *format = (Format){L, text, text + length, probe.first == 1, 1};
}

// Reads the number behind an option, or gives `fallback`; numbers too big for any use become SIZE_MAX / 2.
static size_t read_number(Format *format, size_t fallback) {
    if (format->next == format->end || *format->next < '0' || *format->next > '9')
        return fallback;
    size_t value = 0;
    while (format->next < format->end && *format->next >= '0' && *format->next <= '9') {
        if (value < SIZE_MAX / 32)
            value = value * 10 + (size_t)(*format->next - '0');
        else
            value = SIZE_MAX / 2;
        format->next += 1;
    }
    return value;
}

// Reads a size of an integer (1 to 16).
static size_t read_size(Format *format, size_t fallback) {
    size_t size = read_number(format, fallback);
    if (size == 0 || size > MAX_INTEGER_SIZE)
        luaL_error(format->L, "integral size (%d) out of limits [1,%d]", size > 999999999 ? 999999999 : (int)size,
            MAX_INTEGER_SIZE);
    return size;
}

// Reads one option letter with its number.
static Field read_option(Format *format) {
    char letter = *format->next;
    format->next += 1;
    switch (letter) {
    case 'b': return (Field){OPTION_SIGNED, 1, 0};
    case 'B': return (Field){OPTION_UNSIGNED, 1, 0};
    case 'h': return (Field){OPTION_SIGNED, sizeof(short), 0};
    case 'H': return (Field){OPTION_UNSIGNED, sizeof(short), 0};
    case 'i': return (Field){OPTION_SIGNED, read_size(format, sizeof(int)), 0};
    case 'I': return (Field){OPTION_UNSIGNED, read_size(format, sizeof(int)), 0};
    case 'l': return (Field){OPTION_SIGNED, sizeof(long), 0};
    case 'L': return (Field){OPTION_UNSIGNED, sizeof(long), 0};
    case 'j': return (Field){OPTION_SIGNED, sizeof(lua_Integer), 0};
    case 'J': return (Field){OPTION_UNSIGNED, sizeof(lua_Integer), 0};
    case 'T': return (Field){OPTION_UNSIGNED, sizeof(size_t), 0};
    case 'f': return (Field){OPTION_FLOAT, sizeof(float), 0};
    case 'd':
    case 'n': return (Field){OPTION_DOUBLE, sizeof(double), 0};
    case 's': return (Field){OPTION_COUNTED, read_size(format, sizeof(size_t)), 0};
    case 'z': return (Field){OPTION_ZERO, 0, 0};
    case 'x': return (Field){OPTION_PAD, 1, 0};
    case 'X': return (Field){OPTION_ALIGN, 0, 0};
    case ' ': break;
    case '<': format->little = true; break;
    case '>': format->little = false; break;
    case '=': {
        Format native;
        start_format(&native, format->L, "", 0);
        format->little = native.little;
        break;
    }
    case '!': format->alignment = read_size(format, NATIVE_ALIGNMENT); break;
    case 'c': {
        size_t size = read_number(format, SIZE_MAX);
        if (size == SIZE_MAX)
            luaL_error(format->L, "missing size for format option 'c'");
        if (size > MAX_FIXED)
            luaL_error(format->L, "size of format option 'c' too large (limit %d)", (int)MAX_FIXED);
        return (Field){OPTION_FIXED, size, 0};
    }
    default:
        lua_pushlstring(format->L, &letter, 1);
        luaL_error(format->L, "invalid format option '%s'", lua_tostring(format->L, -1));
    }
    return (Field){OPTION_NOTHING, 0, 0};
}

// Reads the next option; `offset` is where in the data it would stand.
static Field read_field(Format *format, size_t offset) {
    crmlua_charge(format->L, 1);
    Field field = read_option(format);
    size_t align = field.size;
    if (field.option == OPTION_ALIGN) {
        align = 0;
        if (format->next < format->end) {
            Field aligned = read_option(format);
            align = aligned.option == OPTION_FIXED ? 0 : aligned.size;
        }
        if (align == 0)
            luaL_argerror(format->L, 1, "invalid next option for option 'X'");
    }
    bool aligns = field.option <= OPTION_DOUBLE || field.option == OPTION_COUNTED || field.option == OPTION_ALIGN;
    if (align <= 1 || !aligns)
        return field;
    if (align > format->alignment)
        align = format->alignment;
    if ((align & (align - 1)) != 0)
        luaL_argerror(format->L, 1, "format asks for alignment not power of 2");
    field.padding = (align - (offset & (align - 1))) & (align - 1);
    return field;
}

// ---- writing ------------------------------------------------------------------------------------------------------

// Writes an integer into `size` bytes; what goes beyond eight is filled with its sign.
static void write_integer(char *bytes, lua_Unsigned value, bool negative, size_t size, bool little) {
    for (size_t i = 0; i < size; i += 1) {
        char byte = i < 8 ? (char)(unsigned char)(value >> (8 * i)) : negative ? (char)-1 : 0;
        bytes[little ? i : size - 1 - i] = byte;
    }
}

// Copies the bytes of a floating-point number in the order the format asks for.
static void write_ordered(char *bytes, const char *number, size_t size, bool little) {
    Format native;
    start_format(&native, NULL, "", 0);
    for (size_t i = 0; i < size; i += 1)
        bytes[i] = number[native.little == little ? i : size - 1 - i];
}

static void add_integer(const Format *format, luaL_Buffer *result, Field field, int arg) {
    lua_Integer value = luaL_checkinteger(format->L, arg);
    if (field.size < sizeof(lua_Integer)) {
        lua_Integer limit = (lua_Integer)1 << (field.size * 8 - (field.option == OPTION_SIGNED));
        if (field.option == OPTION_SIGNED)
            luaL_argcheck(format->L, -limit <= value && value < limit, arg, "integer overflow");
        else
            luaL_argcheck(format->L, (lua_Unsigned)value < (lua_Unsigned)limit, arg, "unsigned overflow");
    }
    char bytes[MAX_INTEGER_SIZE];
    bool negative = field.option == OPTION_SIGNED && value < 0;
    write_integer(bytes, (lua_Unsigned)value, negative, field.size, format->little);
    crmlua_add(format->L, result, bytes, field.size);
}

static void add_float(const Format *format, luaL_Buffer *result, Field field, int arg) {
    double wide = (double)luaL_checknumber(format->L, arg);
    float narrow = (float)wide;
    char bytes[sizeof(double)];
    const char *number = field.option == OPTION_FLOAT ? (const char *)&narrow : (const char *)&wide;
    write_ordered(bytes, number, field.size, format->little);
    crmlua_add(format->L, result, bytes, field.size);
}

// Adds `count` zero bytes.
static void add_zeros(lua_State *L, luaL_Buffer *result, size_t count) {
    static const char zeros[256];
    while (count > 0) {
        size_t block = count < sizeof zeros ? count : sizeof zeros;
        crmlua_add(L, result, zeros, block);
        count -= block;
    }
}

static void add_text(const Format *format, luaL_Buffer *result, Field field, int arg) {
    lua_State *L = format->L;
    size_t length;
    const char *text = luaL_checklstring(L, arg, &length);
    if (field.option == OPTION_FIXED) {
        luaL_argcheck(L, length <= field.size, arg, "string longer than given size");
        crmlua_add(L, result, text, length);
        add_zeros(L, result, field.size - length);
    } else if (field.option == OPTION_COUNTED) {
        bool fits = field.size >= sizeof(size_t) || length < (size_t)1 << (field.size * 8);
        luaL_argcheck(L, fits, arg, "string length does not fit in given size");
        char count[MAX_INTEGER_SIZE];
        write_integer(count, (lua_Unsigned)length, false, field.size, format->little);
        crmlua_add(L, result, count, field.size);
        crmlua_add(L, result, text, length);
    } else {
        crmlua_charge_bytes(L, length);
        luaL_argcheck(L, memchr(text, '\0', length) == NULL, arg, "string contains zeros");
        crmlua_add(L, result, text, length);
        crmlua_add(L, result, "", 1);
    }
}

int crmlua_string_pack(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    Format format;
    start_format(&format, L, text, length);
    // What the buffer puts on the stack is no argument.
    lua_pushnil(L);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    int arg = 1;
    while (format.next < format.end) {
        Field field = read_field(&format, luaL_bufflen(&result));
        add_zeros(L, &result, field.padding);
        switch (field.option) {
        case OPTION_SIGNED:
        case OPTION_UNSIGNED:
            arg += 1;
            add_integer(&format, &result, field, arg);
            break;
        case OPTION_FLOAT:
        case OPTION_DOUBLE:
            arg += 1;
            add_float(&format, &result, field, arg);
            break;
        case OPTION_FIXED:
        case OPTION_COUNTED:
        case OPTION_ZERO:
            arg += 1;
            add_text(&format, &result, field, arg);
            break;
        case OPTION_PAD:
            add_zeros(L, &result, 1);
            break;
        case OPTION_ALIGN:
        case OPTION_NOTHING:
            break;
        }
    }
    luaL_pushresult(&result);
    return 1;
}

int crmlua_string_packsize(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    Format format;
    start_format(&format, L, text, length);
    size_t total = 0;
    while (format.next < format.end) {
        Field field = read_field(&format, total);
        bool variable = field.option == OPTION_COUNTED || field.option == OPTION_ZERO;
        luaL_argcheck(L, !variable, 1, "variable-length format");
        total += field.padding + field.size;
        luaL_argcheck(L, total <= CRMLUA_MAX_TEXT, 1, "format result too large");
    }
    lua_pushinteger(L, (lua_Integer)total);
    return 1;
}

// ---- reading ------------------------------------------------------------------------------------------------------

// Reads an integer of `size` bytes. What goes beyond eight must be the sign alone.
static lua_Integer read_integer(lua_State *L, const char *bytes, size_t size, bool little, bool is_signed) {
    lua_Unsigned value = 0;
    for (size_t i = size < 8 ? size : 8; i > 0; i -= 1)
        value = value << 8 | (unsigned char)bytes[little ? i - 1 : size - i];
    if (size < 8 && is_signed) {
        lua_Unsigned sign = (lua_Unsigned)1 << (size * 8 - 1);
        return (lua_Integer)((value ^ sign) - sign);
    }
    unsigned char fill = is_signed && (lua_Integer)value < 0 ? 0xFF : 0;
    for (size_t i = 8; i < size; i += 1)
        if ((unsigned char)bytes[little ? i : size - 1 - i] != fill)
            luaL_error(L, "%d-byte integer does not fit into Lua Integer", (int)size);
    return (lua_Integer)value;
}

// Pushes the value of a field that starts at `at`; returns how many bytes it took.
static size_t push_field(const Format *format, Field field, const char *at, size_t left) {
    lua_State *L = format->L;
    switch (field.option) {
    case OPTION_SIGNED:
    case OPTION_UNSIGNED: {
        bool is_signed = field.option == OPTION_SIGNED;
        lua_pushinteger(L, read_integer(L, at, field.size, format->little, is_signed));
        return field.size;
    }
    case OPTION_FLOAT: {
        float number;
        write_ordered((char *)&number, at, sizeof number, format->little);
        lua_pushnumber(L, (lua_Number)number);
        return field.size;
    }
    case OPTION_DOUBLE: {
        double number;
        write_ordered((char *)&number, at, sizeof number, format->little);
        lua_pushnumber(L, (lua_Number)number);
        return field.size;
    }
    case OPTION_FIXED:
        crmlua_charge_bytes(L, field.size);
        lua_pushlstring(L, at, field.size);
        return field.size;
    case OPTION_COUNTED: {
        size_t length = (size_t)read_integer(L, at, field.size, format->little, false);
        luaL_argcheck(L, length <= left - field.size, 2, "data string too short");
        crmlua_charge_bytes(L, length);
        lua_pushlstring(L, at + field.size, length);
        return field.size + length;
    }
    default: {
        const char *zero = memchr(at, '\0', left);
        luaL_argcheck(L, zero != NULL, 2, "unfinished string for format 'z'");
        crmlua_charge_bytes(L, (size_t)(zero - at));
        lua_pushlstring(L, at, (size_t)(zero - at));
        return (size_t)(zero - at) + 1;
    }
    }
}

int crmlua_string_unpack(lua_State *L) {
    size_t length, size;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *data = luaL_checklstring(L, 2, &size);
    size_t offset = crmlua_start_offset(luaL_optinteger(L, 3, 1), size);
    luaL_argcheck(L, offset <= size, 3, "initial position out of string");
    Format format;
    start_format(&format, L, text, length);
    int count = 0;
    while (format.next < format.end) {
        Field field = read_field(&format, offset);
        bool fits = field.padding <= size - offset && field.size <= size - offset - field.padding;
        luaL_argcheck(L, fits, 2, "data string too short");
        offset += field.padding;
        if (field.option >= OPTION_PAD) {
            offset += field.size;
            continue;
        }
        if (count == CRMLUA_MAX_VALUES)
            return luaL_error(L, "too many results");
        luaL_checkstack(L, 4, "too many results");
        offset += push_field(&format, field, data + offset, size - offset);
        count += 1;
    }
    lua_pushinteger(L, (lua_Integer)offset + 1);
    return count + 1;
}
