/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sequence lock (include/linux/seqlock.h; Boehm 2012), wherever its sequence lies. To be included below struct
 * place, place_of, place_lock and place_unlock; SYMBOL, NAME and STRATEGY say what is made.
 */
#include "anonymous.h"
#include "references.h"
#include "slots.h"
#include "workload.h"

struct guard {
	uint32_t entries;
	struct record *table;
	struct place *place;
	struct slots retries;
};

static void guard_open(struct guard *guard, int readers)
{
	guard->table = memory(guard->entries * sizeof(struct record));
	guard->place = memory(sizeof(struct place) + PADDED);
	guard->retries = slots_of(readers);
}

static inline bool unchanged(_Atomic uint64_t *sequence, uint64_t before)
{
	atomic_thread_fence(acquire);
	return (before & 1) == 0 && atomic_load_explicit(sequence, relaxed) == before;
}

static inline void retry(struct guard *guard, int slot, unsigned round)
{
	guard->retries.all[slot].own++;
	backoff(round);
}

static inline uint64_t guard_translate(struct guard *guard, int slot, uint32_t position)
{
	struct record *record = &guard->table[position];
	_Atomic uint64_t *sequence = place_of(guard->place, record);

	for (unsigned round = 0;; round++) {
		uint64_t before = atomic_load_explicit(sequence, acquire);
		uint64_t attachment = record_snapshot(record);

		if (unchanged(sequence, before))
			return attachment;
		retry(guard, slot, round);
	}
}

static inline int guard_report(struct guard *guard, int slot, uint32_t position, struct sink *sink)
{
	struct record *record = &guard->table[position];
	_Atomic uint64_t *sequence = place_of(guard->place, record);

	for (unsigned round = 0;; round++) {
		uint64_t before = atomic_load_explicit(sequence, acquire);
		uint64_t attachment = record_load(record);
		uint64_t generation = LOAD(record->generation);

		if (unchanged(sequence, before)) {
			if (!is_attached(attachment))
				return deliver(attachment, sink);
			if (try_take(record, generation)) {
				int result = deliver(attachment, sink);

				put(record, generation);
				return result;
			}
		}
		retry(guard, slot, round);
	}
}

static void guard_commit(struct guard *guard, uint32_t position, uint64_t attachment)
{
	struct record *record = &guard->table[position];
	_Atomic uint64_t *sequence = place_of(guard->place, record);
	uint64_t generation = LOAD(record->generation);
	uint32_t ticket;
	uint64_t even;

	revive(record, generation + 1);
	ticket = place_lock(guard->place);
	even = atomic_load_explicit(sequence, relaxed);
	atomic_store_explicit(sequence, even + 1, relaxed);
	atomic_thread_fence(release);
	record_store(record, attachment);
	atomic_store_explicit(sequence, even + 2, release);
	place_unlock(guard->place, ticket);
	kill_and_wait(record, generation);
}

CONTESTANT(SYMBOL, NAME, STRATEGY, false)
