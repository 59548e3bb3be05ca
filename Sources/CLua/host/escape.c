// Leaving the interpreter in the middle of an instruction.
//
// A hook ends a script at its next instruction. But one instruction can go on for minutes: a table whose keys all collide is
// spread anew, a chain of weak tables is collected, a text is compiled with a hundred thousand jumps. Nothing is asked
// in these loops. So when a script that was told to stop has not heard it after GRACE of processor time, the signal handler
// leaves the loop by siglongjmp for the call that the host made. The state is then abandoned: no Lua function is called
// on it again, what its userdata hold is given back from a list of our own, and its memory is freed block by block.
//
// It may be left only where nothing but the interpreter suffers:
// * the interrupted instruction lies in the code of liblua, so neither the C library nor a function of ours is in the
//   middle of something (a lock of malloc, a list);
// * the frames between are those of liblua and of our library functions, which Lua's own errors leave in the same way;
//   `escape` is NULL while Swift runs, so no frame of Swift is ever left.
// Where liblua is no library of its own, or the processor is not known, nothing is left and the hook is all there is.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include <link.h>
#include <pthread.h>
#include <ucontext.h>

// How long a script may take to hear a stop, in nanoseconds of processor time.
#define GRACE INT64_C(50000000)

// Where the code of liblua lies; both 0 when it is not known.
static uintptr_t code_start, code_end;

static bool holds(const struct dl_phdr_info *object, uintptr_t address, uintptr_t *start, uintptr_t *end) {
    for (int i = 0; i < object->dlpi_phnum; i += 1) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0)
            continue;
        *start = object->dlpi_addr + part->p_vaddr;
        *end = *start + part->p_memsz;
        if (address >= *start && address < *end)
            return true;
    }
    return false;
}

static int look_at(struct dl_phdr_info *object, size_t size, void *found) {
    (void)size;
    // A pointer to a function of another library is its true address, also in a program that calls it by a stub.
    uintptr_t start, end, own_start, own_end;
    if (!holds(object, (uintptr_t)found, &start, &end))
        return 0;
    if (!holds(object, (uintptr_t)&crmlua_allocate, &own_start, &own_end)) {
        code_start = start;
        code_end = end;
    }
    return 1;
}

void crmlua_locate_interpreter(void) {
    // The address of a function of the auxiliary library, in a table that the loader has filled.
    int (*volatile known)(lua_State *, int, int, int, lua_KContext, lua_KFunction) = lua_pcallk;
    dl_iterate_phdr(look_at, (void *)(uintptr_t)known);
}

static bool is_in_interpreter(void *context) {
    const ucontext_t *interrupted = context;
    uintptr_t at = 0;
#if defined(__x86_64__)
    at = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    at = (uintptr_t)interrupted->uc_mcontext.pc;
#else
    (void)interrupted;
#endif
    return at != 0 && at >= code_start && at < code_end;
}

void crmlua_escape(Host *h) { siglongjmp(h->escape->place, 1); }

void crmlua_escape_from_signal(Host *h, void *context) {
    if (!h->stop || h->escape == NULL || h->opening)
        return;
    int64_t now = crmlua_thread_cpu();
    if (h->stop_seen == 0)
        h->stop_seen = now;
    if (now - h->stop_seen < GRACE || !is_in_interpreter(context))
        return;
    h->abandoned = true;
    crmlua_escape(h);
}

// Kept apart, so that no variable of the caller lives in a register across the jump.
__attribute__((noinline)) int crmlua_pcall(Host *h, lua_State *L, int arguments, int results, int handler) {
    Escape escape;
    escape.outer = h->escape;
    int status;
    if (sigsetjmp(escape.place, 0) == 0) {
        h->escape = &escape;
        status = lua_pcallk(L, arguments, results, handler, 0, NULL);
    } else {
        // The signal was blocked while its handler ran, and the jump has left it so.
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGURG);
        pthread_sigmask(SIG_UNBLOCK, &set, NULL);
        status = LUA_ERRRUN;
    }
    h->escape = escape.outer;
    return status;
}
