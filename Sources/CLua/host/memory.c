// The allocator of a state: counts its bytes, keeps it below its limit, and lets tests fail any allocation. Its blocks form
// a ring, because a state that was left in the middle of an instruction cannot be closed by Lua.
#include "host.h"
#include <stdlib.h>

_Static_assert(sizeof(BlockHead) == 16, "blocks must stay aligned as those of malloc");

// Lua asks once more after a full collection; only the second refusal of the same request is the end.
static void *refuse(Host *h, size_t size) {
    if (h->refused_size == size && !h->opening)
        crmlua_strike(h, STOP_MEMORY);
    h->refused_size = size;
    return NULL;
}

static void enter_ring(Host *h, BlockHead *head) {
    head->next = h->blocks.next;
    head->previous = &h->blocks;
    h->blocks.next->previous = head;
    h->blocks.next = head;
}

void *crmlua_allocate(void *host, void *block, size_t old_size, size_t new_size) {
    Host *h = host;
    BlockHead *head = block == NULL ? NULL : (BlockHead *)block - 1;
    if (block == NULL)
        old_size = 0;
    if (new_size == 0) {
        if (head == NULL)
            return NULL;
        h->bytes -= old_size;
        head->next->previous = head->previous;
        head->previous->next = head->next;
        free(head);
        return NULL;
    }
    if (new_size > old_size) {
        if (new_size > SIZE_MAX - sizeof *head || h->bytes + h->outside - old_size + new_size > h->limits.memory_bytes)
            return refuse(h, new_size);
        if (h->fail_after >= 0) {
            if (h->fail_after == 0)
                return refuse(h, new_size);
            h->fail_after -= 1;
        }
    }
    BlockHead *result = realloc(head, sizeof *head + new_size);
    if (result == NULL)
        return new_size <= old_size ? block : refuse(h, new_size);
    if (head == NULL) {
        enter_ring(h, result);
    } else if (result != head) {
        result->next->previous = result;
        result->previous->next = result;
    }
    h->refused_size = 0;
    h->bytes = h->bytes - old_size + new_size;
    if (h->bytes + h->outside > h->peak)
        h->peak = h->bytes + h->outside;
    return result + 1;
}

void crmlua_free_blocks(Host *h) {
    for (BlockHead *head = h->blocks.next; head != &h->blocks;) {
        BlockHead *next = head->next;
        free(head);
        head = next;
    }
    h->blocks.next = h->blocks.previous = &h->blocks;
}

void crmlua_hold_outside(lua_State *L, int64_t bytes) {
    Host *h = crmlua_host(L);
    h->outside += (uint64_t)bytes;
    if (h->bytes + h->outside > h->limits.memory_bytes && !h->opening) {
        lua_gc(L, LUA_GCCOLLECT);
        if (h->bytes + h->outside > h->limits.memory_bytes) {
            crmlua_strike(h, STOP_MEMORY);
            crmlua_raise_stop(L);
        }
    }
    if (h->bytes + h->outside > h->peak)
        h->peak = h->bytes + h->outside;
}

bool crmlua_fits(lua_State *M, uint64_t bytes) {
    Host *h = crmlua_host(M);
    return h->bytes + h->outside < h->limits.memory_bytes && bytes <= h->limits.memory_bytes - h->bytes - h->outside;
}

void crmlua_fail_allocation(lua_State *M, int64_t count) { crmlua_host(M)->fail_after = count; }
