/* SPDX-License-Identifier: Apache-2.0 */
/* The phase-fair lock of Concurrency Kit. */
#include <ck_pflock.h>

#include "machine.h"

struct lock {
	ck_pflock_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	ck_pflock_init(&lock->it);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	ck_pflock_read_lock(&lock->it);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	ck_pflock_read_unlock(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	ck_pflock_write_lock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	ck_pflock_write_unlock(&lock->it);
}

#define SYMBOL lock_ck_pflock
#define NAME "ck-pflock"
#define STRATEGY ""
#include "section.h"
