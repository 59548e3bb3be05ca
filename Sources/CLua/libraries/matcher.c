// Matches compiled patterns. The matcher walks the row of items and keeps the places it can come back to on a stack of
// its own, so that no pattern makes it call itself. Every step is counted and charged.
#include "pattern.h"
#include <string.h>

#define MAX_CHOICES 200

// A place to come back to: a repeated item that took the text up to `at`, and may take less, though not less than up to
// `least`; or, for '-', one byte more.
typedef struct {
    const Item *item;
    const char *at, *least;
} Choice;

// The places one attempt can come back to, the latest last.
typedef struct {
    int count;
    Choice list[MAX_CHOICES];
} Choices;

void crmlua_start_matcher(Matcher *matcher, lua_State *L, const Program *program, const char *text, size_t length) {
    matcher->L = L;
    matcher->program = program;
    matcher->text = text;
    matcher->end = text + length;
    matcher->steps = 0;
}

void crmlua_charge_steps(Matcher *matcher) {
    unsigned steps = matcher->steps;
    matcher->steps = 0;
    if (steps > 1)
        crmlua_charge(matcher->L, steps / 2);
}

static inline bool takes(const Program *program, const Item *item, uint8_t c) {
    switch (item->kind) {
    case ITEM_CHAR: return c == item->a;
    case ITEM_ANY: return true;
    case ITEM_CLASS: return in_class(c, item->a, item->b);
    default: return in_set(&program->sets[item->set], c);
    }
}

// The first byte from `at` to `end` that the item takes, or that it does not take, as `wanted` says; `end` if none.
static const char *scan(const Program *program, const Item *item, const char *at, const char *end, bool wanted) {
    const Set *set = &program->sets[item->set];
    uint8_t a = item->a;
    switch (item->kind) {
    case ITEM_ANY:
        return wanted ? at : end;
    case ITEM_CHAR:
        while (at < end && ((uint8_t)*at == a) != wanted)
            at += 1;
        return at;
    case ITEM_CLASS:
        while (at < end && in_class((uint8_t)*at, a, item->b) != wanted)
            at += 1;
        return at;
    default:
        while (at < end && in_set(set, (uint8_t)*at) != wanted)
            at += 1;
        return at;
    }
}

// The same, counted block by block so that the budget ends a long run.
static const char *counted_scan(Matcher *matcher, const Item *item, const char *at, bool wanted) {
    while (at < matcher->end) {
        const char *block = matcher->end - at > 4096 ? at + 4096 : matcher->end;
        const char *found = scan(matcher->program, item, at, block, wanted);
        crmlua_count_steps(matcher, (size_t)(found - at));
        at = found;
        if (found < block)
            break;
    }
    return at;
}

// The end of a balanced stretch that starts at `at`, or NULL.
static const char *balance_end(Matcher *matcher, const Item *item, const char *at) {
    if (at >= matcher->end || (uint8_t)*at != item->a)
        return NULL;
    size_t level = 1;
    for (at += 1; at < matcher->end; at += 1) {
        crmlua_count_steps(matcher, 1);
        if ((uint8_t)*at == item->b) {
            level -= 1;
            if (level == 0)
                return at + 1;
        } else if ((uint8_t)*at == item->a) {
            level += 1;
        }
    }
    return NULL;
}

static bool at_frontier(const Matcher *matcher, const Item *item, const char *at) {
    const Set *set = &matcher->program->sets[item->set];
    uint8_t before = at == matcher->text ? 0 : (uint8_t)at[-1];
    uint8_t after = at == matcher->end ? 0 : (uint8_t)*at;
    return !in_set(set, before) && in_set(set, after);
}

// The end of the text of a capture when it stands again at `at`, or NULL. A position has no text.
static const char *back_end(Matcher *matcher, const Item *item, const char *at) {
    if (matcher->program->positions[item->a])
        return NULL;
    const char *start = matcher->starts[item->a];
    size_t length = (size_t)(matcher->ends[item->a] - start);
    if (length > (size_t)(matcher->end - at))
        return NULL;
    crmlua_count_steps(matcher, length / 32);
    return memcmp(start, at, length) == 0 ? at + length : NULL;
}

static void add_choice(Matcher *matcher, Choices *choices, const Item *item, const char *at, const char *least) {
    if (choices->count == MAX_CHOICES)
        luaL_error(matcher->L, "pattern too complex");
    choices->list[choices->count] = (Choice){item, at, least};
    choices->count += 1;
}

