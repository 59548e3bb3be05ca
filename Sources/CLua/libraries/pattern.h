// What pattern.c (which compiles patterns), matcher.c (which matches them) and search.c (the functions scripts call)
// share.
#ifndef CRMLUA_PATTERN_H
#define CRMLUA_PATTERN_H
#include "libraries.h"

#define MAX_CAPTURES 32

// ---- the compiled pattern -----------------------------------------------------------------------------------------

typedef enum {
    ITEM_CHAR,      // the byte `a`
    ITEM_ANY,       // any byte
    ITEM_CLASS,     // a byte with one of the traits `a`; with none of them if `b`
    ITEM_SET,       // a byte of set `set`
    ITEM_OPEN,      // starts capture `a`
    ITEM_POSITION,  // is position capture `a`
    ITEM_CLOSE,     // ends capture `a`
    ITEM_BALANCE,   // %b with the bytes `a` and `b`
    ITEM_FRONTIER,  // %f with set `set`
    ITEM_BACK,      // the text of capture `a` again
    ITEM_FINISH,    // the end of the text
    ITEM_MATCHED,   // the end of the pattern
} ItemKind;

typedef struct {
    uint8_t kind;
    char repeat;  // '*', '+', '-', '?' or 0; only for the first four kinds
    uint8_t a, b;
    uint16_t set;
} Item;

typedef struct {
    uint8_t bits[32];
} Set;

typedef struct {
    bool anchored;
    int captures;
    bool positions[MAX_CAPTURES];
    const Item *items;
    const Set *sets;
} Program;

// Small patterns are compiled on the C stack, the others into a block the collector owns.
#define LOCAL_ITEMS 48
#define LOCAL_SETS 6

typedef struct {
    Program program;
    Item items[LOCAL_ITEMS];
    Set sets[LOCAL_SETS];
} LocalProgram;

// The traits of ASCII bytes, as the classes ask for them.
enum { UPPER = 1, LOWER = 2, DIGIT = 4, SPACE = 8, CONTROL = 16, PUNCTUATION = 32, HEX = 64, ZERO = 128 };

extern const uint8_t crmlua_traits[128];

static inline bool in_class(uint8_t c, uint8_t wanted, bool negated) {
    return (c < 128 && (crmlua_traits[c] & wanted) != 0) != negated;
}

static inline bool in_set(const Set *set, uint8_t c) {
    return (set->bits[c >> 3] >> (c & 7)) & 1;
}

// Compiles a pattern. `local` serves if the pattern is small; a bigger one is put on the stack as a block of memory, as
// is every one for which `local` is NULL. So at most one value is pushed. Raises if the pattern is malformed.
const Program *crmlua_compile_pattern(
    lua_State *L, const char *pattern, size_t length, bool may_anchor, LocalProgram *local);

// ---- matching -----------------------------------------------------------------------------------------------------

typedef struct {
    lua_State *L;
    const Program *program;
    const char *text, *end;
    unsigned steps;
    const char *starts[MAX_CAPTURES], *ends[MAX_CAPTURES];
} Matcher;

void crmlua_start_matcher(Matcher *matcher, lua_State *L, const Program *program, const char *text, size_t length);

// Charges the steps counted since the last charge; one for two of the matcher's.
void crmlua_charge_steps(Matcher *matcher);

// Counts steps; charges them now and then.
static inline void crmlua_count_steps(Matcher *matcher, size_t steps) {
    matcher->steps += (unsigned)steps;
    if (matcher->steps >= 256)
        crmlua_charge_steps(matcher);
}

// Looks for the pattern from `*start` on. Returns the end of the match and leaves its beginning in `start`, or NULL.
const char *crmlua_search(Matcher *matcher, const char **start);

#endif
