/* SPDX-License-Identifier: Apache-2.0 */
/* The reader-writer lock of Concurrency Kit. */
#include <ck_rwlock.h>

#include "machine.h"

struct lock {
	ck_rwlock_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	ck_rwlock_init(&lock->it);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	ck_rwlock_read_lock(&lock->it);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	ck_rwlock_read_unlock(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	ck_rwlock_write_lock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	ck_rwlock_write_unlock(&lock->it);
}

#define SYMBOL lock_ck_rwlock
#define NAME "ck-rwlock"
#define STRATEGY ""
#include "section.h"
