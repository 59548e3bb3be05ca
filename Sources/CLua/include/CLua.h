// The whole of Lua that Swift sees. No function here raises a Lua error into its caller: each returns a status, and
// every Lua call that may allocate or run script code happens inside a protected C call.
#ifndef CRMLUA_H
#define CRMLUA_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lua_State lua_State;
typedef struct crmlua_Class crmlua_Class;
typedef struct crmlua_Scope crmlua_Scope;
typedef struct crmlua_Worker crmlua_Worker;
typedef struct crmlua_Stack crmlua_Stack;
typedef struct crmlua_Group crmlua_Group;

// ---- values -------------------------------------------------------------------------------------------------------

enum {
    CRMLUA_NIL = 0,
    CRMLUA_BOOLEAN = 1,   // bits: 0 or 1
    CRMLUA_INTEGER = 2,   // bits
    CRMLUA_NUMBER = 3,    // bits: the pattern of the double
    CRMLUA_STRING = 4,    // pointer, bits: length in bytes
    CRMLUA_TABLE = 5,     // from Lua: a table not copied; in a tree: bits pairs follow, key before value
    CRMLUA_ARRAY = 6,     // in a tree to Lua: bits values follow
    CRMLUA_FUNCTION = 7,  // from Lua: a function not copied
    CRMLUA_OBJECT = 8,    // pointer: Swift object; bits: its class; scope; from Lua, extra 1: expired; to Lua, extra: bytes
    CRMLUA_REFERENCE = 9, // to Lua: bits is a reference
    CRMLUA_ARGUMENT = 10, // to Lua, from a callback: bits is the stack index of one of its arguments
    CRMLUA_OPAQUE = 11    // from Lua: a thread or the like; pointer: name of its type
};

// In `extra` of a table that goes to Lua: make it read-only.
enum { CRMLUA_FROZEN = 1 };

// One Lua value on its way. Text that goes out of Lua lives as long as its place on the Lua stack.
typedef struct crmlua_Value {
    int32_t tag;
    int32_t extra;
    int64_t bits;
    const void *pointer;
    crmlua_Scope *scope;
} crmlua_Value;

// A flat list of values in preorder. Memory for it and its texts belongs to the state.
typedef struct crmlua_Builder {
    crmlua_Value *values;
    int32_t count;
    int32_t capacity;
    struct crmlua_Block *blocks;
    crmlua_Value *arguments;
    int32_t argument_capacity;
    int32_t owned; // how many objects in `values` hold a retain of their own
    // When a callback fails: where in `values` the error value begins, and what kind of error it is.
    int32_t error_first;
    int32_t error_code;
    int32_t error_located; // 1: put the caller's chunk and line in front
    int64_t error_cause;   // number of the Swift error, 0 if none
} crmlua_Builder;

// Makes room for `more` values; false if there is no memory.
bool crmlua_builder_reserve(crmlua_Builder *builder, int32_t more);
// Copies bytes into the builder; NULL if there is no memory.
const void *crmlua_builder_copy(crmlua_Builder *builder, const void *bytes, size_t length);
// Takes a free builder; NULL if there is no memory. Builders are given back in the opposite order.
crmlua_Builder *crmlua_builder_take(lua_State *M);
void crmlua_builder_give(lua_State *M);

// ---- what C calls in Swift ----------------------------------------------------------------------------------------

enum {
    CRMLUA_CALL_FUNCTION = 0,
    CRMLUA_CALL_METHOD = 1,
    CRMLUA_CALL_INDEX = 2,
    CRMLUA_CALL_NEWINDEX = 3,
    CRMLUA_CALL_EVENT = 4 // + the number of the event
};

typedef struct crmlua_Call {
    lua_State *L;
    crmlua_Builder *results;
    const crmlua_Value *arguments;
    int32_t argument_count;
    int32_t first_argument; // stack index of argument 1
    int32_t kind;
    int32_t key_index; // index, newindex: number of a known key, or -1
    crmlua_Value key;
    const void *object; // methods, index, newindex: self
} crmlua_Call;

