/* SPDX-License-Identifier: Apache-2.0 */
/* The reader-writer lock of java.util.concurrent (ReentrantReadWriteLock as of JDK 17), with its hold counts. */
#ifndef STEWARD_REENTRANT_H
#define STEWARD_REENTRANT_H

#include "queue.h"

#define SHARED_UNIT (1U << 16)
#define EXCLUSIVE_MASK (SHARED_UNIT - 1)

/* Of one thread and one lock: a program has one such lock. */
struct holds {
	int count;
	struct thread *thread;
};

struct reentrant {
	struct queue queue;
	_Atomic uint32_t state;
	_Atomic(struct thread *) owner;
	_Atomic(struct thread *) first_reader;
	_Atomic int first_reader_holds;
	_Atomic(struct holds *) cached_holds;
	bool fair;
};

extern _Thread_local struct holds own_holds;

static inline bool swap_state(struct reentrant *lock, uint32_t seen, uint32_t next)
{
	return atomic_compare_exchange_strong(&lock->state, &seen, next);
}

static inline bool reader_should_block(struct reentrant *lock)
{
	return lock->fair ? somebody_is_before(&lock->queue) : first_is_exclusive(&lock->queue);
}

static inline struct holds *holds_of(struct reentrant *lock, struct thread *me)
{
	struct holds *holds = LOAD(lock->cached_holds);

	if (!holds || holds->thread != me) {
		holds = &own_holds;
		holds->thread = me;
		STORE(lock->cached_holds, holds);
	}
	return holds;
}

static inline void count_hold(struct reentrant *lock, struct thread *me, uint32_t state)
{
	if (state >> 16 == 0) {
		STORE(lock->first_reader, me);
		STORE(lock->first_reader_holds, 1);
	} else if (LOAD(lock->first_reader) == me) {
		STORE(lock->first_reader_holds, LOAD(lock->first_reader_holds) + 1);
	} else {
		holds_of(lock, me)->count++;
	}
}

static bool try_shared(void *it)
{
	struct reentrant *lock = it;

	while (true) {
		uint32_t state = atomic_load(&lock->state);

		if ((state & EXCLUSIVE_MASK) != 0 || reader_should_block(lock))
			return false;
		if (swap_state(lock, state, state + SHARED_UNIT)) {
			count_hold(lock, self(), state);
			return true;
		}
	}
}

static inline void reentrant_lock_shared(struct reentrant *lock)
{
	uint32_t state = atomic_load(&lock->state);

	if ((state & EXCLUSIVE_MASK) == 0 && !reader_should_block(lock)
	    && swap_state(lock, state, state + SHARED_UNIT))
		count_hold(lock, self(), state);
	else if (!try_shared(lock))
		acquire_queued(&lock->queue, true, try_shared, lock);
}

static inline void reentrant_unlock_shared(struct reentrant *lock)
{
	struct thread *me = self();

	if (LOAD(lock->first_reader) == me) {
		if (LOAD(lock->first_reader_holds) == 1)
			STORE(lock->first_reader, NULL);
		else
			STORE(lock->first_reader_holds, LOAD(lock->first_reader_holds) - 1);
	} else {
		holds_of(lock, me)->count--;
	}
	while (true) {
		uint32_t state = atomic_load(&lock->state);

		if (swap_state(lock, state, state - SHARED_UNIT)) {
			if (state == SHARED_UNIT)
				wake_first(&lock->queue);
			return;
		}
	}
}

static bool try_exclusive(void *it)
{
	struct reentrant *lock = it;

	if (atomic_load(&lock->state) != 0 || (lock->fair && somebody_is_before(&lock->queue))
	    || !swap_state(lock, 0, 1))
		return false;
	STORE(lock->owner, self());
	return true;
}

static inline void reentrant_lock_exclusive(struct reentrant *lock)
{
	if (!try_exclusive(lock))
		acquire_queued(&lock->queue, false, try_exclusive, lock);
}

static inline void reentrant_unlock_exclusive(struct reentrant *lock)
{
	STORE(lock->owner, NULL);
	atomic_store(&lock->state, 0);
	wake_first(&lock->queue);
}

#endif
