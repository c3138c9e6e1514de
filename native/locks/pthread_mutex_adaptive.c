/* SPDX-License-Identifier: Apache-2.0 */
/* The mutex of the C library that spins a little first. */
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
	if (pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ADAPTIVE_NP) != 0
	    || pthread_mutex_init(&lock->it, &kind) != 0) {
		fprintf(stderr, "twin: this C library refuses an adaptive mutex\n");
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

#define SYMBOL lock_pthread_mutex_adaptive
#define NAME "pthread-mutex:adaptive"
#define STRATEGY "pthread-mutex:adaptive"
#include "exclusive.h"
#include "section.h"
