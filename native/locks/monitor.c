/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The monitor of HotSpot: a word in the object while nobody waits (Bacon et al. 1998), an ObjectMonitor from the first
 * contention on, with adaptive spinning, a stack of arrivals, a list of waiters and an heir presumptive.
 *
 * With nobody in sight the owner of an ObjectMonitor unlocks by a plain store, without a fence, so it can miss whoever
 * queues at that moment. The first in the queue is responsible for that: it sleeps for a limited time only.
 */
#include "machine.h"

#define INFLATING ((struct thread *)1)
#define INFLATED ((struct thread *)2)
#define SPIN_LIMIT 5000
#define PRE_SPIN 10
#define POVERTY 1000
#define BONUS 100
#define PENALTY 200
#define FIRST_NAP_MS 1
#define NAP_GROWTH 8
#define LONGEST_NAP_MS 1000

struct waiter {
	struct thread *thread;
	_Atomic(struct waiter *) next;
};

struct lock {
	/* The owner while it is thin, else one of the two above. */
	_Atomic(struct thread *) header;
	char free[PADDED - 8];
	_Atomic(struct thread *) owner;
	_Atomic(struct thread *) heir;
	/* Wakes now and then, in case an unlock missed the queue. */
	_Atomic(struct thread *) responsible;
	_Atomic(struct waiter *) arrivals;
	_Atomic(struct waiter *) entries;
	_Atomic int spin_duration;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	STORE(lock->spin_duration, SPIN_LIMIT);
}

static inline bool swap(_Atomic(struct thread *) *word, struct thread *seen, struct thread *next)
{
	return atomic_compare_exchange_strong(word, &seen, next);
}

static void inflate(struct lock *lock)
{
	struct thread *seen = LOAD_ACQUIRE(lock->header);

	for (unsigned round = 0; seen != INFLATED; round++) {
		if (seen != INFLATING && swap(&lock->header, seen, INFLATING)) {
			STORE(lock->owner, seen);
			STORE_RELEASE(lock->header, INFLATED);
		}
		backoff(round);
		seen = LOAD_ACQUIRE(lock->header);
	}
}

static bool try_lock(struct lock *lock, struct thread *me)
{
	return !LOAD(lock->owner) && swap(&lock->owner, NULL, me);
}

static void spin_longer(struct lock *lock)
{
	int duration = LOAD(lock->spin_duration);

	if (duration < SPIN_LIMIT)
		STORE(lock->spin_duration, (duration < POVERTY ? POVERTY : duration) + BONUS);
}

static bool try_spin(struct lock *lock, struct thread *me)
{
	int left = LOAD(lock->spin_duration);

	for (int i = 0; i < PRE_SPIN; i++) {
		if (try_lock(lock, me)) {
			spin_longer(lock);
			return true;
		}
		cpu_pause();
	}
	if (left <= 0)
		return false;
	if (!LOAD(lock->heir))
		STORE(lock->heir, me);
	for (struct thread *before = NULL; left > 0; left--) {
		struct thread *owner = LOAD(lock->owner);

		if (!owner) {
			if (swap(&lock->owner, NULL, me)) {
				if (LOAD(lock->heir) == me)
					STORE(lock->heir, NULL);
				spin_longer(lock);
				return true;
			}
			break;
		}
		/* Another one than before: the lock is passed about, and this one has no luck. */
		if (before && owner != before)
			break;
		before = owner;
		if (!LOAD(owner->runnable))
			break;
		cpu_pause();
	}
	if (left == 0 && LOAD(lock->spin_duration) > 0)
		STORE(lock->spin_duration, LOAD(lock->spin_duration) > PENALTY ? LOAD(lock->spin_duration) - PENALTY : 0);
	if (LOAD(lock->heir) == me) {
		STORE(lock->heir, NULL);
		atomic_thread_fence(memory_order_seq_cst);
		/* Whoever unlocked meanwhile counted on the heir. */
		return try_lock(lock, me);
	}
	return false;
}

