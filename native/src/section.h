/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records in place behind one lock, held over look-up and report: what the lock-shaped strategies share. To be included
 * below struct lock and lock_open, lock_shared, unlock_shared, lock_exclusive, unlock_exclusive; SYMBOL, NAME and
 * STRATEGY say what is made.
 */
#include "anonymous.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct record *table;
	struct lock *lock;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->table = memory(guard->entries * sizeof(struct record));
	guard->lock = memory(sizeof(struct lock) + PADDED);
	lock_open(guard->lock, readers);
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	uint64_t token = lock_shared(guard->lock, slot);
	uint64_t attachment = record_snapshot(&guard->table[position]);

	unlock_shared(guard->lock, slot, token);
	return attachment;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	uint64_t token = lock_shared(guard->lock, slot);
	int result = deliver(record_load(&guard->table[position]), sink);

	unlock_shared(guard->lock, slot, token);
	return result;
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	uint64_t token = lock_exclusive(guard->lock);

	record_store(&guard->table[position], attachment);
	unlock_exclusive(guard->lock, token);
}

CONTESTANT(SYMBOL, NAME, STRATEGY, false)
