// Lua as the system gives it, with its own libraries and without any guard: what ours are compared with.
#ifndef CPLAINLUA_H
#define CPLAINLUA_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct plainlua_State plainlua_State;

// A state that has compiled the source; NULL without memory. Whether the source is one shows when it is run.
plainlua_State *plainlua_open(const char *source, size_t length);
void plainlua_close(plainlua_State *state);

// Calls the source with three integers and a boolean. The text it gives, or the message of its error, lives until the next call.
bool plainlua_run(
    plainlua_State *state, int64_t first, int64_t second, int64_t third, bool last, const char **text, size_t *length);

#endif
