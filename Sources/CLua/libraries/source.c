// Looks through source text before Lua's compiler sees it, and compiles it. The compiler calls itself for what is
// nested and for chains of operators, so a text of a few kilobytes could otherwise run the C stack down; and one form
// of declaration is compiled wrongly by some 5.4 releases.
#include "libraries.h"
#include <string.h>

#define MAX_NESTING 150
#define MAX_CHAIN 200

typedef enum {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_KEYWORD,
    TOKEN_TEXT,
    TOKEN_NUMBER,
    TOKEN_SYMBOL,
} TokenKind;

typedef struct {
    const char *next, *end;
    int line;
    TokenKind kind;
    const char *start;
    size_t length;
} Scanner;

// How long the chains are that run at one level of nesting.
typedef struct {
    unsigned short right, suffix, unary;
} Chains;

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_token(const Scanner *scanner, const char *text) {
    return scanner->length == strlen(text) && memcmp(scanner->start, text, scanner->length) == 0;
}

static bool is_one_of(const Scanner *scanner, const char *const *words) {
    for (; *words != NULL; words += 1)
        if (**words == *scanner->start && is_token(scanner, *words))
            return true;
    return false;
}

static const char *const keywords[] = {
    "and",   "break", "do",  "else", "elseif", "end",    "false", "for",  "function", "goto",  "if",
    "in",    "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while",
    NULL,
};

// The level of a long bracket that starts at `at` (which is '['), or -1 if it is none.
static long bracket_level(const Scanner *scanner, const char *at) {
    long level = 0;
    for (at += 1; at < scanner->end && *at == '='; at += 1)
        level += 1;
    return at < scanner->end && *at == '[' ? level : -1;
}

// Moves behind the end of a long bracket whose first '[' is next.
static void skip_bracket(Scanner *scanner, long level) {
    const char *at = scanner->next + level + 2;
    while (at < scanner->end) {
        if (*at == '\n')
            scanner->line += 1;
        if (*at != ']') {
            at += 1;
            continue;
        }
        const char *run = at + 1;
        while (run < scanner->end && *run == '=')
            run += 1;
        if (run < scanner->end && *run == ']' && run - at - 1 == level) {
            scanner->next = run + 1;
            return;
        }
        at = run;
    }
    scanner->next = scanner->end;
}

// Moves behind the end of a quoted text whose quote is next.
static void skip_quoted(Scanner *scanner) {
    char quote = *scanner->next;
    const char *at = scanner->next + 1;
    for (; at < scanner->end && *at != quote; at += 1) {
        if (*at == '\n') {
            scanner->line += 1;
            break;  // not closed on its line: the compiler will say so
        }
        if (*at == '\\' && at + 1 < scanner->end) {
            at += 1;
            if (*at == '\n')
                scanner->line += 1;
            if (*at == 'z')
                while (at + 1 < scanner->end && strchr(" \t\n\v\f\r", at[1]) != NULL && at[1] != '\0') {
                    at += 1;
                    if (*at == '\n')
                        scanner->line += 1;
                }
        }
    }
    scanner->next = at < scanner->end ? at + 1 : at;
}

// Moves over blanks and comments.
static void skip_blank(Scanner *scanner) {
    while (scanner->next < scanner->end) {
        char c = *scanner->next;
        if (c == '\n')
            scanner->line += 1;
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            scanner->next += 1;
            continue;
        }
        if (c != '-' || scanner->next + 1 >= scanner->end || scanner->next[1] != '-')
            return;
        scanner->next += 2;
        if (scanner->next < scanner->end && *scanner->next == '[') {
            long level = bracket_level(scanner, scanner->next);
            if (level >= 0) {
                skip_bracket(scanner, level);
                continue;
            }
        }
        while (scanner->next < scanner->end && *scanner->next != '\n' && *scanner->next != '\r')
            scanner->next += 1;
    }
}

// Moves over a number; an exponent may have a sign.
static void skip_number(Scanner *scanner) {
    const char *at = scanner->next;
    bool hex = at + 1 < scanner->end && *at == '0' && (at[1] == 'x' || at[1] == 'X');
    while (at < scanner->end && (is_name_char(*at) || *at == '.')) {
        char lower = (char)(*at | 0x20);
        at += 1;
        if (lower == (hex ? 'p' : 'e') && at < scanner->end && (*at == '+' || *at == '-'))
            at += 1;
    }
    scanner->next = at;
}

