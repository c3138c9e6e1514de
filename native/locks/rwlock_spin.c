/* SPDX-License-Identifier: Apache-2.0 */
/* A spinning reader-writer lock, fair through a ticket lock beside its word (kernel/locking/qrwlock.c, Long 2014). */
#include "ticket.h"

#define WRITER_HOLDS 0xffU
#define WRITER_WAITS 0x100U
#define WRITER_MASK (WRITER_HOLDS | WRITER_WAITS)
#define READER 0x200U

struct lock {
	_Atomic uint32_t counts;
	struct ticket_lock queue;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static void lock_shared_in_turn(struct lock *lock)
{
	uint32_t turn;

	atomic_fetch_sub(&lock->counts, READER);
	turn = ticket_lock(&lock->queue);
	/* At the head no writer can be waiting: it would be at the head. One may still hold. */
	atomic_fetch_add(&lock->counts, READER);
	for (unsigned round = 0; (LOAD_ACQUIRE(lock->counts) & WRITER_HOLDS) != 0; round++)
		backoff(round);
	ticket_unlock(&lock->queue, turn);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	(void)slot;
	if ((atomic_fetch_add(&lock->counts, READER) & WRITER_MASK) != 0)
		lock_shared_in_turn(lock);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	atomic_fetch_sub(&lock->counts, READER);
}

static bool take(struct lock *lock, uint32_t expected)
{
	return atomic_compare_exchange_strong(&lock->counts, &expected, WRITER_HOLDS);
}

static uint64_t lock_exclusive(struct lock *lock)
{
	if (!take(lock, 0)) {
		uint32_t turn = ticket_lock(&lock->queue);

		if (!take(lock, 0)) {
			atomic_fetch_add(&lock->counts, WRITER_WAITS);
			for (unsigned round = 0;
			     LOAD_ACQUIRE(lock->counts) != WRITER_WAITS || !take(lock, WRITER_WAITS); round++)
				backoff(round);
		}
		ticket_unlock(&lock->queue, turn);
	}
	return 0;
}

static void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	atomic_fetch_sub(&lock->counts, WRITER_HOLDS);
}

#define SYMBOL lock_rwlock_spin
#define NAME "rwlock-spin"
#define STRATEGY "rwlock-spin"
#include "section.h"
