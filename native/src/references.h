/* SPDX-License-Identifier: Apache-2.0 */
/*
 * References on an attachment, taken unless it is dead (References of the Java side): what lets an optimistic reader go
 * on after its validation. A word holds the generation that it counts for, whether that is dead, and the count.
 */
#ifndef STEWARD_REFERENCES_H
#define STEWARD_REFERENCES_H

#include "records.h"

#define GENERATION_SHIFT 33
#define DEAD (1ULL << 32)
#define COUNT_MASK (DEAD - 1)

static inline _Atomic uint64_t *reference_word(struct record *record, uint64_t generation)
{
	return &record->references[generation & 1];
}

static inline bool try_take(struct record *record, uint64_t generation)
{
	_Atomic uint64_t *word = reference_word(record, generation);
	uint64_t seen = atomic_load(word);

	while ((seen & ~COUNT_MASK) == generation << GENERATION_SHIFT)
		if (atomic_compare_exchange_strong(word, &seen, seen + 1))
			return true;
	return false;
}

static inline void put(struct record *record, uint64_t generation)
{
	atomic_fetch_sub(reference_word(record, generation), 1);
}

static inline void revive(struct record *record, uint64_t generation)
{
	atomic_store_explicit(reference_word(record, generation), generation << GENERATION_SHIFT, release);
}

static inline void kill_and_wait(struct record *record, uint64_t generation)
{
	_Atomic uint64_t *word = reference_word(record, generation);

	atomic_fetch_add(word, DEAD);
	for (unsigned round = 0; (atomic_load(word) & COUNT_MASK) != 0; round++)
		backoff(round);
}

#endif
