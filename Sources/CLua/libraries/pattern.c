// Compiles Lua's patterns into rows of items. This is where every malformed pattern is refused, so that the matcher
// meets none.
#include "pattern.h"
#include <string.h>

#define MAX_PATTERN 4096

const uint8_t crmlua_traits[128] = {
    144, 16, 16, 16, 16, 16, 16, 16, 16, 24, 24, 24, 24, 24, 16, 16,  //
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,  //
    8,  32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,  //
    68, 68, 68, 68, 68, 68, 68, 68, 68, 68, 32, 32, 32, 32, 32, 32,  //
    32, 65, 65, 65, 65, 65, 65, 1,  1,  1,  1,  1,  1,  1,  1,  1,   //
    1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  32, 32, 32, 32, 32,  //
    32, 66, 66, 66, 66, 66, 66, 2,  2,  2,  2,  2,  2,  2,  2,  2,   //
    2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  32, 32, 32, 32, 16,  //
};

// The traits a class letter stands for (lower case), or 0 if the letter is no class.
static uint8_t class_traits(char letter) {
    switch (letter) {
    case 'a': return UPPER | LOWER;
    case 'c': return CONTROL;
    case 'd': return DIGIT;
    case 'g': return UPPER | LOWER | DIGIT | PUNCTUATION;
    case 'l': return LOWER;
    case 'p': return PUNCTUATION;
    case 's': return SPACE;
    case 'u': return UPPER;
    case 'w': return UPPER | LOWER | DIGIT;
    case 'x': return HEX;
    case 'z': return ZERO;
    default: return 0;
    }
}

static inline void add_to_set(Set *set, uint8_t c) {
    set->bits[c >> 3] |= (uint8_t)(1u << (c & 7));
}

// ---- compiling ----------------------------------------------------------------------------------------------------

typedef struct {
    lua_State *L;
    const char *next, *end;
    Item *items;
    Set *sets;
    int item_count, set_count;
    int captures;
    bool positions[MAX_CAPTURES];
    uint8_t open[MAX_CAPTURES];
    int open_count;
} Compiler;

static char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

// Puts what `%c` stands for inside a set into the set.
static void add_escape(Compiler *compiler, Set *set, char c) {
    uint8_t wanted = class_traits(to_lower(c));
    if (wanted == 0) {
        add_to_set(set, (uint8_t)c);
        return;
    }
    crmlua_charge(compiler->L, 8);
    bool negated = c >= 'A' && c <= 'Z';
    for (int byte = 0; byte < 256; byte += 1)
        if (in_class((uint8_t)byte, wanted, negated))
            add_to_set(set, (uint8_t)byte);
}

// Compiles the set whose '[' has been read; returns its number.
static uint16_t compile_set(Compiler *compiler) {
    const char *at = compiler->next;
    bool negated = at < compiler->end && *at == '^';
    if (negated)
        at += 1;
    // The first character always belongs to the set, also if it is ']'; an escaped one never ends it.
    const char *close = at;
    do {
        if (close >= compiler->end)
            luaL_error(compiler->L, "malformed pattern (missing ']')");
        if (*close == '%')
            close += 1;
        close += 1;
    } while (close >= compiler->end || *close != ']');
    Set *set = &compiler->sets[compiler->set_count];
    memset(set, 0, sizeof *set);
    while (at < close) {
        if (*at == '%') {
            add_escape(compiler, set, at[1]);
            at += 2;
        } else if (close - at > 2 && at[1] == '-') {
            for (int byte = (uint8_t)at[0]; byte <= (uint8_t)at[2]; byte += 1)
                add_to_set(set, (uint8_t)byte);
            at += 3;
        } else {
            add_to_set(set, (uint8_t)*at);
            at += 1;
        }
    }
    if (negated)
        for (int i = 0; i < 32; i += 1)
            set->bits[i] = (uint8_t)~set->bits[i];
    compiler->next = close + 1;
    compiler->set_count += 1;
    return (uint16_t)(compiler->set_count - 1);
}

static Item *add_item(Compiler *compiler, ItemKind kind) {
    Item *item = &compiler->items[compiler->item_count];
    compiler->item_count += 1;
    *item = (Item){(uint8_t)kind, 0, 0, 0, 0};
    return item;
}