static void read_symbol(Scanner *scanner) {
    static const char *const symbols[] = {"...", "..", "::", "<<", ">>", "//", "==", "~=", "<=", ">=", NULL};
    size_t left = (size_t)(scanner->end - scanner->next);
    scanner->length = 1;
    for (size_t i = 0; symbols[i] != NULL; i += 1) {
        size_t length = strlen(symbols[i]);
        if (length <= left && memcmp(symbols[i], scanner->next, length) == 0) {
            scanner->length = length;
            break;
        }
    }
    scanner->next += scanner->length;
}

static void read_token(Scanner *scanner) {
    skip_blank(scanner);
    scanner->start = scanner->next;
    scanner->length = 0;
    if (scanner->next >= scanner->end) {
        scanner->kind = TOKEN_END;
        return;
    }
    char c = *scanner->next;
    bool dotted = c == '.' && scanner->next + 1 < scanner->end && is_digit(scanner->next[1]);
    if (is_digit(c) || dotted) {
        scanner->kind = TOKEN_NUMBER;
        skip_number(scanner);
    } else if (is_name_char(c)) {
        while (scanner->next < scanner->end && is_name_char(*scanner->next))
            scanner->next += 1;
        scanner->length = (size_t)(scanner->next - scanner->start);
        scanner->kind = is_one_of(scanner, keywords) ? TOKEN_KEYWORD : TOKEN_NAME;
        return;
    } else if (c == '"' || c == '\'') {
        scanner->kind = TOKEN_TEXT;
        skip_quoted(scanner);
    } else if (c == '[' && bracket_level(scanner, scanner->next) >= 0) {
        scanner->kind = TOKEN_TEXT;
        skip_bracket(scanner, bracket_level(scanner, scanner->next));
    } else {
        scanner->kind = TOKEN_SYMBOL;
        read_symbol(scanner);
        return;
    }
    scanner->length = (size_t)(scanner->next - scanner->start);
}

// What the token before leaves possible: whether it ends an operand, to which a suffix can be added.
typedef struct {
    Chains chains[MAX_NESTING + 1];
    int depth;
    bool after_operand;  // the last token ends an expression that a suffix may follow
    bool after_dot;      // the last token is the '.' or ':' of a field
    bool declaring;      // between `local` and the end of its list of names
    bool declared_env;   // the last token is the name _ENV in such a list
} Nesting;

static const char *open_level(Nesting *nesting) {
    if (nesting->depth == MAX_NESTING)
        return "source is nested too deeply";
    nesting->depth += 1;
    nesting->chains[nesting->depth] = (Chains){0, 0, 0};
    nesting->after_operand = false;
    return NULL;
}

static void close_level(Nesting *nesting) {
    if (nesting->depth > 0)
        nesting->depth -= 1;
    nesting->after_operand = true;
}

static const char *lengthen(unsigned short *chain) {
    if (*chain == MAX_CHAIN)
        return "source has too long a chain of operators, fields or calls";
    *chain += 1;
    return NULL;
}

static const char *take_keyword(Nesting *nesting, const Scanner *scanner) {
    static const char *const openers[] = {"do", "function", "if", "repeat", NULL};
    static const char *const closers[] = {"end", "until", NULL};
    static const char *const values[] = {"true", "false", "nil", NULL};
    Chains *chains = &nesting->chains[nesting->depth];
    nesting->declaring = is_token(scanner, "local");
    if (is_one_of(scanner, values)) {
        nesting->after_operand = false;
        chains->unary = 0;
        return NULL;
    }
    if (is_token(scanner, "not")) {
        nesting->after_operand = false;
        return lengthen(&chains->unary);
    }
    if (is_one_of(scanner, openers))
        return open_level(nesting);
    if (is_one_of(scanner, closers)) {
        close_level(nesting);
        // A block that ended is no operand, but the body of a function may be called in brackets only: no suffix.
        nesting->after_operand = false;
        return NULL;
    }
    *chains = (Chains){0, 0, 0};
    nesting->after_operand = false;
    return NULL;
}

