// A thread with a stack of its own size, and the line of jobs it works through.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLua.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

typedef struct Job {
    struct Job *next;
    void (*run)(void *);
    void *context;
} Job;

struct crmlua_Worker {
    pthread_mutex_t lock;
    // Counts the jobs that wait, and one more when the worker is to end.
    sem_t ready;
    Job *first, **last;
};

static _Thread_local crmlua_Worker *current;

static void free_worker(crmlua_Worker *worker) {
    sem_destroy(&worker->ready);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

static void take(sem_t *semaphore) {
    while (sem_wait(semaphore) != 0 && errno == EINTR) {}
}

static void *work(void *context) {
    crmlua_Worker *worker = context;
    current = worker;
    for (;;) {
        take(&worker->ready);
        pthread_mutex_lock(&worker->lock);
        Job *job = worker->first;
        if (job != NULL) {
            worker->first = job->next;
            if (worker->first == NULL)
                worker->last = &worker->first;
        }
        pthread_mutex_unlock(&worker->lock);
        if (job == NULL)
            break;
        job->run(job->context);
        free(job);
    }
    free_worker(worker);
    return NULL;
}

crmlua_Worker *crmlua_worker_new(size_t stack_bytes, const char *name) {
    crmlua_Worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    pthread_mutex_init(&worker->lock, NULL);
    sem_init(&worker->ready, 0, 0);
    worker->last = &worker->first;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    bool made = pthread_attr_setstacksize(&attributes, stack_bytes) == 0
        && pthread_create(&thread, &attributes, work, worker) == 0;
    pthread_attr_destroy(&attributes);
    if (!made) {
        free_worker(worker);
        return NULL;
    }
    char short_name[16] = {0};
    strncpy(short_name, name, sizeof short_name - 1);
    pthread_setname_np(thread, short_name);
    return worker;
}

bool crmlua_worker_submit(crmlua_Worker *worker, void (*run)(void *), void *context) {
    Job *job = malloc(sizeof *job);
    if (job == NULL)
        return false;
    job->next = NULL;
    job->run = run;
    job->context = context;
    pthread_mutex_lock(&worker->lock);
    *worker->last = job;
    worker->last = &job->next;
    pthread_mutex_unlock(&worker->lock);
    sem_post(&worker->ready);
    return true;
}

typedef struct Wait {
    void (*run)(void *);
    void *context;
    sem_t done;
} Wait;

static void run_and_tell(void *context) {
    Wait *wait = context;
    wait->run(wait->context);
    // The memory of the waiting thread is gone after this.
    sem_post(&wait->done);
}

bool crmlua_worker_run(crmlua_Worker *worker, void (*run)(void *), void *context) {
    if (current == worker) {
        run(context);
        return true;
    }
    Wait wait = {.run = run, .context = context};
    sem_init(&wait.done, 0, 0);
    bool accepted = crmlua_worker_submit(worker, run_and_tell, &wait);
    if (accepted)
        take(&wait.done);
    sem_destroy(&wait.done);
    return accepted;
}

bool crmlua_worker_is_current(const crmlua_Worker *worker) { return current == worker; }

void crmlua_worker_end(crmlua_Worker *worker) { sem_post(&worker->ready); }
