// The limits of a running call: steps, the stop that no script survives, depth of C calls, coroutines and log.
#include "host.h"

// How many instructions lie between two firings of the hook that counts them.
#define HOOK_INTERVAL 1000

// What a step of a library function is worth, in nanoseconds of time that was granted.
#define STEP_NANOSECONDS 20

// What a full collection costs a script that needs one, in steps.
#define COLLECT_STEPS 20000

// What is raised when a limit has struck; scripts never see it, because pcall raises it again.
static char stop_sentinel;

int crmlua_raise_stop(lua_State *L) {
    crmlua_arm(L);
    lua_pushlightuserdata(L, &stop_sentinel);
    return lua_error(L);
}

// A sanitizer of threads keeps signals back until a thread next calls the system, which a script may never do. There the
// hook looks itself whether the watchdog has condemned the call.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LOOKS_ITSELF 1
#endif
#endif
#ifndef LOOKS_ITSELF
#define LOOKS_ITSELF 0
#endif

bool crmlua_counts_instructions(const Host *h) { return h->exact || LOOKS_ITSELF; }

static void look(Host *h) {
    if (LOOKS_ITSELF && atomic_load(&h->expired_number) == atomic_load(&h->call_number))
        crmlua_strike(h, atomic_load(&h->interrupted) ? STOP_INTERRUPT : STOP_TIME);
}

// ---- hooks --------------------------------------------------------------------------------------------------------

static void hook(lua_State *L, lua_Debug *event) {
    Host *h = crmlua_host(L);
    if (event->event == LUA_HOOKCOUNT && h->exact && !h->stop) {
        h->steps += HOOK_INTERVAL;
        if (h->steps > h->limits.steps)
            crmlua_strike(h, STOP_STEPS);
    }
    look(h);
    if (h->stop)
        crmlua_raise_stop(L);
}

void crmlua_arm(lua_State *L) {
    lua_sethook(L, hook, LUA_MASKCOUNT | LUA_MASKLINE | LUA_MASKCALL | LUA_MASKRET, 1);
}

void crmlua_install_hook(lua_State *L) { lua_sethook(L, hook, LUA_MASKCOUNT, HOOK_INTERVAL); }

void crmlua_strike(Host *h, int reason) {
    if (h->stop == STOP_NONE)
        h->stop = reason;
    if (h->running != NULL)
        crmlua_arm(h->running);
}

// ---- what library functions call ----------------------------------------------------------------------------------

void crmlua_charge(lua_State *L, uint64_t steps) {
    Host *h = crmlua_host(L);
    h->steps += steps;
    if (h->steps > h->limits.steps) {
        // Library functions do some fifty million steps a second, so time that was granted is worth steps as well.
        int64_t granted = atomic_load_explicit(&h->granted, memory_order_relaxed);
        if (h->steps - h->limits.steps > (uint64_t)granted / STEP_NANOSECONDS)
            crmlua_strike(h, STOP_STEPS);
    }
    look(h);
    if (h->stop)
        crmlua_raise_stop(L);
}

bool crmlua_is_stopped(lua_State *L) { return crmlua_host(L)->stop != STOP_NONE; }

void crmlua_note_memory(lua_State *L) { crmlua_strike(crmlua_host(L), STOP_MEMORY); }

lua_State *crmlua_set_running(lua_State *L, lua_State *running) {
    Host *h = crmlua_host(L);
    lua_State *before = h->running;
    h->running = running;
    if (h->stop)
        crmlua_arm(running);
    return before;
}

void crmlua_coroutine_born(lua_State *L) {
    Host *h = crmlua_host(L);
    if (h->coroutines >= h->limits.coroutines) {
        // Those that nobody can reach any more count until they are collected.
        crmlua_charge(L, COLLECT_STEPS);
        lua_gc(L, LUA_GCCOLLECT);
    }
    if (h->coroutines >= h->limits.coroutines) {
        crmlua_strike(h, STOP_COROUTINES);
        crmlua_raise_stop(L);
    }
    h->coroutines += 1;
}

void crmlua_coroutine_died(lua_State *L) {
    Host *h = crmlua_host(L);
    if (h->coroutines > 0)
        h->coroutines -= 1;
}

void crmlua_enter_c(lua_State *L) {
    Host *h = crmlua_host(L);
    if (h->c_level >= h->limits.c_depth)
        luaL_error(L, "stack overflow (more than %d nested calls through functions of the host)", (int)h->c_level);
    h->c_level += 1;
}

void crmlua_leave_c(lua_State *L) {
    Host *h = crmlua_host(L);
    if (h->c_level > 0)
        h->c_level -= 1;
}

uint32_t crmlua_c_level(lua_State *L) { return crmlua_host(L)->c_level; }

void crmlua_set_c_level(lua_State *L, uint32_t level) { crmlua_host(L)->c_level = level; }

int32_t crmlua_stop_reason(lua_State *M) { return crmlua_host(M)->stop; }

bool crmlua_is_log_cut(lua_State *M) { return crmlua_host(M)->log_cut; }

void crmlua_stop(lua_State *M, int32_t reason) { crmlua_strike(crmlua_host(M), reason); }

void crmlua_print(lua_State *L, const char *text, size_t length) { crmlua_log(L, text, length, 0); }

void crmlua_log(lua_State *M, const char *text, size_t length, size_t beside) {
    Host *h = crmlua_host(M);
    uint64_t left = h->limits.log_bytes > h->log_used ? h->limits.log_bytes - h->log_used : 0;
    // The last thing a script has printed is that there was more.
    if (left == 0 || length > left)
        h->log_cut = true;
    if (left == 0)
        return;
    size_t sent = length < left ? length : (size_t)left;
    // Never half a character: continuation bytes stay with their first byte.
    while (sent > 0 && sent < length && ((unsigned char)text[sent] & 0xC0) == 0x80)
        sent -= 1;
    h->log_used += sent < length ? left : length + beside + 1;
    Escape *escape = h->escape;
    h->escape = NULL;
    h->callbacks.print(h->owner, text, sent);
    h->escape = escape;
}
