/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers follow a number to a page of records that does not change; the writer copies a page, publishes the copy and
 * reuses the old one after a grace period. To be included below PERIODS and its functions; PAGE_SHIFT(entries), SPARES,
 * SYMBOL, NAME and STRATEGY say what is made.
 */
#include <pthread.h>

#include "workload.h"

struct guard {
	uint32_t entries;
	unsigned page_shift;
	uint32_t record_mask;
	_Atomic uint32_t *directory;
	struct record *records;
	PERIODS *periods;
	char free[PADDED];
	pthread_mutex_t writers;
	uint32_t spares[SPARES];
	int spare_count;
};

static void guard_open(struct guard *guard, int readers)
{
	uint32_t pages;

	guard->page_shift = PAGE_SHIFT(guard->entries);
	guard->record_mask = (1U << guard->page_shift) - 1;
	pages = (guard->entries + guard->record_mask) >> guard->page_shift;
	guard->directory = memory(pages * sizeof(*guard->directory));
	guard->records = memory(((size_t)(pages + SPARES) << guard->page_shift) * sizeof(struct record));
	for (uint32_t page = 0; page < pages; page++)
		STORE_RELEASE(guard->directory[page], page << guard->page_shift);
	for (int i = 0; i < SPARES; i++)
		guard->spares[i] = (pages + SPARES - 1 - (uint32_t)i) << guard->page_shift;
	guard->spare_count = SPARES;
	guard->periods = memory(sizeof(PERIODS) + PADDED);
	periods_open(guard->periods, readers);
	pthread_mutex_init(&guard->writers, NULL);
}

static void guard_enter(struct guard *guard, int slot)
{
	periods_register(guard->periods, slot);
}

static void guard_leave(struct guard *guard, int slot)
{
	periods_deregister(guard->periods, slot);
}

static inline struct record *record_at(struct guard *guard, uint32_t position)
{
	return &guard->records[LOAD_ACQUIRE(guard->directory[position >> guard->page_shift])
			       + (position & guard->record_mask)];
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	uint64_t attachment;

	periods_enter(guard->periods, slot);
	attachment = record_snapshot(record_at(guard, position));
	periods_exit(guard->periods, slot);
	return attachment;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	int result;

	periods_enter(guard->periods, slot);
	result = deliver(record_load(record_at(guard, position)), sink);
	periods_exit(guard->periods, slot);
	return result;
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	_Atomic uint32_t *entry = &guard->directory[position >> guard->page_shift];
	uint32_t from;
	uint32_t to;

	/* One writer more than there are spares is more than the harness starts. */
	pthread_mutex_lock(&guard->writers);
	to = guard->spares[--guard->spare_count];
	from = atomic_load_explicit(entry, relaxed);
	for (uint32_t i = 0; i <= guard->record_mask; i++)
		record_copy(&guard->records[from + i], &guard->records[to + i]);
	record_store(&guard->records[to + (position & guard->record_mask)], attachment);
	atomic_store_explicit(entry, to, release);
	pthread_mutex_unlock(&guard->writers);
	periods_synchronize(guard->periods);
	pthread_mutex_lock(&guard->writers);
	guard->spares[guard->spare_count++] = from;
	pthread_mutex_unlock(&guard->writers);
}

static inline void guard_quiesce(struct guard *guard, int slot)
{
	periods_quiesce(guard->periods, slot);
}

CONTESTANT(SYMBOL, NAME, STRATEGY, false)
