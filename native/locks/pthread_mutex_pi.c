/* SPDX-License-Identifier: Apache-2.0 */
/* The mutex of the C library with priority inheritance: where it waits, the kernel's rt_mutex. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

struct lock {
	pthread_mutex_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	pthread_mutexattr_t kind;

	(void)readers;
	pthread_mutexattr_init(&kind);
	if (pthread_mutexattr_setprotocol(&kind, PTHREAD_PRIO_INHERIT) != 0
	    || pthread_mutex_init(&lock->it, &kind) != 0) {
		fprintf(stderr, "twin: this C library refuses a mutex with priority inheritance\n");
		exit(1);
	}
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	pthread_mutex_lock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	pthread_mutex_unlock(&lock->it);
}

#define SYMBOL lock_pthread_mutex_pi
#define NAME "pthread-mutex:pi"
#define STRATEGY "pthread-mutex:pi"
#include "exclusive.h"
#include "section.h"