static const char *take_symbol(Nesting *nesting, const Scanner *scanner) {
    static const char *const enders[] = {",", ";", "=", "==", "~=", "<", ">", "<=", ">=", "::", NULL};
    static const char *const closers[] = {")", "]", "}", NULL};
    static const char *const prefixes[] = {"-", "~", "#", NULL};
    Chains *chains = &nesting->chains[nesting->depth];
    bool operand = nesting->after_operand;
    nesting->after_operand = false;
    if (is_token(scanner, "(") || is_token(scanner, "[") || is_token(scanner, "{")) {
        const char *problem = operand ? lengthen(&chains->suffix) : NULL;
        return problem != NULL ? problem : open_level(nesting);
    }
    if (is_one_of(scanner, closers)) {
        close_level(nesting);
        return NULL;
    }
    if (operand && (is_token(scanner, ".") || is_token(scanner, ":"))) {
        nesting->after_dot = true;
        return lengthen(&chains->suffix);
    }
    chains->suffix = 0;
    if (is_one_of(scanner, enders)) {
        *chains = (Chains){0, 0, 0};
        return NULL;
    }
    if (is_token(scanner, "..") || is_token(scanner, "^"))
        return lengthen(&chains->right);
    // A sign where no operand stands before it is a prefix; after a number or a vararg it may be counted so as well,
    // which does no harm because the next operand ends the count.
    if (!operand && is_one_of(scanner, prefixes))
        return lengthen(&chains->unary);
    return NULL;
}

static const char *take_token(Nesting *nesting, const Scanner *scanner) {
    Chains *chains = &nesting->chains[nesting->depth];
    bool after_dot = nesting->after_dot;
    nesting->after_dot = false;
    bool env_before = nesting->declared_env;
    nesting->declared_env = false;
    switch (scanner->kind) {
    case TOKEN_KEYWORD:
        return take_keyword(nesting, scanner);
    case TOKEN_NAME:
        nesting->declared_env = nesting->declaring && is_token(scanner, "_ENV");
        if (!after_dot)
            chains->suffix = 0;
        chains->unary = 0;
        nesting->after_operand = true;
        return NULL;
    case TOKEN_TEXT: {
        const char *problem = nesting->after_operand ? lengthen(&chains->suffix) : NULL;
        chains->unary = 0;
        nesting->declaring = false;
        nesting->after_operand = true;
        return problem;
    }
    case TOKEN_NUMBER:
        *chains = (Chains){chains->right, 0, 0};
        nesting->declaring = false;
        nesting->after_operand = false;
        return NULL;
    case TOKEN_SYMBOL:
        if (env_before && is_token(scanner, "<"))
            return "'_ENV' can not be declared with an attribute";
        if (nesting->declaring && !is_token(scanner, "<") && !is_token(scanner, ">") && !is_token(scanner, ","))
            nesting->declaring = false;
        return take_symbol(nesting, scanner);
    case TOKEN_END:
        break;
    }
    return NULL;
}

const char *crmlua_scan_source(const char *text, size_t length, int *line) {
    Scanner scanner = {text, text + length, 1, TOKEN_END, text, 0};
    Nesting nesting = {.depth = 0};
    for (;;) {
        read_token(&scanner);
        if (scanner.kind == TOKEN_END)
            return NULL;
        const char *problem = take_token(&nesting, &scanner);
        if (problem != NULL) {
            *line = scanner.line;
            return problem;
        }
    }
}

// Pushes the name of a chunk as messages show it: what follows '=' or '@', or else the first line of the text itself.
static void push_chunk_name(lua_State *L, const char *name) {
    bool named = *name == '=' || *name == '@';
    size_t length = named ? strlen(name + 1) : strcspn(name, "\r\n");
    bool cut = length > 44 || (!named && name[length] != '\0');
    lua_pushlstring(L, named ? name + 1 : name, length > 44 ? 44 : length);
    if (!named) {
        lua_pushfstring(L, "[string \"%s%s\"]", lua_tostring(L, -1), cut ? "..." : "");
        lua_remove(L, -2);
    }
}

int crmlua_load_text(lua_State *L, const char *text, size_t length, const char *name, int env_index) {
    if (env_index != 0)
        env_index = lua_absindex(L, env_index);
    if (length > CRMLUA_MAX_SOURCE) {
        lua_pushfstring(L, "source text is too long (limit %d bytes)", (int)CRMLUA_MAX_SOURCE);
        return LUA_ERRSYNTAX;
    }
    crmlua_charge(L, (uint64_t)length / 2 + 1);
    int line = 0;
    const char *problem = crmlua_scan_source(text, length, &line);
    if (problem != NULL) {
        push_chunk_name(L, name);
        lua_pushfstring(L, "%s:%d: %s", lua_tostring(L, -1), line, problem);
        lua_remove(L, -2);
        return LUA_ERRSYNTAX;
    }
    int status = luaL_loadbufferx(L, text, length, name, "t");
    if (status == LUA_OK && env_index != 0) {
        lua_pushvalue(L, env_index);
        if (lua_setupvalue(L, -2, 1) == NULL)
            lua_pop(L, 1);
    }
    return status;
}