// Compiles what stands after '%' outside a set. Returns whether it matches one byte, so that it may be repeated.
static bool compile_escape(Compiler *compiler) {
    lua_State *L = compiler->L;
    if (compiler->next == compiler->end)
        luaL_error(L, "malformed pattern (ends with '%%')");
    char c = *compiler->next;
    compiler->next += 1;
    if (c == 'b') {
        if (compiler->end - compiler->next < 2)
            luaL_error(L, "malformed pattern (missing arguments to '%%b')");
        Item *item = add_item(compiler, ITEM_BALANCE);
        item->a = (uint8_t)compiler->next[0];
        item->b = (uint8_t)compiler->next[1];
        compiler->next += 2;
        return false;
    }
    if (c == 'f') {
        if (compiler->next == compiler->end || *compiler->next != '[')
            luaL_error(L, "missing '[' after '%%f' in pattern");
        compiler->next += 1;
        uint16_t set = compile_set(compiler);
        add_item(compiler, ITEM_FRONTIER)->set = set;
        return false;
    }
    if (c >= '0' && c <= '9') {
        int capture = c - '1';
        bool closed = capture >= 0 && capture < compiler->captures;
        for (int i = 0; i < compiler->open_count; i += 1)
            closed = closed && compiler->open[i] != capture;
        if (!closed)
            luaL_error(L, "invalid capture index %%%d", capture + 1);
        add_item(compiler, ITEM_BACK)->a = (uint8_t)capture;
        return false;
    }
    uint8_t wanted = class_traits(to_lower(c));
    Item *item = add_item(compiler, wanted != 0 ? ITEM_CLASS : ITEM_CHAR);
    item->a = wanted != 0 ? wanted : (uint8_t)c;
    item->b = c >= 'A' && c <= 'Z';
    return true;
}

static void compile_open(Compiler *compiler) {
    if (compiler->captures == MAX_CAPTURES)
        luaL_error(compiler->L, "too many captures");
    int capture = compiler->captures;
    compiler->captures += 1;
    bool position = compiler->next < compiler->end && *compiler->next == ')';
    if (position) {
        compiler->next += 1;
    } else {
        compiler->open[compiler->open_count] = (uint8_t)capture;
        compiler->open_count += 1;
    }
    compiler->positions[capture] = position;
    add_item(compiler, position ? ITEM_POSITION : ITEM_OPEN)->a = (uint8_t)capture;
}

static void compile_close(Compiler *compiler) {
    if (compiler->open_count == 0)
        luaL_error(compiler->L, "invalid pattern capture");
    compiler->open_count -= 1;
    add_item(compiler, ITEM_CLOSE)->a = compiler->open[compiler->open_count];
}

// Compiles one item. Returns whether it may be repeated.
static bool compile_item(Compiler *compiler) {
    char c = *compiler->next;
    compiler->next += 1;
    switch (c) {
    case '(':
        compile_open(compiler);
        return false;
    case ')':
        compile_close(compiler);
        return false;
    case '%':
        return compile_escape(compiler);
    case '[': {
        uint16_t set = compile_set(compiler);
        add_item(compiler, ITEM_SET)->set = set;
        return true;
    }
    case '.':
        add_item(compiler, ITEM_ANY);
        return true;
    case '$':
        if (compiler->next == compiler->end) {
            add_item(compiler, ITEM_FINISH);
            return false;
        }
        break;
    default:
        break;
    }
    add_item(compiler, ITEM_CHAR)->a = (uint8_t)c;
    return true;
}

const Program *crmlua_compile_pattern(
    lua_State *L, const char *pattern, size_t length, bool may_anchor, LocalProgram *local) {
    if (length > MAX_PATTERN)
        luaL_error(L, "pattern too long (limit %d bytes)", MAX_PATTERN);
    crmlua_charge(L, (uint64_t)length / 4 + 1);
    size_t sets = 0;
    for (size_t i = 0; i < length; i += 1)
        sets += pattern[i] == '[';
    Compiler compiler = {.L = L, .next = pattern, .end = pattern + length};
    Program *program;
    if (local != NULL && length < LOCAL_ITEMS && sets <= LOCAL_SETS) {
        program = &local->program;
        compiler.items = local->items;
        compiler.sets = local->sets;
    } else {
        size_t size = sizeof *program + (length + 1) * sizeof(Item) + sets * sizeof(Set);
        program = lua_newuserdatauv(L, size, 0);
        compiler.items = (Item *)(program + 1);
        compiler.sets = (Set *)(compiler.items + length + 1);
    }
    program->anchored = may_anchor && length > 0 && *pattern == '^';
    if (program->anchored)
        compiler.next += 1;
    while (compiler.next < compiler.end) {
        bool repeatable = compile_item(&compiler);
        if (repeatable && compiler.next < compiler.end && *compiler.next != '\0'
            && strchr("*+-?", *compiler.next) != NULL) {
            compiler.items[compiler.item_count - 1].repeat = *compiler.next;
            compiler.next += 1;
        }
    }
    if (compiler.open_count > 0)
        luaL_error(L, "unfinished capture");
    add_item(&compiler, ITEM_MATCHED);
    program->captures = compiler.captures;
    memcpy(program->positions, compiler.positions, sizeof program->positions);
    program->items = compiler.items;
    program->sets = compiler.sets;
    return program;
}