typedef struct crmlua_Callbacks {
    // Runs a Swift callback. Results go to call->results; returns 0, or 1 when the callback failed.
    int32_t (*call)(void *owner, const void *box, crmlua_Call *call);
    // Finds a module: 0 there is none, 1 found (values: source, chunk name), 2 failed. The name is `name` or
    // `scope/name`; the asker is the scope of the code that asks, empty for the state's own.
    int32_t (*load_module)(
        void *owner, const char *name, size_t length, const char *asker, size_t asker_length, crmlua_Builder *result);
    void (*print)(void *owner, const char *text, size_t length);
    void (*retain)(const void *object);
    void (*release)(const void *object);
} crmlua_Callbacks;

// ---- states -------------------------------------------------------------------------------------------------------

typedef struct crmlua_Limits {
    uint64_t steps;
    int64_t cpu_nanoseconds;
    int64_t cpu_ceiling; // what grants may raise it to
    int64_t wall_nanoseconds;
    uint64_t memory_bytes;
    uint32_t coroutines;
    uint32_t c_depth;
    uint64_t log_bytes;
} crmlua_Limits;

typedef struct crmlua_Statistics {
    uint64_t steps;
    int64_t cpu_nanoseconds;
    uint64_t bytes;
    uint64_t peak_bytes;
    int64_t live_objects;
} crmlua_Statistics;

// Makes a state with its environment; NULL when memory does not suffice. `exact` counts every step.
lua_State *crmlua_open(const crmlua_Limits *limits, bool exact, const crmlua_Callbacks *callbacks, void *owner);
void crmlua_close(lua_State *M);
// Whether a limit has struck, so that the state is of no more use.
bool crmlua_is_dead(lua_State *M);
// Whether a call into the state is running.
bool crmlua_is_running(lua_State *M);
// Changes the limits; they hold for calls that start afterwards.
void crmlua_set_limits(lua_State *M, const crmlua_Limits *limits);
void crmlua_statistics(lua_State *M, crmlua_Statistics *result);
// Height of the stack of the coroutine that runs; for checks of balance.
int32_t crmlua_stack_height(lua_State *M);
// The version of Lua, such as "5.4.4".
const char *crmlua_version(void);
// Puts a state into a group of states that are interrupted together, such as those of one file.
void crmlua_set_group(lua_State *M, crmlua_Group *group);
// Makes a group; NULL without memory.
crmlua_Group *crmlua_group_new(void);
// Gives a group back; no state may be in it any more.
void crmlua_group_free(crmlua_Group *group);
// Stops every call that runs now in a state of the group, because a person wants it; a call that begins later goes on.
void crmlua_interrupt(crmlua_Group *group);
// Stops every call that runs in a state of the group, and those that begin before it may go on again.
void crmlua_group_stop(crmlua_Group *group);
void crmlua_group_go(crmlua_Group *group);
// Which limit has struck, or CRMLUA_STOP_HOST and more: a limit of the host's own, by crmlua_stop.
enum {
    CRMLUA_STOP_STEPS = 1,
    CRMLUA_STOP_TIME = 2,
    CRMLUA_STOP_MEMORY = 3,
    CRMLUA_STOP_COROUTINES = 4,
    CRMLUA_STOP_INTERRUPT = 5,
    CRMLUA_STOP_HOST = 16
};
int32_t crmlua_stop_reason(lua_State *M);
// Stops the state from within a callback; the script ends when the callback returns.
void crmlua_stop(lua_State *M, int32_t reason);
// Whether a script of this thread was told to stop: what the host does for it should end as well.
bool crmlua_is_thread_stopped(void);
// Lets the calls that run on this thread take so much longer, each to its ceiling at the most.
void crmlua_grant(int64_t nanoseconds);
// Lets outermost calls that start from now on take so much longer from the beginning.
void crmlua_grant_first(lua_State *M, int64_t nanoseconds);
// Whether so many bytes more would still be within the memory limit.
bool crmlua_fits(lua_State *M, uint64_t bytes);
// Hands text to the host's `print`, cut to what is left of the limit on it; `beside` bytes that stand before it count too.
void crmlua_log(lua_State *M, const char *text, size_t length, size_t beside);
// Whether something was cut in the call that runs, or ran last.
bool crmlua_is_log_cut(lua_State *M);
// For tests: the allocation after the next `count` ones fails, and all later ones; negative: none fails.
void crmlua_fail_allocation(lua_State *M, int64_t count);