// Goes back to the latest choice that has something left. Returns where the text goes on, or NULL; `item` becomes the
// item after the one the choice is of.
static const char *next_choice(Matcher *matcher, Choices *choices, const Item **item) {
    while (choices->count > 0) {
        Choice *choice = &choices->list[choices->count - 1];
        *item = choice->item + 1;
        if (choice->item->repeat != '-') {
            choice->at -= 1;
            if (choice->at == choice->least)
                choices->count -= 1;
            return choice->at;
        }
        if (choice->at < matcher->end && takes(matcher->program, choice->item, (uint8_t)*choice->at)) {
            choice->at += 1;
            return choice->at;
        }
        choices->count -= 1;
    }
    return NULL;
}

// Takes a repeated item at `at`. Returns where the text goes on, or NULL if the item fails here.
static const char *take_repeated(Matcher *matcher, Choices *choices, const Item *item, const char *at) {
    if (item->repeat == '-') {
        add_choice(matcher, choices, item, at, at);
        return at;
    }
    if (item->repeat == '?') {
        if (at == matcher->end || !takes(matcher->program, item, (uint8_t)*at))
            return at;
        add_choice(matcher, choices, item, at + 1, at);
        return at + 1;
    }
    const char *least = item->repeat == '+' ? at + 1 : at;
    const char *most = counted_scan(matcher, item, at, false);
    if (most < least)
        return NULL;
    if (most > least)
        add_choice(matcher, choices, item, most, least);
    return most;
}

// Takes an item that is not repeated. Returns where the text goes on, or NULL if the item fails here.
static const char *take_single(Matcher *matcher, const Item *item, const char *at) {
    switch (item->kind) {
    case ITEM_OPEN:
    case ITEM_POSITION:
        matcher->starts[item->a] = at;
        return at;
    case ITEM_CLOSE:
        matcher->ends[item->a] = at;
        return at;
    case ITEM_BALANCE:
        return balance_end(matcher, item, at);
    case ITEM_FRONTIER:
        return at_frontier(matcher, item, at) ? at : NULL;
    case ITEM_BACK:
        return back_end(matcher, item, at);
    case ITEM_FINISH:
        return at == matcher->end ? at : NULL;
    default:
        return at < matcher->end && takes(matcher->program, item, (uint8_t)*at) ? at + 1 : NULL;
    }
}

// Matches the whole pattern at `at`; returns the end of the match, or NULL. Captures need no undoing when the matcher
// goes back: the items run in one row, so each capture is set again before anything reads it.
static const char *match_here(Matcher *matcher, const char *at) {
    const Item *item = matcher->program->items;
    Choices choices;
    choices.count = 0;
    while (item->kind != ITEM_MATCHED) {
        crmlua_count_steps(matcher, 1);
        at = item->repeat != 0 ? take_repeated(matcher, &choices, item, at) : take_single(matcher, item, at);
        item += 1;
        if (at == NULL) {
            at = next_choice(matcher, &choices, &item);
            if (at == NULL)
                return NULL;
        }
    }
    return at;
}

// The first place from `at` on where the pattern can start; skips fast to a byte that can stand there. NULL if there is
// none.
static const char *skip_to_start(Matcher *matcher, const char *at) {
    const Item *first = matcher->program->items;
    if (first->kind > ITEM_SET || (first->repeat != 0 && first->repeat != '+'))
        return at;
    if (first->kind == ITEM_CHAR) {
        const char *found = memchr(at, first->a, (size_t)(matcher->end - at));
        crmlua_charge_bytes(matcher->L, (size_t)((found != NULL ? found : matcher->end) - at));
        return found;
    }
    at = counted_scan(matcher, first, at, true);
    return at < matcher->end ? at : NULL;
}

const char *crmlua_search(Matcher *matcher, const char **start) {
    if (matcher->program->anchored)
        return match_here(matcher, *start);
    for (const char *at = *start; at <= matcher->end; at += 1) {
        at = skip_to_start(matcher, at);
        if (at == NULL)
            return NULL;
        crmlua_count_steps(matcher, 1);
        const char *end = match_here(matcher, at);
        if (end != NULL) {
            *start = at;
            return end;
        }
    }
    return NULL;
}
