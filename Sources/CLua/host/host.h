// What the files of the state keep for each state, beside Lua's own. Library files do not see this.
#ifndef CRMLUA_HOST_H
#define CRMLUA_HOST_H
#include "crmlua_internal.h"
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

typedef struct crmlua_Block {
    struct crmlua_Block *next;
    size_t used, size;
    _Alignas(16) char bytes[];
} crmlua_Block;

// Why a state was stopped: CRMLUA_STOP_…, or a number of the host's own from CRMLUA_STOP_HOST on.
enum { STOP_NONE = 0, STOP_STEPS, STOP_TIME, STOP_MEMORY, STOP_COROUTINES, STOP_INTERRUPT };

// Stands in front of each block of memory of a state, so that all of them can be freed without Lua.
typedef struct BlockHead {
    struct BlockHead *next, *previous;
} BlockHead;

// Stands in every userdata of ours, so that what it holds can be given back without Lua.
typedef struct Held {
    struct Held *next, *previous;
    const void *object; // retained; NULL once collected
    crmlua_Scope *scope;
    int64_t cost; // bytes that the object takes outside of Lua
} Held;

// Where a call goes on when the interpreter has to be left in the middle of an instruction.
typedef struct Escape {
    sigjmp_buf place;
    struct Escape *outer;
} Escape;

struct crmlua_Class {
    struct crmlua_Class *next;
    const void *box;
    int metatable;   // reference
    bool writable;
    char name[];
};

struct crmlua_Scope {
    _Atomic int32_t holders;
    _Atomic int32_t ended;
};

// What a userdata of ours holds.
typedef struct Object {
    Held held;
    crmlua_Class *type;
} Object;

typedef struct Host {
    lua_State *main;
    lua_State *volatile running; // the coroutine that runs; read by the signal handler of the same thread
    volatile sig_atomic_t stop;  // why the state was stopped; set once
    // The interpreter was left in the middle of an instruction: nothing may touch the Lua state any more.
    bool abandoned;
    bool dead, exact, opening;
    crmlua_Limits limits;
    crmlua_Callbacks callbacks;
    void *owner;

    // memory.c
    uint64_t bytes, peak, refused_size;
    uint64_t outside; // bytes that the host holds for the script
    int64_t fail_after;
    BlockHead blocks;

    // escape.c
    Escape *volatile escape;    // NULL while Swift runs
    volatile int64_t stop_seen; // processor time of the thread when the stop was first seen; 0 before

    // the outermost call
    uint64_t steps, log_used;
    uint32_t depth, c_level, coroutines;
    int64_t started, last_cpu;
    bool log_cut;
    uint64_t last_steps;

    // watchdog.c: the number is odd while a call runs; the others are written before it becomes odd.
    _Atomic uint64_t call_number;
    _Atomic uint64_t expired_number; // the call that the watchdog has condemned
    crmlua_Group *group;             // guarded by the watchdog's lock
    _Atomic int64_t call_started;
    _Atomic int32_t call_thread;
    _Atomic int32_t call_clock;
    _Atomic int64_t granted;         // time beyond the limit that the work done allows, in nanoseconds
    int64_t granted_first;           // what the next outermost call begins with
    _Atomic int32_t interrupted;     // a person has condemned the call, not its deadline
    uint64_t seen_number; // the watchdog's own
    int64_t seen_cpu;
    struct Host *next, *previous;

    // values.c
    crmlua_Builder **builders;
    uint32_t builder_depth, builder_count;
    crmlua_Value single; // the result of crmlua_call_one

    // errors.c
    crmlua_Failure failure;
    char *failure_text;
    size_t failure_capacity;
    char traceback[4096];
    char chunk[256];
    int causes, causes_used, error_metatable; // references

    // userdata.c
    crmlua_Class *classes;
    int box_metatable;
    int64_t live_objects;
    Held held; // the ring of all userdata of ours
    // How many bytes of objects the collector has not been told of.
    uint64_t untold;

    // what waits to be given back
    const void **dying;
    size_t dying_count, dying_capacity;
    int32_t *unreferenced;
    size_t unreferenced_count, unreferenced_capacity;
} Host;

static inline Host *crmlua_host(lua_State *L) { return *(Host **)lua_getextraspace(L); }

