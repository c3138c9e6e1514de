/* SPDX-License-Identifier: Apache-2.0 */
/* Optimistic StampedLock, the read lock after too many failures; a report takes a reference. */
#include "anonymous.h"
#include "references.h"
#include "slots.h"
#include "stamped.h"
#include "workload.h"

#define MAX_OPTIMISTIC_READS 4

struct guard {
	uint32_t entries;
	struct record *table;
	struct stamped *lock;
	struct slots retries;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->table = memory(guard->entries * sizeof(struct record));
	guard->lock = memory(sizeof(struct stamped) + PADDED);
	STORE(guard->lock->state, ORIGIN);
	guard->retries = slots_of(readers);
}

static __attribute__((noinline)) uint64_t translate_locked(struct guard *guard, uint32_t position)
{
	uint64_t attachment;

	stamped_lock_shared(guard->lock);
	attachment = record_snapshot(&guard->table[position]);
	stamped_unlock_shared(guard->lock);
	return attachment;
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
		uint64_t stamp = try_optimistic(guard->lock);
		uint64_t attachment = record_snapshot(&guard->table[position]);

		if (is_valid(guard->lock, stamp))
			return attachment;
		guard->retries.all[slot].own++;
	}
	return translate_locked(guard, position);
}

static __attribute__((noinline)) int report_locked(struct guard *guard, uint32_t position, struct sink *sink)
{
	int result;

	stamped_lock_shared(guard->lock);
	result = deliver(record_load(&guard->table[position]), sink);
	stamped_unlock_shared(guard->lock);
	return result;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	struct record *record = &guard->table[position];

	for (int i = 0; i < MAX_OPTIMISTIC_READS; i++) {
		uint64_t stamp = try_optimistic(guard->lock);
		uint64_t attachment = record_load(record);
		uint64_t generation = LOAD(record->generation);

		if (is_valid(guard->lock, stamp)) {
			if (!is_attached(attachment))
				return deliver(attachment, sink);
			if (try_take(record, generation)) {
				int result = deliver(attachment, sink);

				put(record, generation);
				return result;
			}
		}
		guard->retries.all[slot].own++;
	}
	return report_locked(guard, position, sink);
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	struct record *record = &guard->table[position];
	uint64_t generation = LOAD(record->generation);

	revive(record, generation + 1);
	stamped_lock_exclusive(guard->lock);
	record_store(record, attachment);
	stamped_unlock_exclusive(guard->lock);
	kill_and_wait(record, generation);
}

CONTESTANT(lock_stamped, "stamped", "stamped", false)
