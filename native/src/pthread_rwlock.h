/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reader-writer lock of the C library; PREFERENCE says whom it lets in first, PREFERRED in a word. To be included
 * below them and SYMBOL, NAME and STRATEGY. _GNU_SOURCE is defined.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

struct lock {
	pthread_rwlock_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	pthread_rwlockattr_t kind;

	(void)readers;
	pthread_rwlockattr_init(&kind);
	if (pthread_rwlockattr_setkind_np(&kind, PREFERENCE) != 0
	    || pthread_rwlock_init(&lock->it, &kind) != 0) {
		fprintf(stderr, "twin: this C library refuses a lock that prefers " PREFERRED "\n");
		exit(1);
	}
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	pthread_rwlock_wrlock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	pthread_rwlock_unlock(&lock->it);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	pthread_rwlock_rdlock(&lock->it);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	pthread_rwlock_unlock(&lock->it);
}

#include "section.h"
