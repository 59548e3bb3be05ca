// The life of a state: its environment, its limits and its end.
#include "host.h"
#include <stdlib.h>

static void open_library(lua_State *L, const char *name, void (*open)(lua_State *)) {
    open(L);
    crmlua_freeze(L);
    lua_setfield(L, -2, name);
}

static int open_body(lua_State *L) {
    Host *h = crmlua_host(L);
    crmlua_open_errors(L, h);
    crmlua_open_userdata(L, h);
    lua_pushglobaltable(L);
    crmlua_open_base(L);
    open_library(L, "string", crmlua_open_string);
    open_library(L, "table", crmlua_open_table);
    open_library(L, "math", crmlua_open_math);
    open_library(L, "utf8", crmlua_open_utf8);
    open_library(L, "os", crmlua_open_os);
    open_library(L, "coroutine", crmlua_open_coroutine);
    crmlua_open_modules(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    // Methods of strings read the table behind the proxy; scripts cannot reach this metatable.
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_getfield(L, 2, "string");
    if (crmlua_push_frozen(L, -1))
        lua_remove(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    return 0;
}

lua_State *crmlua_open(const crmlua_Limits *limits, bool exact, const crmlua_Callbacks *callbacks, void *owner) {
    Host *h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->limits = *limits;
    h->callbacks = *callbacks;
    h->owner = owner;
    h->exact = exact;
    h->fail_after = -1;
    h->opening = true;
    h->blocks.next = h->blocks.previous = &h->blocks;
    h->held.next = h->held.previous = &h->held;
    atomic_init(&h->expired_number, UINT64_MAX);
    lua_State *L = lua_newstate(crmlua_allocate, h);
    if (L == NULL) {
        free(h);
        return NULL;
    }
    *(Host **)lua_getextraspace(L) = h;
    h->main = h->running = L;
    crmlua_watch(h);
    if (crmlua_counts_instructions(h))
        crmlua_install_hook(L);
    if (crmlua_protect(h, open_body, NULL, 0) != CRMLUA_OK) {
        crmlua_close(L);
        return NULL;
    }
    h->opening = false;
    return L;
}

void crmlua_close(lua_State *M) {
    Host *h = crmlua_host(M);
    crmlua_unwatch(h);
    h->dead = true;
    if (h->abandoned) {
        crmlua_release_held(h);
        crmlua_free_blocks(h);
    } else {
        // Finalizers are ours alone, but a hook that is armed would fire in them.
        lua_sethook(M, NULL, 0, 0);
        h->running = M;
        lua_close(M);
    }
    while (h->dying_count > 0)
        h->callbacks.release(h->dying[--h->dying_count]);
    crmlua_free_builders(h);
    while (h->classes != NULL) {
        crmlua_Class *type = h->classes;
        h->classes = type->next;
        h->callbacks.release(type->box);
        free(type);
    }
    free(h->dying);
    free(h->unreferenced);
    free(h->failure_text);
    free(h);
}

bool crmlua_is_dead(lua_State *M) { return crmlua_host(M)->dead || crmlua_host(M)->stop; }

bool crmlua_is_running(lua_State *M) { return crmlua_host(M)->depth > 0; }

int32_t crmlua_stack_height(lua_State *M) {
    Host *h = crmlua_host(M);
    return h->abandoned ? 0 : lua_gettop(h->running);
}

void crmlua_statistics(lua_State *M, crmlua_Statistics *s) {
    Host *h = crmlua_host(M);
    s->steps = h->depth > 0 ? h->steps : h->last_steps;
    s->cpu_nanoseconds = h->depth > 0 ? 0 : h->last_cpu;
    s->bytes = h->bytes + h->outside;
    s->peak_bytes = h->peak;
    s->live_objects = h->live_objects;
}

const char *crmlua_version(void) { return LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE; }
