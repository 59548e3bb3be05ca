// Deadlines. One thread of the process sleeps until the next deadline of any running call. When one has passed, it marks
// that call as expired and sends a signal to the thread that runs it; the handler there stops the state and arms its
// hook. Everything that touches a Lua state happens on the thread that runs it, so nothing is raced for.
//
// The signal is SIGURG: ignored by default, so a late one does no harm.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MILLISECOND INT64_C(1000000)
#define LONGEST_SLEEP (20 * MILLISECOND)
#define REPEAT_SIGNAL (2 * MILLISECOND)
#define PRECISE_BELOW (100 * MILLISECOND)
#define QUIET_ROUNDS 50

// States that are interrupted together.
struct crmlua_Group {
    _Atomic int32_t stopped; // no call may begin
};

_Thread_local Frame *volatile crmlua_frame;
static _Thread_local int32_t thread_id;
static _Thread_local int32_t thread_clock;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static Host *hosts;
static _Atomic int sleeping; // the watchdog waits for a first call
static bool started;

static int64_t read_clock(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t crmlua_thread_cpu(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

// ---- on the thread that runs the script ---------------------------------------------------------------------------

// Stops the outermost expired call of this thread and all that run inside it.
static void on_signal(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)info;
    Frame *last = NULL;
    for (Frame *f = crmlua_frame; f != NULL; f = f->outer) {
        Host *h = f->host;
        if (atomic_load(&h->expired_number) == atomic_load(&h->call_number))
            last = f;
    }
    if (last == NULL)
        return;
    for (Frame *f = crmlua_frame; f != NULL; f = f->outer) {
        if (f->host->stop == STOP_NONE)
            f->host->stop = atomic_load(&f->host->interrupted) ? STOP_INTERRUPT : STOP_TIME;
        if (f == last)
            break;
    }
    // Only the innermost state runs now; outer ones see their flag when the call into the inner one returns.
    Host *h = crmlua_frame->host;
    if (h->running != NULL)
        crmlua_arm(h->running);
    crmlua_escape_from_signal(h, context);
}

void crmlua_prepare_thread(void) {
    if (thread_id != 0)
        return;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGURG);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    clockid_t clock;
    thread_clock = pthread_getcpuclockid(pthread_self(), &clock) == 0 ? (int32_t)clock : (int32_t)CLOCK_MONOTONIC;
    thread_id = (int32_t)syscall(SYS_gettid);
}

void crmlua_call_starts(Host *h) {
    crmlua_prepare_thread();
    int64_t shortest = h->limits.cpu_nanoseconds < h->limits.wall_nanoseconds ? h->limits.cpu_nanoseconds
                                                                               : h->limits.wall_nanoseconds;
    h->started = read_clock(shortest < PRECISE_BELOW ? CLOCK_MONOTONIC : CLOCK_MONOTONIC_COARSE);
    if (h->exact)
        h->last_cpu = crmlua_thread_cpu();
    h->stop_seen = 0;
    int64_t room = h->limits.cpu_ceiling - h->limits.cpu_nanoseconds;
    int64_t first = h->granted_first < room ? h->granted_first : room;
    atomic_store_explicit(&h->granted, first > 0 ? first : 0, memory_order_relaxed);
    atomic_store_explicit(&h->interrupted, 0, memory_order_relaxed);
    atomic_store_explicit(&h->call_started, h->started, memory_order_relaxed);
    atomic_store_explicit(&h->call_thread, thread_id, memory_order_relaxed);
    atomic_store_explicit(&h->call_clock, thread_clock, memory_order_relaxed);
    uint64_t number = atomic_fetch_add(&h->call_number, 1) + 1;
    // Whoever stops the group looks for calls after saying so; this one has begun before it looks.
    if (h->group != NULL && atomic_load(&h->group->stopped)) {
        atomic_store(&h->interrupted, 1);
        atomic_store(&h->expired_number, number);
    }
    // What interrupts the call that this one is made in ends this one as well, though it had not begun then.
    for (Frame *f = crmlua_frame; f != NULL; f = f->outer) {
        if (f->host == h || f->host->group != h->group || !atomic_load(&f->host->interrupted))
            continue;
        atomic_store(&h->interrupted, 1);
        atomic_store(&h->expired_number, number);
        break;
    }
    if (atomic_load(&sleeping)) {
        pthread_mutex_lock(&lock);
        pthread_cond_signal(&wake);
        pthread_mutex_unlock(&lock);
    }
}

