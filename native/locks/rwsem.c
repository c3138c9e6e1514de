/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sleeping reader-writer semaphore, fair by phases, as the kernel's (kernel/locking/rwsem.c): readers add themselves
 * at once, writers spin before they sleep, one that heads the queue for 4 ms makes a hand-off due.
 */
#include "spinners.h"

#define WRITER 1ULL
#define WAITERS 2ULL
#define HAND_OFF 4ULL
#define READERS_SHIFT 8
#define READER (1ULL << READERS_SHIFT)
#define READERS (~(READER - 1))
#define LOCKED (WRITER | READERS)
#define READERS_AT_ONCE 256
#define HAND_OFF_NS 4000000ULL

#define OF_READERS 1ULL
#define NO_SPINNING 2ULL
#define OWNER_SHIFT 2

#define MAX_COUNTED_READERS 30
#define SPIN_NS 10000ULL
#define SPIN_NS_PER_READER 500ULL
#define LOOKS_PER_CLOCK 16

struct waiter {
	struct thread *thread;
	struct waiter *next;
	bool writer;
	uint64_t deadline_ns;
	_Atomic bool asked_for_hand_off;
	_Atomic bool granted;
};

/* Whom to wake once the wait_lock is free: by their threads, as a waiter is gone when it has been let in. */
struct woken {
	struct thread *threads[READERS_AT_ONCE];
	int count;
};

