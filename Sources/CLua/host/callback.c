// From Lua into Swift and back. Swift gets copies of the arguments and leaves its results in a builder; this file pushes
// them, or raises, after Swift has returned, so that no error ever crosses a Swift frame.
#include "host.h"
#include <stdlib.h>

static bool describe_arguments(lua_State *L, crmlua_Builder *b, int first, int count) {
    if (count > b->argument_capacity) {
        int32_t capacity = count < 16 ? 16 : count;
        crmlua_Value *larger = realloc(b->arguments, (size_t)capacity * sizeof *larger);
        if (larger == NULL)
            return false;
        b->arguments = larger;
        b->argument_capacity = capacity;
    }
    for (int i = 0; i < count; i += 1)
        crmlua_describe(L, first + i, &b->arguments[i]);
    return true;
}

int crmlua_call_swift(lua_State *L, Host *h, const void *box, crmlua_Call *call) {
    if (h->stop)
        return crmlua_raise_stop(L);
    uint32_t level = h->c_level;
    crmlua_enter_c(L);
    // No callback is under way that could still need what was given back.
    if (h->builder_depth == 0 && (h->dying_count > 1024 || h->unreferenced_count > 64))
        crmlua_drain(h);
    crmlua_Builder *b = crmlua_builder_take(h->main);
    if (b == NULL)
        return luaL_error(L, "not enough memory");
    if (!describe_arguments(L, b, call->first_argument, call->argument_count)) {
        crmlua_builder_give(h->main);
        return luaL_error(L, "not enough memory");
    }
    call->L = L;
    call->results = b;
    call->arguments = b->arguments;
    int top = lua_gettop(L);
    Escape *escape = h->escape;
    h->escape = NULL;
    int32_t failed = h->callbacks.call(h->owner, box, call);
    h->escape = escape;
    if (h->abandoned)
        crmlua_escape(h);
    lua_settop(L, top);
    crmlua_builder_give(h->main);
    h->c_level = level;
    if (h->stop)
        return crmlua_raise_stop(L);
    if (failed)
        return crmlua_raise_builder(L, h, b);
    // One plain value is by far the most frequent result.
    if (b->count == 1 && b->values[0].tag <= CRMLUA_STRING) {
        crmlua_push_values(L, h, b->values, 1);
        return 1;
    }
    int pushed = crmlua_push_values(L, h, b->values, b->count);
    if (b->owned > 0)
        crmlua_builder_release(h, b);
    return pushed;
}

// ---- functions ----------------------------------------------------------------------------------------------------

static int call_function(lua_State *L) {
    const Held *box = lua_touserdata(L, lua_upvalueindex(1));
    crmlua_Call call = {0};
    call.kind = CRMLUA_CALL_FUNCTION;
    call.argument_count = lua_gettop(L);
    call.first_argument = 1;
    return crmlua_call_swift(L, crmlua_host(L), box->object, &call);
}

// Pushes a Lua function for a Swift one.
void crmlua_push_function(lua_State *L, Host *h, const void *box) {
    crmlua_push_box(L, h, box);
    lua_pushcclosure(L, call_function, 1);
}
