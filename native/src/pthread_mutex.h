/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mutex of the C library; SET_KIND(attributes) says which, KIND in words. To be included below them and SYMBOL, NAME
 * and STRATEGY. _GNU_SOURCE is defined.
 */
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
	if (SET_KIND(&kind) != 0 || pthread_mutex_init(&lock->it, &kind) != 0) {
		fprintf(stderr, "twin: this C library refuses " KIND "\n");
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

#include "exclusive.h"
#include "section.h"