/* By the owner: it alone takes waiters off. */
static void take_off(struct lock *lock, struct waiter *waiter)
{
	_Atomic(struct waiter *) *at;
	struct waiter *first = waiter;

	if (LOAD(lock->arrivals) == waiter
	    && atomic_compare_exchange_strong(&lock->arrivals, &first, LOAD(waiter->next)))
		return;
	for (at = &lock->arrivals; LOAD(*at) && LOAD(*at) != waiter; at = &LOAD(*at)->next)
		;
	if (!LOAD(*at))
		for (at = &lock->entries; LOAD(*at) != waiter; at = &LOAD(*at)->next)
			;
	STORE(*at, LOAD(waiter->next));
}

static void wait_for(struct lock *lock, struct thread *me)
{
	struct waiter waiter = {.thread = me};
	struct waiter *first;
	unsigned nap_ms = FIRST_NAP_MS;

	if (try_lock(lock, me) || try_spin(lock, me))
		return;
	first = LOAD(lock->arrivals);
	do {
		STORE(waiter.next, first);
		if (try_lock(lock, me))
			return;
	} while (!atomic_compare_exchange_strong(&lock->arrivals, &first, &waiter));
	if (!first && !LOAD(lock->entries))
		swap(&lock->responsible, NULL, me);
	while (!try_lock(lock, me)) {
		if (LOAD(lock->responsible) == me) {
			park_for(nap_ms);
			nap_ms = nap_ms * NAP_GROWTH < LONGEST_NAP_MS ? nap_ms * NAP_GROWTH : LONGEST_NAP_MS;
		} else {
			park();
		}
		if (try_lock(lock, me) || try_spin(lock, me))
			break;
		if (LOAD(lock->heir) == me)
			STORE(lock->heir, NULL);
		atomic_thread_fence(memory_order_seq_cst);
	}
	take_off(lock, &waiter);
	if (LOAD(lock->heir) == me)
		STORE(lock->heir, NULL);
	if (LOAD(lock->responsible) == me)
		STORE(lock->responsible, NULL);
	/*
	 * Whoever queued and still saw this one in the queue, or responsible, sleeps without a limit: the unlock to come
	 * must see it. In HotSpot the thread passes a fence when it leaves its blocked state.
	 */
	atomic_thread_fence(memory_order_seq_cst);
}

static __attribute__((noinline)) void lock_slowly(struct lock *lock, struct thread *me)
{
	inflate(lock);
	if (!swap(&lock->owner, NULL, me) && !try_spin(lock, me))
		wait_for(lock, me);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	struct thread *me = self();

	if (LOAD(lock->header) == INFLATED ? !swap(&lock->owner, NULL, me) : !swap(&lock->header, NULL, me))
		lock_slowly(lock, me);
	return 0;
}

static __attribute__((noinline)) void unlock_slowly(struct lock *lock, struct thread *me)
{
	while (LOAD_ACQUIRE(lock->header) != INFLATED)
		cpu_pause();
	while (true) {
		struct waiter *first;

		STORE_RELEASE(lock->owner, NULL);
		atomic_thread_fence(memory_order_seq_cst);
		if ((!LOAD(lock->entries) && !LOAD(lock->arrivals)) || LOAD(lock->heir))
			return;
		if (!swap(&lock->owner, NULL, me))
			return;
		first = LOAD(lock->entries);
		if (!first) {
			first = atomic_exchange(&lock->arrivals, NULL);
			STORE(lock->entries, first);
		}
		if (first && !LOAD(lock->heir)) {
			struct thread *heir = first->thread;

			STORE(lock->heir, heir);
			STORE_RELEASE(lock->owner, NULL);
			atomic_thread_fence(memory_order_seq_cst);
			unpark(heir);
			return;
		}
	}
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	struct thread *me = self();

	(void)token;
	if (LOAD(lock->header) == INFLATED && !LOAD(lock->entries) && !LOAD(lock->arrivals)) {
		STORE_RELEASE(lock->owner, NULL);
	} else if (LOAD(lock->header) == INFLATED || !swap(&lock->header, me, NULL)) {
		unlock_slowly(lock, me);
	}
}

#define SYMBOL lock_monitor
#define NAME "monitor"
#define STRATEGY "monitor"
#include "exclusive.h"
#include "section.h"
