// Coroutines: counted, with steps charged, with every resume known to the watchdog, and with a bound on how deep they
// resume and close each other.
#include "libraries.h"

#define MAX_CLOSING 100
#define MAX_CLOSING_STACK (192 * 1024)
#define CREATE_STEPS 100
#define RESUME_STEPS 10

// What a state keeps for its coroutines; lies in the registry.
typedef struct {
    uint32_t resumed_level;    // the level of nested C calls where the running coroutine was resumed
    int closing;               // how many closes run inside each other
    uintptr_t closing_bottom;  // where the C stack was when the outermost of them began
} Nesting;

// Keys in the registry: the Nesting, and the table that holds the guard of every coroutine.
static const char nesting_key, guards_key;

static Nesting *nesting_of(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &nesting_key);
    Nesting *nesting = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return nesting;
}

uint32_t crmlua_resumed_level(lua_State *L) {
    return nesting_of(L)->resumed_level;
}

// ---- counting -----------------------------------------------------------------------------------------------------

// Each coroutine has a guard, which nothing but the table of guards refers to, as long as the coroutine can be reached.
// The count goes down once for each: when the coroutine ends, or else when the guard is collected with it.
typedef struct {
    bool counted;
} Guard;

static void release_guard(lua_State *L, Guard *guard) {
    if (guard == NULL || !guard->counted)
        return;
    guard->counted = false;
    crmlua_coroutine_died(L);
}

static int collect_guard(lua_State *L) {
    release_guard(L, lua_touserdata(L, 1));
    return 0;
}

// Notes that the coroutine has ended.
static void note_end(lua_State *L, lua_State *co) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &guards_key);
    lua_pushthread(co);
    lua_xmove(co, L, 1);
    lua_rawget(L, -2);
    release_guard(L, lua_touserdata(L, -1));
    lua_pop(L, 2);
}

// Pushes a new coroutine that will run the function at argument 1.
static lua_State *push_coroutine(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    crmlua_charge(L, CREATE_STEPS);
    // The guard comes first: from the moment something is counted, there is what counts it down.
    Guard *guard = lua_newuserdatauv(L, sizeof *guard, 0);
    guard->counted = false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &guards_key);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "guard");
    lua_setmetatable(L, -4);
    lua_pop(L, 1);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, -1);
    lua_pushvalue(L, -4);
    lua_rawset(L, -4);
    crmlua_coroutine_born(L);
    guard->counted = true;
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return co;
}

// ---- the state of a coroutine -------------------------------------------------------------------------------------

typedef enum { CO_RUNNING, CO_DEAD, CO_SUSPENDED, CO_NORMAL } Status;

static const char *const status_names[] = {"running", "dead", "suspended", "normal"};

static Status status_of(lua_State *L, lua_State *co) {
    if (L == co)
        return CO_RUNNING;
    switch (lua_status(co)) {
    case LUA_YIELD:
        return CO_SUSPENDED;
    case LUA_OK: {
        lua_Debug activation;
        if (lua_getstack(co, 0, &activation))
            return CO_NORMAL;
        return lua_gettop(co) == 0 ? CO_DEAD : CO_SUSPENDED;
    }
    default:
        return CO_DEAD;
    }
}

static lua_State *check_coroutine(lua_State *L, int arg) {
    lua_State *co = lua_tothread(L, arg);
    luaL_argexpected(L, co != NULL, arg, "coroutine");
    return co;
}

// ---- resuming and closing -----------------------------------------------------------------------------------------

