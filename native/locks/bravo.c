/* SPDX-License-Identifier: Apache-2.0 */
/* A bias in favour of readers over a reader-writer lock (Dice and Kogan 2019, listing 1). */
#include "reentrant.h"

#define SLOTS 4096
#define INHIBIT_FACTOR 9
#define SLOW UINT64_MAX
#define MIX 0x9e3779b97f4a7c15ULL
#define HASH_SHIFT (64 - 12)

struct lock {
	_Atomic uint64_t bias;
	char free[PADDED - 8];
	/* Written under the write lock, read under the read lock. */
	_Atomic uint64_t inhibit_until_ns;
	char free_too[PADDED - 8];
	uint64_t id;
	struct reentrant underlying;
};

static _Atomic uint64_t visible_readers[SLOTS];

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	lock->id = 1;
	STORE(lock->inhibit_until_ns, now_ns());
	atomic_store(&lock->bias, 1);
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	if (LOAD_ACQUIRE(lock->bias) != 0) {
		uint64_t at = (((uint64_t)slot + 1) * MIX ^ lock->id * MIX * MIX) * MIX >> HASH_SHIFT;
		uint64_t expected = 0;

		if (atomic_compare_exchange_strong(&visible_readers[at], &expected, lock->id)) {
			if (atomic_load(&lock->bias) != 0)
				return at;
			STORE_RELEASE(visible_readers[at], 0);
		}
	}
	reentrant_lock_shared(&lock->underlying);
	if (LOAD(lock->bias) == 0 && (int64_t)(now_ns() - LOAD(lock->inhibit_until_ns)) >= 0)
		STORE_RELEASE(lock->bias, 1);
	return SLOW;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	if (token == SLOW)
		reentrant_unlock_shared(&lock->underlying);
	else
		STORE_RELEASE(visible_readers[token], 0);
}

static void revoke(struct lock *lock)
{
	uint64_t start_ns;
	uint64_t end_ns;

	atomic_store(&lock->bias, 0);
	atomic_thread_fence(memory_order_seq_cst);
	start_ns = now_ns();
	for (int slot = 0; slot < SLOTS; slot++)
		for (unsigned round = 0; atomic_load(&visible_readers[slot]) == lock->id; round++)
			backoff(round);
	end_ns = now_ns();
	STORE(lock->inhibit_until_ns, end_ns + (end_ns - start_ns) * INHIBIT_FACTOR);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	reentrant_lock_exclusive(&lock->underlying);
	if (LOAD(lock->bias) != 0)
		revoke(lock);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	reentrant_unlock_exclusive(&lock->underlying);
}

#define SYMBOL lock_bravo
#define NAME "bravo"
#define STRATEGY "bravo"
#include "section.h"
