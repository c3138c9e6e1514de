/* SPDX-License-Identifier: Apache-2.0 */
/* A reference on the attachment for each event, unless it is dead (Valois 1995; refcount_inc_not_zero()). */
#include "anonymous.h"
#include "slots.h"
#include "twins.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct twins twins;
	struct slots retries;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->twins = twins_of(guard->entries);
	for (uint32_t i = 0; i < guard->entries; i++)
		STORE(twin(&guard->twins, i, 0)->references[0], 1);
	guard->retries = slots_of(readers);
}

static inline bool increment_unless_zero(_Atomic uint64_t *count)
{
	uint64_t seen = atomic_load(count);

	while (seen != 0)
		if (atomic_compare_exchange_strong(count, &seen, seen + 1))
			return true;
	return false;
}

static inline struct record *take(struct guard *guard, int slot, uint32_t position)
{
	while (true) {
		uint32_t version = version_of(&guard->twins, position);
		struct record *record = twin(&guard->twins, position, version);

		if (increment_unless_zero(&record->references[0])) {
			if (version_of(&guard->twins, position) == version)
				return record;
			atomic_fetch_sub(&record->references[0], 1);
		}
		guard->retries.all[slot].own++;
	}
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	struct record *record = take(guard, slot, position);
	uint64_t attachment = record_snapshot(record);

	atomic_fetch_sub(&record->references[0], 1);
	return attachment;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	struct record *record = take(guard, slot, position);
	int result = deliver(record_load(record), sink);

	atomic_fetch_sub(&record->references[0], 1);
	return result;
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	uint32_t version = prepare(&guard->twins, position, attachment);
	_Atomic uint64_t *old = &twin(&guard->twins, position, version - 1)->references[0];

	STORE_RELEASE(twin(&guard->twins, position, version)->references[0], 1);
	publish(&guard->twins, position, version);
	if (atomic_fetch_sub(old, 1) != 1)
		for (unsigned round = 0; atomic_load(old) != 0; round++)
			backoff(round);
}

CONTESTANT(lock_refcount, "refcount", "refcount", false)
