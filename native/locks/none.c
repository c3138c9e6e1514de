/* SPDX-License-Identifier: Apache-2.0 */
/* No lock at all: the floor of every cost, and the control that the oracle can see. */
#include "anonymous.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct record *table;
};

static void guard_open(struct guard *guard, int readers)
{
	(void)readers;
	guard->table = memory(guard->entries * sizeof(struct record));
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	(void)slot;
	return record_snapshot(&guard->table[position]);
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	(void)slot;
	return deliver(record_load(&guard->table[position]), sink);
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	record_store(&guard->table[position], attachment);
}

CONTESTANT(lock_none, "none", "unguarded", true)