struct lock {
	struct spinners spinners;
	_Atomic uint64_t count;
	_Atomic uint64_t owner;
	_Atomic(struct thread *) owner_thread;
	struct small_lock wait_lock;
	struct waiter *first;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static inline uint64_t add(struct lock *lock, uint64_t by)
{
	return atomic_fetch_add(&lock->count, by) + by;
}

static inline bool swap(struct lock *lock, uint64_t seen, uint64_t next)
{
	return atomic_compare_exchange_strong(&lock->count, &seen, next);
}

static inline void own_as_readers(struct lock *lock)
{
	STORE(lock->owner, OF_READERS | (LOAD(lock->owner) & NO_SPINNING));
}

static inline void own_as_writer(struct lock *lock, struct thread *me)
{
	STORE(lock->owner, me->number << OWNER_SHIFT);
	if (LOAD(lock->owner_thread) != me)
		STORE(lock->owner_thread, me);
}

static bool owner_sleeps(struct lock *lock, uint64_t seen)
{
	struct thread *known = LOAD(lock->owner_thread);

	return known && known->number << OWNER_SHIFT == seen && !LOAD(known->runnable);
}

static bool is_over(struct waiter *waiter)
{
	return (int64_t)(now_ns() - waiter->deadline_ns) > 0;
}

static void append(struct lock *lock, struct waiter *waiter)
{
	struct waiter **at = &lock->first;

	while (*at)
		at = &(*at)->next;
	*at = waiter;
}

static void take_off(struct lock *lock, struct waiter *waiter)
{
	struct waiter **at = &lock->first;

	while (*at != waiter)
		at = &(*at)->next;
	*at = waiter->next;
}

static void wake_all(struct woken *woken)
{
	for (int i = 0; i < woken->count; i++)
		unpark(woken->threads[i]);
}

/* Lets the readers of the queue in, of whom so many are counted already. The wait_lock is held. */
static void let_readers_in(struct lock *lock, unsigned counted, struct woken *woken)
{
	struct waiter *in[READERS_AT_ONCE];
	struct waiter **at = &lock->first;
	unsigned readers = 0;

	while (*at && readers < READERS_AT_ONCE) {
		if ((*at)->writer) {
			at = &(*at)->next;
		} else {
			in[readers++] = *at;
			*at = (*at)->next;
		}
	}
	add(lock, (uint64_t)((int64_t)readers - (int64_t)counted) * READER - (lock->first ? 0 : WAITERS)
		- (atomic_load(&lock->count) & HAND_OFF));
	for (unsigned i = 0; i < readers; i++) {
		woken->threads[woken->count++] = in[i]->thread;
		atomic_store(&in[i]->granted, true);
	}
}

static void wake_head(struct lock *lock, bool writers_too, struct woken *woken)
{
	struct waiter *head = lock->first;
	uint64_t before;

	if (!head)
		return;
	if (head->writer) {
		if (writers_too)
			woken->threads[woken->count++] = head->thread;
		return;
	}
	/* Counted before the others are looked for, so that no writer can come in meanwhile. */
	before = add(lock, READER) - READER;
	if ((before & WRITER) != 0) {
		uint64_t by = -READER;

		if (is_over(head)) {
			by += (before & HAND_OFF) == 0 ? HAND_OFF : 0;
			atomic_store(&head->asked_for_hand_off, true);
		}
		add(lock, by);
		return;
	}
	own_as_readers(lock);
	let_readers_in(lock, 1, woken);
}

static void allow_spinning(struct lock *lock)
{
	if ((atomic_load(&lock->owner) & NO_SPINNING) != 0)
		atomic_fetch_and(&lock->owner, ~NO_SPINNING);
}

static void wake_if_unlocked(struct lock *lock, uint64_t seen, struct woken *woken)
{
	if ((seen & WRITER) != 0)
		return;
	if ((seen & READERS) == 0)
		allow_spinning(lock);
	wake_head(lock, (seen & READERS) == 0, woken);
}

static __attribute__((noinline)) void wake_any(struct lock *lock)
{
	struct woken woken = {.count = 0};

	small_lock(&lock->wait_lock);
	allow_spinning(lock);
	wake_head(lock, true, &woken);
	small_unlock(&lock->wait_lock);
	wake_all(&woken);
}

static bool steal(struct lock *lock, uint64_t found)
{
	struct woken woken = {.count = 0};
	bool of_readers = (atomic_load(&lock->owner) & OF_READERS) != 0 && found >> READERS_SHIFT > 1;

	if (of_readers || (found & (WRITER | HAND_OFF)) != 0)
		return false;
	own_as_readers(lock);
	if (found >> READERS_SHIFT == 1 && (found & WAITERS) != 0) {
		small_lock(&lock->wait_lock);
		if (lock->first && !lock->first->writer)
			let_readers_in(lock, 0, &woken);
		small_unlock(&lock->wait_lock);
		wake_all(&woken);
	}
	return true;
}

static __attribute__((noinline)) void lock_shared_slowly(struct lock *lock, uint64_t found)
{
	struct waiter waiter = {.thread = self(), .deadline_ns = now_ns() + HAND_OFF_NS};
	struct woken woken = {.count = 0};
	uint64_t by = -READER;

	if (steal(lock, found))
		return;
	small_lock(&lock->wait_lock);
	if (!lock->first) {
		if ((atomic_load(&lock->count) & WRITER) == 0) {
			own_as_readers(lock);
			small_unlock(&lock->wait_lock);
			return;
		}
		by += WAITERS;
	}
	append(lock, &waiter);
	wake_if_unlocked(lock, add(lock, by), &woken);
	small_unlock(&lock->wait_lock);
	wake_all(&woken);
	while (!atomic_load(&waiter.granted))
		park();
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	uint64_t found = add(lock, READER);

	(void)slot;
	if ((found & (WRITER | WAITERS | HAND_OFF)) == 0)
		own_as_readers(lock);
	else
		lock_shared_slowly(lock, found);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	if ((add(lock, -READER) & (LOCKED | WAITERS)) == WAITERS)
		wake_any(lock);
}

static bool try_past_queue(struct lock *lock, struct thread *me)
{
	uint64_t seen = atomic_load(&lock->count);

	while ((seen & (LOCKED | HAND_OFF)) == 0) {
		if (swap(lock, seen, seen | WRITER)) {
			own_as_writer(lock, me);
			return true;
		}
		seen = atomic_load(&lock->count);
	}
	return false;
}

static uint64_t spin_ns(struct lock *lock)
{
	uint64_t readers = atomic_load(&lock->count) >> READERS_SHIFT;

	return SPIN_NS + SPIN_NS_PER_READER * (readers < MAX_COUNTED_READERS ? readers : MAX_COUNTED_READERS);
}

static void forbid_spinning(struct lock *lock)
{
	uint64_t seen = atomic_load(&lock->owner);

	while ((seen & OF_READERS) != 0 && !atomic_compare_exchange_weak(&lock->owner, &seen, seen | NO_SPINNING))
		;
}

static bool spin_at_head(struct lock *lock, struct thread *me)
{
	bool of_readers_before = false;
	uint64_t until_ns = 0;
	int looks_at_readers = 0;

	for (int look = 0; look < LOOKS; look++) {
		uint64_t seen = atomic_load(&lock->owner);
		bool of_readers = (seen & OF_READERS) != 0;

		if ((seen & NO_SPINNING) != 0 || (!of_readers && seen != 0 && owner_sleeps(lock, seen)))
			return false;
		if (try_past_queue(lock, me))
			return true;
		if (of_readers && !of_readers_before) {
			until_ns = now_ns() + spin_ns(lock);
			looks_at_readers = 0;
		} else if (of_readers && ++looks_at_readers % LOOKS_PER_CLOCK == 0
			   && (int64_t)(now_ns() - until_ns) > 0) {
			forbid_spinning(lock);
			return false;
		}
		of_readers_before = of_readers;
		cpu_pause();
	}
	return false;
}

static bool spin(struct lock *lock, struct thread *me)
{
	uint64_t seen = atomic_load(&lock->owner);
	struct spinner *spinner;
	bool taken;

	if ((seen & NO_SPINNING) != 0 || owner_sleeps(lock, seen))
		return false;
	spinner = enter_spinners(&lock->spinners);
	if (!spinner)
		return false;
	taken = spin_at_head(lock, me);
	leave_spinners(&lock->spinners, spinner);
	return taken;
}

static bool try_queued(struct lock *lock, struct waiter *waiter)
{
	bool taken = false;

	small_lock(&lock->wait_lock);
	while (true) {
		uint64_t seen = atomic_load(&lock->count);
		bool due = (seen & HAND_OFF) != 0;
		bool locked = (seen & LOCKED) != 0;
		uint64_t next;

		if (due && atomic_load(&lock->first->asked_for_hand_off) && lock->first != waiter)
			break;
		if (locked && (due || !is_over(waiter)))
			break;
		next = locked ? seen | HAND_OFF
			: ((seen | WRITER) & ~HAND_OFF & ~(lock->first->next ? 0 : WAITERS));
		if (swap(lock, seen, next)) {
			if (locked) {
				atomic_store(&lock->first->asked_for_hand_off, true);
			} else {
				take_off(lock, waiter);
				own_as_writer(lock, waiter->thread);
				taken = true;
			}
			break;
		}
	}
	small_unlock(&lock->wait_lock);
	return taken;
}

/* True if a writer inside left while it was watched, so that it is worth a further try. */
static bool owner_left(struct lock *lock)
{
	uint64_t seen = atomic_load(&lock->owner);

	for (int look = 0; look < LOOKS && seen != 0 && (seen & (OF_READERS | NO_SPINNING)) == 0; look++) {
		if (owner_sleeps(lock, seen))
			return false;
		cpu_pause();
		seen = atomic_load(&lock->owner);
	}
	return seen == 0;
}

static __attribute__((noinline)) void lock_asleep(struct lock *lock, struct thread *me)
{
	struct waiter waiter = {.thread = me, .writer = true, .deadline_ns = now_ns() + HAND_OFF_NS};
	struct woken woken = {.count = 0};

	small_lock(&lock->wait_lock);
	append(lock, &waiter);
	if (lock->first != &waiter)
		wake_if_unlocked(lock, atomic_load(&lock->count), &woken);
	else
		atomic_fetch_or(&lock->count, WAITERS);
	small_unlock(&lock->wait_lock);
	wake_all(&woken);
	for (int round = 0; !try_queued(lock, &waiter); round++)
		if (!atomic_load(&waiter.asked_for_hand_off) || round >= LOOKS || !owner_left(lock))
			park();
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	struct thread *me = self();

	if (swap(lock, 0, WRITER))
		own_as_writer(lock, me);
	else if (!spin(lock, me))
		lock_asleep(lock, me);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	STORE(lock->owner, 0);
	if ((add(lock, -WRITER) & WAITERS) != 0)
		wake_any(lock);
}

#define SYMBOL lock_rwsem
#define NAME "rwsem"
#define STRATEGY "rwsem"
#include "section.h"
