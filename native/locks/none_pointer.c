/* SPDX-License-Identifier: Apache-2.0 */
/* No lock at all, records behind a number that has to be loaded first: the floor of those that publish records. */
#include "anonymous.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	_Atomic uint32_t *directory;
	struct record *records;
};

static void guard_open(struct guard *guard, int readers)
{
	(void)readers;
	guard->directory = memory(guard->entries * sizeof(*guard->directory));
	guard->records = memory(guard->entries * sizeof(struct record));
	for (uint32_t i = 0; i < guard->entries; i++)
		STORE_RELEASE(guard->directory[i], i);
}

static inline struct record *record_at(struct guard *guard, uint32_t position)
{
	return &guard->records[LOAD_ACQUIRE(guard->directory[position])];
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	(void)slot;
	return record_snapshot(record_at(guard, position));
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	(void)slot;
	return deliver(record_load(record_at(guard, position)), sink);
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	record_store(record_at(guard, position), attachment);
}

CONTESTANT(lock_none_pointer, "none-pointer", "unguarded-pointer", true)
