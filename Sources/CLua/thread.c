// A thread with a stack of its own size, and the line of jobs it works through.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLua.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct Job {
    struct Job *next;
    void (*run)(void *);
    void *context;
} Job;

struct crmlua_Worker {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Job *first, **last;
    bool ending;
};

static _Thread_local crmlua_Worker *current;

static void free_worker(crmlua_Worker *worker) {
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

static void *work(void *context) {
    crmlua_Worker *worker = context;
    current = worker;
    pthread_mutex_lock(&worker->lock);
    for (;;) {
        while (worker->first == NULL && !worker->ending)
            pthread_cond_wait(&worker->changed, &worker->lock);
        Job *job = worker->first;
        if (job == NULL)
            break;
        worker->first = job->next;
        if (worker->first == NULL)
            worker->last = &worker->first;
        pthread_mutex_unlock(&worker->lock);
        job->run(job->context);
        free(job);
        pthread_mutex_lock(&worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    free_worker(worker);
    return NULL;
}

crmlua_Worker *crmlua_worker_new(size_t stack_bytes, const char *name) {
    crmlua_Worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
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
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    return true;
}

typedef struct Wait {
    void (*run)(void *);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool done;
} Wait;

static void run_and_tell(void *context) {
    Wait *wait = context;
    wait->run(wait->context);
    pthread_mutex_lock(&wait->lock);
    wait->done = true;
    pthread_cond_signal(&wait->changed);
    pthread_mutex_unlock(&wait->lock);
}

bool crmlua_worker_run(crmlua_Worker *worker, void (*run)(void *), void *context) {
    if (current == worker) {
        run(context);
        return true;
    }
    Wait wait = {run, context, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    if (!crmlua_worker_submit(worker, run_and_tell, &wait))
        return false;
    pthread_mutex_lock(&wait.lock);
    while (!wait.done)
        pthread_cond_wait(&wait.changed, &wait.lock);
    pthread_mutex_unlock(&wait.lock);
    pthread_cond_destroy(&wait.changed);
    pthread_mutex_destroy(&wait.lock);
    return true;
}

bool crmlua_worker_is_current(const crmlua_Worker *worker) { return current == worker; }

void crmlua_worker_end(crmlua_Worker *worker) {
    pthread_mutex_lock(&worker->lock);
    worker->ending = true;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}