// ---- calls --------------------------------------------------------------------------------------------------------

enum {
    CRMLUA_OK = 0,
    CRMLUA_ERROR = 1,    // see crmlua_failure
    CRMLUA_SYNTAX = 2,   // see crmlua_failure
    CRMLUA_MEMORY = 3,   // memory limit
    CRMLUA_BUDGET = 4,   // steps, time or log
    CRMLUA_DEAD = 5,     // the state is dead or closed
    CRMLUA_EXPIRED = 6,  // error codes of callbacks: a handle used after its scope
    CRMLUA_BAD_ARGUMENT = 7
};

// The last failure of a state. Texts live until the next call.
typedef struct crmlua_Failure {
    int32_t code;
    int32_t line; // 0 if unknown
    int64_t cause;
    const char *message;
    size_t message_length;
    const char *traceback;
    const char *chunk; // NULL if unknown
    bool is_table;
    int32_t stop; // CRMLUA_STOP_…, 0 if no limit has struck
} crmlua_Failure;

const crmlua_Failure *crmlua_failure(lua_State *M);

// Compiles source text; the function's reference goes to `reference`.
int32_t crmlua_load(lua_State *M, const char *source, size_t length, const char *chunk_name, int32_t *reference);

// Calls a function with the values of `arguments` (may be NULL), which must be the builder taken last and is given
// back. Results, at most `wanted` (-1: all), are at `results`, valid until crmlua_finish. Every call that does not
// return CRMLUA_DEAD needs one crmlua_finish, with `base`.
typedef struct crmlua_Results {
    const crmlua_Value *values;
    int32_t count;
    int32_t base;
} crmlua_Results;
int32_t crmlua_call(lua_State *M, int32_t reference, crmlua_Builder *arguments, int32_t wanted, crmlua_Results *results);
// The same with at most one argument that needs no memory of its own (object, number, boolean), and one result.
int32_t crmlua_call_one(lua_State *M, int32_t reference, const crmlua_Value *argument, crmlua_Results *results);
void crmlua_finish(lua_State *M, int32_t base);

// ---- references and data ------------------------------------------------------------------------------------------

// Makes a reference to the value at a stack index of the coroutine that runs.
int32_t crmlua_reference_at(lua_State *M, int32_t index, int32_t *reference);
// Makes a reference to a value given as a tree.
int32_t crmlua_reference_value(lua_State *M, crmlua_Builder *value, int32_t *reference);
// Gives a reference back, at the next moment when no callback can still need it.
void crmlua_unreference(lua_State *M, int32_t reference);
// The type tag (CRMLUA_...) and name of what a stack index holds.
const char *crmlua_type_name_at(lua_State *M, int32_t index);

enum {
    CRMLUA_READ_OK = 0,
    CRMLUA_READ_DEPTH = 1,
    CRMLUA_READ_ITEMS = 2,
    CRMLUA_READ_MEMORY = 3,
    CRMLUA_READ_BYTES = 4
};
// How many bytes of texts a value of so many items may hold: 8 MB, and 64 bytes an item where that is more.
int64_t crmlua_read_bytes(int32_t items);
// Copies the value at a stack index, raw, into the builder as a tree. The value stays where it is, so texts live on.
int32_t crmlua_read_at(lua_State *M, int32_t index, crmlua_Builder *result, int32_t depth, int32_t items);
// The same for a reference, pushed first; crmlua_finish with `base` afterwards.
int32_t crmlua_read_reference(
    lua_State *M, int32_t reference, crmlua_Builder *result, int32_t depth, int32_t items, int32_t *base);

