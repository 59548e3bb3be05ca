// What the library files share among themselves: limits on sizes, and small checks of arguments.
#ifndef CRMLUA_LIBRARIES_H
#define CRMLUA_LIBRARIES_H
#include "crmlua_internal.h"

// The longest text a library function makes, in bytes.
#define CRMLUA_MAX_TEXT ((size_t)16 * 1024 * 1024)

// The most values a library function returns, or takes as code points and bytes.
#define CRMLUA_MAX_VALUES 10000

// The longest source text `load` compiles, in bytes.
#define CRMLUA_MAX_SOURCE ((size_t)64 * 1024)

// ---- base.c -------------------------------------------------------------------------------------------------------

// Pushes the text of the value at `index`, as tostring gives it: never an address, and through __tostring if there.
const char *crmlua_tostring(lua_State *L, int index, size_t *length);

// After a protected call came back with `status`: raises the stop again if a limit has struck; returns if not.
void crmlua_settle(lua_State *L, int status);

// Raises an argument error unless argument `arg` is a table that raw access reads and writes as the script sees it.
void crmlua_check_plain_table(lua_State *L, int arg);

// Notes the functions of the table on top of the stack under a library's name, so that messages about arguments can name
// a function that was called through a value.
void crmlua_name_functions(lua_State *L, const char *library);

// The same as crmlua_check_plain_table for a table that is only read: a frozen one is replaced in its place by the table behind it.
void crmlua_check_readable_table(lua_State *L, int arg);

// Whether the value is a frozen table; if so, pushes the table behind it (freeze.c).
bool crmlua_push_frozen(lua_State *L, int index);

// ---- source.c -----------------------------------------------------------------------------------------------------

// Looks through Lua source before it is compiled. Returns NULL if the compiler can take it, or else says why not;
// `line` is then where. The compiler recurses on what is nested or chained, so both have bounds here.
const char *crmlua_scan_source(const char *text, size_t length, int *line);

// Compiles `length` bytes of source text (never bytecode) after scanning them, and charges for it. Leaves the function
// on the stack and returns LUA_OK, or leaves a message and returns an error status. `env_index`, if not 0, is the
// stack index of the environment; the global table is taken otherwise.
int crmlua_load_text(lua_State *L, const char *text, size_t length, const char *name, int env_index);

// ---- strings.c ----------------------------------------------------------------------------------------------------

// Charges for `length` bytes copied or compared.
void crmlua_charge_bytes(lua_State *L, size_t length);

// Adds bytes to the buffer, charged, and raises when the whole would exceed CRMLUA_MAX_TEXT.
void crmlua_add(lua_State *L, luaL_Buffer *buffer, const char *bytes, size_t length);

// Turns the position a script gives (1 is the first byte, -1 the last) into an offset from 0; what lies before the
// text becomes 0, and what lies behind it stays behind it.
size_t crmlua_start_offset(lua_Integer position, size_t length);

// Turns the last position of a range into the count of bytes up to and with it, at most `length`.
size_t crmlua_end_offset(lua_Integer position, size_t length);

// ---- the functions of `string` that have files of their own -------------------------------------------------------
int crmlua_string_find(lua_State *L);
int crmlua_string_match(lua_State *L);
int crmlua_string_gmatch(lua_State *L);
int crmlua_string_gsub(lua_State *L);
int crmlua_string_format(lua_State *L);
int crmlua_string_pack(lua_State *L);
int crmlua_string_packsize(lua_State *L);
int crmlua_string_unpack(lua_State *L);

// ---- sort.c -------------------------------------------------------------------------------------------------------
int crmlua_table_sort(lua_State *L);

// ---- coroutines.c -------------------------------------------------------------------------------------------------

// The level of nested C calls at which the running coroutine was resumed: where an error that a continuation catches
// has unwound the C stack to.
uint32_t crmlua_resumed_level(lua_State *L);

#endif
