/* SPDX-License-Identifier: Apache-2.0 */
/* StampedLock of java.util.concurrent as of JDK 17; a reader that waits has a node of its own in the queue. */
#ifndef STEWARD_STAMPED_H
#define STEWARD_STAMPED_H

#include "queue.h"

#define RUNIT 1ULL
#define WBIT 128ULL
#define RBITS 127ULL
#define RFULL 126ULL
#define ABITS (RBITS | WBIT)
#define SBITS (~RBITS)
#define ORIGIN (WBIT << 1)

struct stamped {
	struct queue queue;
	_Atomic uint64_t state;
};

static inline bool swap_stamp(struct stamped *lock, uint64_t seen, uint64_t next)
{
	return atomic_compare_exchange_strong(&lock->state, &seen, next);
}

static bool try_stamp_shared(void *it)
{
	struct stamped *lock = it;

	while (true) {
		uint64_t state = atomic_load(&lock->state);

		/* The counter never overflows here: there are no 126 readers. */
		if ((state & ABITS) >= RFULL)
			return false;
		if (swap_stamp(lock, state, state + RUNIT))
			return true;
	}
}

static inline uint64_t stamped_lock_shared(struct stamped *lock)
{
	uint64_t state = LOAD(lock->state) & ~WBIT;

	if ((state & RBITS) < RFULL && swap_stamp(lock, state, state + RUNIT))
		return state + RUNIT;
	acquire_queued(&lock->queue, true, try_stamp_shared, lock);
	return LOAD(lock->state);
}

static inline void stamped_unlock_shared(struct stamped *lock)
{
	while (true) {
		uint64_t state = atomic_load(&lock->state);

		if (swap_stamp(lock, state, state - RUNIT)) {
			if ((state & RBITS) == RUNIT)
				wake_first(&lock->queue);
			return;
		}
	}
}

static bool try_stamp_exclusive(void *it)
{
	struct stamped *lock = it;
	uint64_t state = atomic_load(&lock->state);

	if ((state & ABITS) != 0 || !swap_stamp(lock, state, state | WBIT))
		return false;
	atomic_thread_fence(release);
	return true;
}

static inline void stamped_lock_exclusive(struct stamped *lock)
{
	if (!try_stamp_exclusive(lock))
		acquire_queued(&lock->queue, false, try_stamp_exclusive, lock);
}

static inline void stamped_unlock_exclusive(struct stamped *lock)
{
	uint64_t next = atomic_load(&lock->state) + WBIT;

	atomic_store(&lock->state, next == 0 ? ORIGIN : next);
	wake_first(&lock->queue);
}

static inline uint64_t try_optimistic(struct stamped *lock)
{
	uint64_t state = atomic_load(&lock->state);

	return (state & WBIT) == 0 ? state & SBITS : 0;
}

static inline bool is_valid(struct stamped *lock, uint64_t stamp)
{
	atomic_thread_fence(acquire);
	return (stamp & SBITS) == (atomic_load(&lock->state) & SBITS);
}

#endif