// What a call took that is not metered exactly: for a short one the time on the wall, which costs little to ask for;
// for one that the watchdog has seen, that of the processor.
static int64_t time_used(Host *h) {
    int64_t wall = read_clock(CLOCK_MONOTONIC_COARSE) - h->started;
    if (wall <= LONGEST_SLEEP)
        return wall;
    pthread_mutex_lock(&lock);
    int64_t began = h->seen_number + 1 == atomic_load(&h->call_number) ? h->seen_cpu : crmlua_thread_cpu() - wall;
    pthread_mutex_unlock(&lock);
    return crmlua_thread_cpu() - began;
}

void crmlua_call_ends(Host *h) {
    atomic_fetch_add_explicit(&h->call_number, 1, memory_order_release);
    if (h->exact)
        h->last_cpu = crmlua_thread_cpu() - h->last_cpu;
    else
        h->last_cpu = time_used(h);
    if (h->last_cpu < 0)
        h->last_cpu = 0;
}

// ---- the watchdog's own thread ------------------------------------------------------------------------------------

// Looks at one running call; returns when to look again.
static int64_t examine(Host *h, uint64_t number, int64_t now) {
    int64_t began = atomic_load_explicit(&h->call_started, memory_order_relaxed);
    int32_t thread = atomic_load_explicit(&h->call_thread, memory_order_relaxed);
    clockid_t clock = (clockid_t)atomic_load_explicit(&h->call_clock, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load(&h->call_number) != number)
        return INT64_MAX;
    int64_t cpu = read_clock(clock);
    if (h->seen_number != number) {
        // What passed before the first look counts as used: at most LONGEST_SLEEP, unless nobody let the watchdog run,
        // on a busy machine or while the process was stopped; then the script did not run all the time either.
        int64_t passed = now - began;
        h->seen_number = number;
        h->seen_cpu = cpu - (passed < LONGEST_SLEEP ? passed : LONGEST_SLEEP);
    }
    int64_t granted = atomic_load_explicit(&h->granted, memory_order_relaxed);
    int64_t cpu_left = h->limits.cpu_nanoseconds + granted - (cpu - h->seen_cpu);
    int64_t wall_left = h->limits.wall_nanoseconds + granted - (now - began);
    int64_t left = cpu_left < wall_left ? cpu_left : wall_left;
    // One that was interrupted is told again until it has ended.
    if (left > 0 && atomic_load(&h->expired_number) != number)
        return now + left;
    atomic_store(&h->expired_number, number);
    syscall(SYS_tgkill, getpid(), thread, SIGURG);
    return now + REPEAT_SIGNAL;
}

static void *watch(void *unused) {
    (void)unused;
    int quiet = 0;
    pthread_mutex_lock(&lock);
    for (;;) {
        int64_t now = read_clock(CLOCK_MONOTONIC), next = now + LONGEST_SLEEP;
        bool busy = false;
        for (Host *h = hosts; h != NULL; h = h->next) {
            uint64_t number = atomic_load(&h->call_number);
            if (number & 1) {
                busy = true;
                int64_t again = examine(h, number, now);
                next = again < next ? again : next;
            } else if (number != h->seen_number) {
                h->seen_number = number;
                busy = true;
            }
            int64_t half = h->limits.cpu_nanoseconds < h->limits.wall_nanoseconds ? h->limits.cpu_nanoseconds / 2
                                                                                   : h->limits.wall_nanoseconds / 2;
            half = half < MILLISECOND ? MILLISECOND : half;
            next = now + half < next ? now + half : next;
        }
        quiet = busy ? 0 : quiet + 1;
        if (quiet > QUIET_ROUNDS) {
            atomic_store(&sleeping, 1);
            bool running = false;
            for (Host *h = hosts; h != NULL; h = h->next)
                running = running || (atomic_load(&h->call_number) & 1);
            if (!running)
                pthread_cond_wait(&wake, &lock);
            atomic_store(&sleeping, 0);
            quiet = 0;
            continue;
        }
        struct timespec until = {next / 1000000000, next % 1000000000};
        pthread_cond_timedwait(&wake, &lock, &until);
    }
    return NULL;
}