// One call into a state; the frames of a thread form a chain.
typedef struct Frame {
    Host *host;
    struct Frame *outer;
    lua_State *running;
    uint32_t builder_depth, c_level;
    bool is_outermost; // of its state
} Frame;

// ---- memory.c
void *crmlua_allocate(void *host, void *block, size_t old_size, size_t new_size);
// Frees all blocks of the state at once.
void crmlua_free_blocks(Host *h);
// Adds to what the host holds for the script; collects, and then raises the limit error, when it is too much.
void crmlua_hold_outside(lua_State *L, int64_t bytes);

// ---- escape.c
// lua_pcallk, which also returns when the interpreter was left in the middle of an instruction.
int crmlua_pcall(Host *h, lua_State *L, int arguments, int results, int handler);
// Leaves the interpreter for the innermost crmlua_pcall; only where no frame of Swift lies between.
_Noreturn void crmlua_escape(Host *h);
// Called by the signal handler on the thread of the script: leaves the interpreter if it has not heard the stop.
void crmlua_escape_from_signal(Host *h, void *context);
// Finds out where the code of the interpreter lies.
void crmlua_locate_interpreter(void);

// ---- limits.c
void crmlua_strike(Host *h, int reason);
void crmlua_arm(lua_State *L);
void crmlua_install_hook(lua_State *L);
// Whether the hook that counts instructions is to be there from the beginning.
bool crmlua_counts_instructions(const Host *h);

// ---- watchdog.c
void crmlua_watch(Host *h);
void crmlua_unwatch(Host *h);
// Makes the thread ready to be told of deadlines; once for each thread.
void crmlua_prepare_thread(void);
void crmlua_call_starts(Host *h);
void crmlua_call_ends(Host *h);
int64_t crmlua_thread_cpu(void);
extern _Thread_local Frame *volatile crmlua_frame;

// ---- protect.c
bool crmlua_begin(Host *h, Frame *frame);
void crmlua_end(Host *h, Frame *frame);
// Runs `body` under protection with a light userdata as its argument 1 and the value at `index` (if not 0) as 2.
int32_t crmlua_protect(Host *h, lua_CFunction body, void *data, int index);
void crmlua_drain(Host *h);
// Compiles source text that the host gives; leaves the function, or a message and an error status.
int crmlua_load_host_text(lua_State *L, const char *text, size_t length, const char *name);
bool crmlua_dies_later(Host *h, const void *object);

// ---- values.c
int crmlua_push_values(lua_State *L, Host *h, const crmlua_Value *values, int count);
void crmlua_describe(lua_State *L, int index, crmlua_Value *value);
void crmlua_free_builders(Host *h);
void crmlua_builder_release(Host *h, crmlua_Builder *builder);

// ---- errors.c
int crmlua_message_handler(lua_State *L);
int32_t crmlua_take_failure(Host *h, lua_State *L, int status);
// The same for a call refused because too many are nested.
int32_t crmlua_take_overflow(Host *h);
// Raises the error that a callback left in its builder.
int crmlua_raise_builder(lua_State *L, Host *h, crmlua_Builder *builder);
int crmlua_raise_coded(lua_State *L, int code, const char *format, ...);
void crmlua_open_errors(lua_State *L, Host *h);

// ---- callback.c
// Calls Swift; leaves its results on the stack and returns their number, or raises.
int crmlua_call_swift(lua_State *L, Host *h, const void *box, crmlua_Call *call);
void crmlua_push_function(lua_State *L, Host *h, const void *box);

// ---- userdata.c
void crmlua_push_object(lua_State *L, Host *h, const crmlua_Value *value);
void crmlua_open_userdata(lua_State *L, Host *h);
// Gives back what all userdata of the state hold; for states that cannot be closed by Lua.
void crmlua_release_held(Host *h);
Object *crmlua_to_object(lua_State *L, int index);
void crmlua_push_box(lua_State *L, Host *h, const void *box);

// ---- modules.c
void crmlua_open_modules(lua_State *L);

// ---- freeze.c
// Whether the value is a read-only proxy; if so, pushes the table behind it.
bool crmlua_push_frozen(lua_State *L, int index);

#endif
