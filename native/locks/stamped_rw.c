/* SPDX-License-Identifier: Apache-2.0 */
/* StampedLock in its read and write modes. */
#include "stamped.h"

struct lock {
	struct stamped it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	STORE(lock->it.state, ORIGIN);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	return stamped_lock_shared(&lock->it);
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	stamped_unlock_shared(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	stamped_lock_exclusive(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	stamped_unlock_exclusive(&lock->it);
}

#define SYMBOL lock_stamped_rw
#define NAME "stamped-rw"
#define STRATEGY "stamped-rw"
#include "section.h"