static void start(void) {
    crmlua_locate_interpreter();
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&wake, &attributes);
    pthread_condattr_destroy(&attributes);
    struct sigaction action = {0};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_RESTART | SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGURG, &action, NULL) != 0)
        return;
    pthread_attr_t thread;
    pthread_attr_init(&thread);
    pthread_attr_setdetachstate(&thread, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&thread, 256 * 1024);
    // The watchdog itself takes no signals.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t id;
    started = pthread_create(&id, &thread, watch, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&thread);
}

void crmlua_watch(Host *h) {
    pthread_once(&once, start);
    // Without a watchdog the count hook is all there is to end a runaway.
    if (!started)
        h->exact = true;
    pthread_mutex_lock(&lock);
    h->next = hosts;
    if (hosts != NULL)
        hosts->previous = h;
    hosts = h;
    pthread_mutex_unlock(&lock);
}

void crmlua_unwatch(Host *h) {
    pthread_mutex_lock(&lock);
    if (h->previous != NULL)
        h->previous->next = h->next;
    else
        hosts = h->next;
    if (h->next != NULL)
        h->next->previous = h->previous;
    pthread_mutex_unlock(&lock);
}

crmlua_Group *crmlua_group_new(void) { return calloc(1, sizeof(crmlua_Group)); }

void crmlua_group_free(crmlua_Group *group) { free(group); }

void crmlua_set_group(lua_State *M, crmlua_Group *group) {
    pthread_mutex_lock(&lock);
    crmlua_host(M)->group = group;
    pthread_mutex_unlock(&lock);
}

// Interrupts the calls of a group that run now; called with the lock.
static void interrupt_running(const crmlua_Group *group) {
    for (Host *h = hosts; h != NULL; h = h->next) {
        uint64_t number = atomic_load(&h->call_number);
        if (h->group != group || (number & 1) == 0)
            continue;
        int32_t thread = atomic_load_explicit(&h->call_thread, memory_order_relaxed);
        atomic_store(&h->interrupted, 1);
        atomic_store(&h->expired_number, number);
        syscall(SYS_tgkill, getpid(), thread, SIGURG);
    }
}

void crmlua_interrupt(crmlua_Group *group) {
    pthread_mutex_lock(&lock);
    interrupt_running(group);
    // One that began meanwhile may have looked at the call around it before that was told.
    interrupt_running(group);
    pthread_mutex_unlock(&lock);
}

void crmlua_group_stop(crmlua_Group *group) {
    atomic_store(&group->stopped, 1);
    crmlua_interrupt(group);
}

void crmlua_group_go(crmlua_Group *group) { atomic_store(&group->stopped, 0); }

void crmlua_grant_first(lua_State *M, int64_t nanoseconds) { crmlua_host(M)->granted_first = nanoseconds; }

void crmlua_grant(int64_t nanoseconds) {
    for (Frame *f = crmlua_frame; f != NULL; f = f->outer) {
        Host *h = f->host;
        int64_t granted = atomic_load_explicit(&h->granted, memory_order_relaxed);
        int64_t room = h->limits.cpu_ceiling - h->limits.cpu_nanoseconds - granted;
        int64_t more = nanoseconds < room ? nanoseconds : room;
        // The frames of one state share what it was granted.
        if (f->is_outermost && more > 0)
            atomic_store_explicit(&h->granted, granted + more, memory_order_relaxed);
    }
}

bool crmlua_is_thread_stopped(void) {
    for (Frame *f = crmlua_frame; f != NULL; f = f->outer)
        if (f->host->stop != STOP_NONE)
            return true;
    return false;
}

void crmlua_set_limits(lua_State *M, const crmlua_Limits *limits) {
    // The watchdog reads the limits while it holds the lock; everybody else reads them on the thread of the state.
    pthread_mutex_lock(&lock);
    crmlua_host(M)->limits = *limits;
    pthread_mutex_unlock(&lock);
}
