// A stack of its own size that any thread may run on, one at a time: the caller's thread goes on, only its stack is
// another. So a large stack costs no thread, and no job waits for one to wake up.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITHOUT_CONTEXTS 1
#endif
#if __has_feature(thread_sanitizer)
#define WITH_FIBERS 1
#endif
#endif

// The stack this thread is on; those it came from follow as `outer`.
static _Thread_local crmlua_Stack *current;

#if defined(__GLIBC__) && !defined(WITHOUT_CONTEXTS)
#include <ucontext.h>

// A sanitizer of threads is told of each change of stacks: it keeps one history for each.
#ifdef WITH_FIBERS
#include <sanitizer/tsan_interface.h>
// Begins on one stack and ends on another, so nothing may be written down of its beginning and end.
#define CHANGES_STACKS __attribute__((disable_sanitizer_instrumentation))
#else
#define CHANGES_STACKS
#endif

typedef struct Waiter {
    struct Waiter *next;
    sem_t turn;
} Waiter;

struct crmlua_Stack {
    pthread_mutex_t lock;
    // Whether a thread is on the stack or on its way to it, and those that wait, in the order in which they came.
    bool taken;
    Waiter *first, **last;

    // For the thread that is on it.
    crmlua_Stack *outer;
    void (*job)(void *);
    void *context;
    ucontext_t inside, outside;
#ifdef WITH_FIBERS
    void *fiber_inside, *fiber_outside;
#endif

    uint64_t owner;
    int32_t place;
    char *memory;
    size_t bytes;
};

crmlua_Stack *crmlua_stack_new(size_t stack_bytes, const char *name, uint64_t owner, int32_t place) {
    (void)name;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    crmlua_Stack *stack = calloc(1, sizeof *stack);
    if (stack == NULL)
        return NULL;
    stack->bytes = (stack_bytes + page - 1) / page * page + page;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
    stack->memory = mmap(NULL, stack->bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    // Whoever runs over the end stops the process instead of writing over something else.
    if (stack->memory == MAP_FAILED || mprotect(stack->memory, page, PROT_NONE) != 0) {
        if (stack->memory != MAP_FAILED)
            munmap(stack->memory, stack->bytes);
        free(stack);
        return NULL;
    }
    pthread_mutex_init(&stack->lock, NULL);
    stack->last = &stack->first;
    stack->owner = owner;
    stack->place = place;
#ifdef WITH_FIBERS
    stack->fiber_inside = __tsan_create_fiber(0);
#endif
    return stack;
}

static void take(crmlua_Stack *stack) {
    pthread_mutex_lock(&stack->lock);
    if (!stack->taken) {
        stack->taken = true;
        pthread_mutex_unlock(&stack->lock);
        return;
    }
    Waiter self = {.next = NULL};
    sem_init(&self.turn, 0, 0);
    *stack->last = &self;
    stack->last = &self.next;
    pthread_mutex_unlock(&stack->lock);
    while (sem_wait(&self.turn) != 0 && errno == EINTR) {}
    sem_destroy(&self.turn);
}

// Hands the stack to the one who has waited longest.
static void give(crmlua_Stack *stack) {
    pthread_mutex_lock(&stack->lock);
    Waiter *next = stack->first;
    if (next == NULL) {
        stack->taken = false;
    } else {
        stack->first = next->next;
        if (stack->first == NULL)
            stack->last = &stack->first;
        // Its memory is gone as soon as it has its turn.
        sem_post(&next->turn);
    }
    pthread_mutex_unlock(&stack->lock);
}

CHANGES_STACKS static void run_job(void) {
    current->job(current->context);
#ifdef WITH_FIBERS
    __tsan_switch_to_fiber(current->fiber_outside, 0);
#endif
}

void crmlua_stack_run(crmlua_Stack *stack, void (*job)(void *), void *context) {
    if (crmlua_stack_is_current(stack)) {
        job(context);
        return;
    }
    // Before the change of stacks, which puts the signals back as they were.
    crmlua_prepare_thread();
    take(stack);
    stack->job = job;
    stack->context = context;
    // A new context each time: one that went on from an earlier job could be that of another thread.
    if (getcontext(&stack->inside) != 0) {
        // Cannot happen: there is nothing it could fail at.
        abort();
    }
    // The watchdog stops scripts with this signal, whatever the caller has blocked meanwhile.
    sigdelset(&stack->inside.uc_sigmask, SIGURG);
    stack->inside.uc_stack.ss_sp = stack->memory;
    stack->inside.uc_stack.ss_size = stack->bytes;
    stack->inside.uc_link = &stack->outside;
    makecontext(&stack->inside, run_job, 0);
    stack->outer = current;
    current = stack;
#ifdef WITH_FIBERS
    stack->fiber_outside = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(stack->fiber_inside, 0);
#endif
    swapcontext(&stack->outside, &stack->inside);
    current = stack->outer;
    give(stack);
}

void crmlua_stack_free(crmlua_Stack *stack) {
#ifdef WITH_FIBERS
    __tsan_destroy_fiber(stack->fiber_inside);
#endif
    munmap(stack->memory, stack->bytes);
    pthread_mutex_destroy(&stack->lock);
    free(stack);
}

#else

// Where stacks cannot be changed, and under sanitizers that are not told of it: a thread of its own.
struct crmlua_Stack {
    crmlua_Worker *worker;
    // For the job that runs.
    crmlua_Stack *outer;
    uint64_t owner;
    int32_t place;
};

crmlua_Stack *crmlua_stack_new(size_t stack_bytes, const char *name, uint64_t owner, int32_t place) {
    crmlua_Stack *stack = calloc(1, sizeof *stack);
    if (stack == NULL)
        return NULL;
    stack->owner = owner;
    stack->place = place;
    stack->worker = crmlua_worker_new(stack_bytes, name);
    if (stack->worker == NULL) {
        free(stack);
        return NULL;
    }
    return stack;
}

typedef struct Visit {
    crmlua_Stack *stack, *from;
    void (*job)(void *);
    void *context;
} Visit;

// Whoever waits for the job is on the stacks it came from until it is done.
static void run_visit(void *context) {
    Visit *visit = context;
    visit->stack->outer = visit->from;
    current = visit->stack;
    visit->job(visit->context);
    current = NULL;
}

void crmlua_stack_run(crmlua_Stack *stack, void (*job)(void *), void *context) {
    if (crmlua_stack_is_current(stack)) {
        job(context);
        return;
    }
    Visit visit = {.stack = stack, .from = current, .job = job, .context = context};
    // Without memory for the job it runs here: late is never, but not at all would be worse.
    if (!crmlua_worker_run(stack->worker, run_visit, &visit))
        job(context);
}

void crmlua_stack_free(crmlua_Stack *stack) {
    crmlua_worker_end(stack->worker);
    free(stack);
}

#endif

bool crmlua_stack_is_current(const crmlua_Stack *stack) {
    for (const crmlua_Stack *each = current; each != NULL; each = each->outer)
        if (each == stack)
            return true;
    return false;
}

int32_t crmlua_stack_place(uint64_t owner) {
    for (const crmlua_Stack *each = current; each != NULL; each = each->outer)
        if (each->owner == owner)
            return each->place;
    return -1;
}
