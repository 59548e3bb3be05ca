// The allocator of a state: counts its bytes, keeps it below its limit, and lets tests fail any allocation.
#include "host.h"
#include <stdlib.h>

// Lua asks once more after a full collection; only the second refusal of the same request is the end.
static void *refuse(Host *h, size_t size) {
    if (h->refused_size == size && !h->opening)
        crmlua_strike(h, STOP_MEMORY);
    h->refused_size = size;
    return NULL;
}

void *crmlua_allocate(void *host, void *block, size_t old_size, size_t new_size) {
    Host *h = host;
    if (block == NULL)
        old_size = 0;
    if (new_size == 0) {
        h->bytes -= old_size;
        free(block);
        return NULL;
    }
    if (new_size > old_size) {
        if (h->bytes - old_size + new_size > h->limits.memory_bytes)
            return refuse(h, new_size);
        if (h->fail_after >= 0) {
            if (h->fail_after == 0)
                return refuse(h, new_size);
            h->fail_after -= 1;
        }
    }
    void *result = realloc(block, new_size);
    if (result == NULL)
        return new_size <= old_size ? block : refuse(h, new_size);
    h->refused_size = 0;
    h->bytes = h->bytes - old_size + new_size;
    if (h->bytes > h->peak)
        h->peak = h->bytes;
    return result;
}

void crmlua_fail_allocation(lua_State *M, int64_t count) { crmlua_host(M)->fail_after = count; }