// Resumes `co` with the `count` values on top of the stack. Returns the number of its results, now on the stack, or -1
// with an error value there.
static int resume(lua_State *L, lua_State *co, int count) {
    crmlua_charge(L, RESUME_STEPS + (uint64_t)count);
    Status status = status_of(L, co);
    if (status != CO_SUSPENDED) {
        lua_pushfstring(L, "cannot resume %s coroutine", status == CO_DEAD ? "dead" : "non-suspended");
        return -1;
    }
    if (!lua_checkstack(co, count)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    Nesting *nesting = nesting_of(L);
    uint32_t level = crmlua_c_level(L), resumed_level = nesting->resumed_level;
    crmlua_enter_c(L);
    nesting->resumed_level = level + 1;
    lua_xmove(L, co, count);
    lua_State *before = crmlua_set_running(L, co);
    int results = 0;
    int outcome = lua_resume(co, L, count, &results);
    crmlua_set_running(L, before);
    nesting->resumed_level = resumed_level;
    crmlua_set_c_level(L, level);
    if (outcome != LUA_YIELD)
        note_end(L, co);
    crmlua_settle(L, outcome);
    if (outcome != LUA_OK && outcome != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    crmlua_charge(L, (uint64_t)results);
    lua_xmove(co, L, results);
    return results;
}

// Closes a coroutine that does not run. The interpreter does not see how deep closes lie inside each other, so it is
// counted here, and the C stack they use is measured. Returns its status; an error value is then on the stack of `co`.
static int close_coroutine(lua_State *L, lua_State *co) {
    Nesting *nesting = nesting_of(L);
    char local;
    uintptr_t here = (uintptr_t)&local;
    if (nesting->closing == 0)
        nesting->closing_bottom = here;
    uintptr_t bottom = nesting->closing_bottom;
    uintptr_t used = here < bottom ? bottom - here : here - bottom;
    if (nesting->closing >= MAX_CLOSING || used > MAX_CLOSING_STACK)
        return luaL_error(L, "stack overflow (coroutines closing each other)");
    uint32_t level = crmlua_c_level(L), resumed_level = nesting->resumed_level;
    crmlua_enter_c(L);
    nesting->closing += 1;
    nesting->resumed_level = level + 1;
    lua_State *before = crmlua_set_running(L, co);
    int status = lua_resetthread(co);
    crmlua_set_running(L, before);
    nesting->resumed_level = resumed_level;
    nesting->closing -= 1;
    crmlua_set_c_level(L, level);
    note_end(L, co);
    crmlua_settle(L, status);
    return status;
}

// ---- the functions ------------------------------------------------------------------------------------------------

static int coroutine_create(lua_State *L) {
    push_coroutine(L);
    return 1;
}

static int coroutine_resume(lua_State *L) {
    lua_State *co = check_coroutine(L, 1);
    int results = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    int count = results >= 0 ? results : 1;
    lua_insert(L, -(count + 1));
    return count + 1;
}

static int step_wrap(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int results = resume(L, co, lua_gettop(L));
    if (results >= 0)
        return results;
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        // It failed: its variables to be closed are closed, which may change the error.
        lua_pop(L, 1);
        close_coroutine(L, co);
        lua_xmove(co, L, 1);
    }
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int coroutine_wrap(lua_State *L) {
    push_coroutine(L);
    lua_pushcclosure(L, step_wrap, 1);
    return 1;
}

static int coroutine_yield(lua_State *L) {
    crmlua_charge(L, (uint64_t)lua_gettop(L));
    return lua_yield(L, lua_gettop(L));
}

static int coroutine_status(lua_State *L) {
    lua_pushstring(L, status_names[status_of(L, check_coroutine(L, 1))]);
    return 1;
}

static int coroutine_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : check_coroutine(L, 1);
    lua_pushboolean(L, lua_isyieldable(co));
    return 1;
}

static int coroutine_running(lua_State *L) {
    lua_pushboolean(L, lua_pushthread(L));
    return 2;
}

static int coroutine_close(lua_State *L) {
    lua_State *co = check_coroutine(L, 1);
    crmlua_charge(L, RESUME_STEPS);
    Status status = status_of(L, co);
    if (status != CO_DEAD && status != CO_SUSPENDED)
        return luaL_error(L, "cannot close a %s coroutine", status_names[status]);
    if (close_coroutine(L, co) == LUA_OK) {
        lua_pushboolean(L, true);
        return 1;
    }
    lua_pushboolean(L, false);
    lua_xmove(co, L, 1);
    return 2;
}

static const luaL_Reg functions[] = {
    {"close", coroutine_close},
    {"create", coroutine_create},
    {"isyieldable", coroutine_isyieldable},
    {"resume", coroutine_resume},
    {"running", coroutine_running},
    {"status", coroutine_status},
    {"wrap", coroutine_wrap},
    {"yield", coroutine_yield},
    {NULL, NULL},
};

void crmlua_open_coroutine(lua_State *L) {
    Nesting *nesting = lua_newuserdatauv(L, sizeof *nesting, 0);
    *nesting = (Nesting){0, 0, 0};
    lua_rawsetp(L, LUA_REGISTRYINDEX, &nesting_key);
    // The table of guards, whose keys do not keep the coroutines alive; its metatable also holds that of the guards.
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, collect_guard);
    lua_setfield(L, -2, "__gc");
    lua_setfield(L, -2, "guard");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &guards_key);
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "coroutine");
}
