/* SPDX-License-Identifier: Apache-2.0 */
/* The spin lock of the C library. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

struct lock {
	pthread_spinlock_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	if (pthread_spin_init(&lock->it, PTHREAD_PROCESS_PRIVATE) != 0) {
		fprintf(stderr, "twin: this C library refuses a spin lock\n");
		exit(1);
	}
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	pthread_spin_lock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	pthread_spin_unlock(&lock->it);
}

#define SYMBOL lock_pthread_spin
#define NAME "pthread-spin"
#define STRATEGY ""
#include "exclusive.h"
#include "section.h"