// Sets a global to the one value in the builder.
int32_t crmlua_set_global(lua_State *M, const char *name, size_t length, crmlua_Builder *value);
// Makes a Lua function of a Swift one; retains the box.
int32_t crmlua_make_function(lua_State *M, const void *box, int32_t *reference);
// Where the function at a stack index of the running callback is defined: its chunk (cut to `size`) and line, 0 if it is
// not a function of a script.
int32_t crmlua_defined_at(lua_State *L, int32_t index, char *chunk, size_t size);
// Where the function that called the running callback stands: its chunk (cut to `size`) and line, 0 if unknown.
int32_t crmlua_where(lua_State *L, int32_t level, char *chunk, size_t size);

// ---- classes of objects -------------------------------------------------------------------------------------------

enum {
    CRMLUA_EVENT_TOSTRING = 0,
    CRMLUA_EVENT_EQ,
    CRMLUA_EVENT_LT,
    CRMLUA_EVENT_LE,
    CRMLUA_EVENT_ADD,
    CRMLUA_EVENT_SUB,
    CRMLUA_EVENT_MUL,
    CRMLUA_EVENT_DIV,
    CRMLUA_EVENT_MOD,
    CRMLUA_EVENT_IDIV,
    CRMLUA_EVENT_UNM,
    CRMLUA_EVENT_CONCAT,
    CRMLUA_EVENT_LEN,
    CRMLUA_EVENT_CALL,
    CRMLUA_EVENT_PAIRS,
    CRMLUA_EVENT_COUNT
};

// Makes a class. `keys` holds the known keys as strings; `events` is a set of bits. The state retains the box.
int32_t crmlua_make_class(
    lua_State *M, const void *box, const char *name, crmlua_Builder *keys, uint32_t events, bool writable,
    crmlua_Class **result);
int32_t crmlua_add_method(lua_State *M, crmlua_Class *type, const char *name, size_t length, const void *box);

// The life of handles: objects given with a scope are refused once it has ended. Counted; safe from any thread.
crmlua_Scope *crmlua_scope_new(void);
void crmlua_scope_end(crmlua_Scope *scope);
bool crmlua_scope_ended(const crmlua_Scope *scope);
void crmlua_scope_retain(crmlua_Scope *scope);
void crmlua_scope_release(crmlua_Scope *scope);

// ---- threads ------------------------------------------------------------------------------------------------------

// A thread with a stack of its own size that runs jobs one after the other; NULL if it cannot be made.
crmlua_Worker *crmlua_worker_new(size_t stack_bytes, const char *name);
// Runs the job later, in order.
bool crmlua_worker_submit(crmlua_Worker *worker, void (*job)(void *), void *context);
// Runs the job on the thread and waits for its end; at once if this is that thread.
bool crmlua_worker_run(crmlua_Worker *worker, void (*job)(void *), void *context);
bool crmlua_worker_is_current(const crmlua_Worker *worker);
// Ends the thread after the jobs that wait, and forgets it. May be called on the thread itself.
void crmlua_worker_end(crmlua_Worker *worker);

// A stack of its own size that any thread may run on, one at a time; NULL if there is no room. The name is for the tools
// of the system where it takes a thread. The owner and the place are what `crmlua_stack_place` knows it by.
crmlua_Stack *crmlua_stack_new(size_t stack_bytes, const char *name, uint64_t owner, int32_t place);
// Runs the job on the stack when those who came before are done; at once if the caller is on it.
void crmlua_stack_run(crmlua_Stack *stack, void (*job)(void *), void *context);
bool crmlua_stack_is_current(const crmlua_Stack *stack);
// The place of the innermost stack of an owner that the caller is on, -1 when it is on none.
int32_t crmlua_stack_place(uint64_t owner);
// Gives the stack back; nobody may be on it or wait for it.
void crmlua_stack_free(crmlua_Stack *stack);

#endif
