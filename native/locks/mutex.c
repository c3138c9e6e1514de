/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mutex as the kernel's (kernel/locking/mutex.c): an owner word with three flags, spinners in a queue while the owner
 * runs, sleepers in another, of whom the first asks for hand-off once it has been passed over.
 */
#include "spinners.h"

#define WAITERS 1ULL
#define HAND_OFF 2ULL
#define PICK_UP 4ULL
#define FLAGS (WAITERS | HAND_OFF | PICK_UP)
#define OWNER_SHIFT 3

struct waiter {
	struct thread *thread;
	struct waiter *next;
	_Atomic bool woken;
};

struct lock {
	struct spinners spinners;
	_Atomic uint64_t word;
	/* A hint, believed only if it has the number in the word. */
	_Atomic(struct thread *) owner;
	struct small_lock wait_lock;
	struct waiter *first;
	struct waiter *last;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static inline uint64_t number_of(struct thread *thread)
{
	return thread->number << OWNER_SHIFT;
}

static inline bool own(struct lock *lock, struct thread *me)
{
	if (LOAD(lock->owner) != me)
		STORE(lock->owner, me);
	return true;
}

static inline bool swap(struct lock *lock, uint64_t seen, uint64_t next)
{
	return atomic_compare_exchange_strong(&lock->word, &seen, next);
}

static bool try_lock(struct lock *lock, struct thread *me, bool ask_for_hand_off)
{
	uint64_t number = number_of(me);

	while (true) {
		uint64_t seen = atomic_load(&lock->word);
		uint64_t next;

		if ((seen & ~FLAGS) == 0) {
			next = seen | number;
		} else if ((seen & PICK_UP) != 0) {
			if ((seen & ~FLAGS) != number)
				return false;
			next = seen & ~PICK_UP;
		} else if (ask_for_hand_off && (seen & HAND_OFF) == 0) {
			next = seen | HAND_OFF;
		} else {
			return false;
		}
		if (swap(lock, seen, next))
			return (next & ~FLAGS) == number && own(lock, me);
	}
}

static bool owner_sleeps(struct lock *lock)
{
	struct thread *known = LOAD(lock->owner);

	return known && number_of(known) == (atomic_load(&lock->word) & ~FLAGS) && !LOAD(known->runnable);
}

static bool spin_as_first(struct lock *lock, struct thread *me)
{
	for (int look = 0; look < LOOKS; look++) {
		if (try_lock(lock, me, false))
			return true;
		if (owner_sleeps(lock))
			return false;
		cpu_pause();
	}
	return false;
}

static bool spin(struct lock *lock, struct thread *me)
{
	struct spinner *spinner;
	bool taken;

	if (owner_sleeps(lock))
		return false;
	spinner = enter_spinners(&lock->spinners);
	if (!spinner)
		return false;
	taken = spin_as_first(lock, me);
	leave_spinners(&lock->spinners, spinner);
	return taken;
}

/* The wait_lock is held. */
static void take_off(struct lock *lock, struct waiter *waiter)
{
	struct waiter *before = NULL;

	for (struct waiter *at = lock->first; at != waiter; at = at->next)
		before = at;
	if (before)
		before->next = waiter->next;
	else
		lock->first = waiter->next;
	if (lock->last == waiter)
		lock->last = before;
	if (!lock->first)
		atomic_fetch_and(&lock->word, ~FLAGS);
}

static bool try_lock_or_queue(struct lock *lock, struct waiter *waiter)
{
	bool taken;

	small_lock(&lock->wait_lock);
	taken = try_lock(lock, waiter->thread, false);
	if (!taken) {
		if (!lock->last) {
			lock->first = waiter;
			atomic_fetch_or(&lock->word, WAITERS);
		} else {
			lock->last->next = waiter;
		}
		lock->last = waiter;
		/* A thread that unlocked since the try above saw nobody queued. */
		taken = try_lock(lock, waiter->thread, false);
		if (taken)
			take_off(lock, waiter);
	}
	small_unlock(&lock->wait_lock);
	return taken;
}

static bool try_lock_queued(struct lock *lock, struct thread *me)
{
	bool taken;

	small_lock(&lock->wait_lock);
	taken = try_lock(lock, me, false);
	small_unlock(&lock->wait_lock);
	return taken;
}

static void sleep_until_locked(struct lock *lock, struct thread *me, struct waiter *waiter)
{
	bool first;

	do {
		while (!atomic_load(&waiter->woken))
			park();
		/* Before the tries: a wake-up that comes meanwhile counts. */
		atomic_store(&waiter->woken, false);
		small_lock(&lock->wait_lock);
		first = lock->first == waiter;
		small_unlock(&lock->wait_lock);
	} while (!try_lock(lock, me, first) && !(first && spin_as_first(lock, me)) && !try_lock_queued(lock, me));
	small_lock(&lock->wait_lock);
	take_off(lock, waiter);
	small_unlock(&lock->wait_lock);
}

static __attribute__((noinline)) void lock_slowly(struct lock *lock, struct thread *me)
{
	struct waiter waiter = {.thread = me};

	if (try_lock(lock, me, false) || spin(lock, me))
		return;
	if (!try_lock_or_queue(lock, &waiter))
		sleep_until_locked(lock, me, &waiter);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	struct thread *me = self();

	if (!(swap(lock, 0, number_of(me)) && own(lock, me)))
		lock_slowly(lock, me);
	return 0;
}

static __attribute__((noinline)) void unlock_slowly(struct lock *lock)
{
	uint64_t seen = atomic_load(&lock->word);
	struct thread *woken = NULL;

	while ((seen & HAND_OFF) == 0 && !swap(lock, seen, seen & FLAGS))
		seen = atomic_load(&lock->word);
	if ((seen & WAITERS) == 0)
		return;
	small_lock(&lock->wait_lock);
	if (lock->first) {
		woken = lock->first->thread;
		if ((seen & HAND_OFF) != 0) {
			STORE(lock->owner, woken);
			atomic_store(&lock->word, number_of(woken) | PICK_UP | WAITERS);
		}
		atomic_store(&lock->first->woken, true);
	}
	small_unlock(&lock->wait_lock);
	if (woken)
		unpark(woken);
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	if (!swap(lock, number_of(self()), 0))
		unlock_slowly(lock);
}

#define SYMBOL lock_mutex
#define NAME "mutex"
#define STRATEGY "mutex"
#include "exclusive.h"
#include "section.h"
