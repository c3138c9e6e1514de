/* SPDX-License-Identifier: Apache-2.0 */
/* Two tables: readers in the one, the writer in the other (Ramalhete and Correia 2015). */
#include <pthread.h>

#include "anonymous.h"
#include "slots.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct record *tables[2];
	struct slots indicators[2];
	char free[PADDED];
	_Atomic int side;
	_Atomic int indicator;
	char free_too[PADDED];
	pthread_mutex_t writers;
};

static void guard_open(struct guard *guard, int readers)
{
	for (int i = 0; i < 2; i++) {
		guard->tables[i] = memory(guard->entries * sizeof(struct record));
		guard->indicators[i] = slots_of(readers);
	}
	pthread_mutex_init(&guard->writers, NULL);
}

static inline _Atomic uint64_t *arrive(struct guard *guard, int slot)
{
	_Atomic uint64_t *word = &guard->indicators[LOAD_ACQUIRE(guard->indicator)].all[slot].word;

	atomic_store_explicit(word, 1, release);
	atomic_thread_fence(memory_order_seq_cst);
	return word;
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	_Atomic uint64_t *arrived = arrive(guard, slot);
	uint64_t attachment = record_snapshot(&guard->tables[LOAD_ACQUIRE(guard->side)][position]);

	atomic_store_explicit(arrived, IDLE, release);
	return attachment;
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	_Atomic uint64_t *arrived = arrive(guard, slot);
	int result = deliver(record_load(&guard->tables[LOAD_ACQUIRE(guard->side)][position]), sink);

	atomic_store_explicit(arrived, IDLE, release);
	return result;
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	int read;
	int arrivals;

	pthread_mutex_lock(&guard->writers);
	read = LOAD(guard->side);
	record_store(&guard->tables[1 - read][position], attachment);
	atomic_store(&guard->side, 1 - read);
	arrivals = LOAD(guard->indicator);
	/* Readers that loaded the number long ago may still arrive at the other one: it must be empty first. */
	await_all_idle(&guard->indicators[1 - arrivals]);
	atomic_store(&guard->indicator, 1 - arrivals);
	await_all_idle(&guard->indicators[arrivals]);
	record_store(&guard->tables[read][position], attachment);
	pthread_mutex_unlock(&guard->writers);
}

CONTESTANT(lock_left_right, "left-right", "left-right", false)
