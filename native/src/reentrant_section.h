/* SPDX-License-Identifier: Apache-2.0 */
/* The reentrant lock as a lock of a section; FAIR says whether it is served in order of arrival. */
#include "reentrant.h"

struct lock {
	struct reentrant it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	lock->it.fair = FAIR;
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	reentrant_lock_shared(&lock->it);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	reentrant_unlock_shared(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	reentrant_lock_exclusive(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	reentrant_unlock_exclusive(&lock->it);
}

#include "section.h"
