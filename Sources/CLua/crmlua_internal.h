// What the C files of the shim share. Swift never sees this header.
#ifndef CRMLUA_INTERNAL_H
#define CRMLUA_INTERNAL_H
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "CLua.h"

// ---- limits.c -------------------------------------------------------------------------------------------------

// Adds `steps` to what the running script has used. Raises the limit error when the budget is gone or the state has
// been told to stop. Library functions call it in every loop whose length a script decides.
void crmlua_charge(lua_State *L, uint64_t steps);

// Whether a limit has struck in this state; from then on nothing a script does may go on.
bool crmlua_is_stopped(lua_State *L);

// Raises the limit error again; used by pcall, xpcall, resume and close, which must not swallow it.
int crmlua_raise_stop(lua_State *L);

// Notes that the memory limit has struck (a protected call came back with LUA_ERRMEM).
void crmlua_note_memory(lua_State *L);

// Tells the watchdog which coroutine runs now; returns the one that ran before.
lua_State *crmlua_set_running(lua_State *L, lua_State *running);

// Counts live coroutines; `crmlua_coroutine_born` raises when there would be more than the limit.
void crmlua_coroutine_born(lua_State *L);
void crmlua_coroutine_died(lua_State *L);

// Enters and leaves one level of nested C calls (pcall, sort comparators, gsub callbacks, resume); enter raises
// "stack overflow" beyond the limit.
void crmlua_enter_c(lua_State *L);
void crmlua_leave_c(lua_State *L);

// The level enter and leave count, and setting it back: an error unwinds past the leave of every call it crosses, so
// whoever catches it (pcall, resume, the host's call) puts back the level it remembered.
uint32_t crmlua_c_level(lua_State *L);
void crmlua_set_c_level(lua_State *L, uint32_t level);

// Sends the output of print to the host, cut to what is left of the log budget.
void crmlua_print(lua_State *L, const char *text, size_t length);

// ---- library files: each pushes its table (not yet frozen) on the stack ---------------------------------------------
void crmlua_open_base(lua_State *L);        // base.c: fills the table on top of the stack with the basic functions
void crmlua_open_string(lua_State *L);      // strings.c, pattern.c, format.c, pack.c
void crmlua_open_table(lua_State *L);       // tables.c
void crmlua_open_math(lua_State *L);        // allowlist.c: chosen functions of the stock libraries
void crmlua_open_utf8(lua_State *L);
void crmlua_open_os(lua_State *L);          // time, date (fixed safe formats), clock, difftime
void crmlua_open_coroutine(lua_State *L);   // coroutines.c

// freeze.c: replaces the table on top of the stack by a read-only proxy of it (pairs works, writes raise, metatable hidden).
void crmlua_freeze(lua_State *L);

#endif
