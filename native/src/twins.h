/* SPDX-License-Identifier: Apache-2.0 */
/* Two records for each position, of which a version word names the published one (TwinRecords of the Java side). */
#ifndef STEWARD_TWINS_H
#define STEWARD_TWINS_H

#include "records.h"

/* Answer of a look-up whose version moved meanwhile. */
#define CHANGED (1ULL << 63)

struct twins {
	_Atomic uint32_t *versions;
	struct record *records;
};

static inline struct twins twins_of(uint32_t entries)
{
	return (struct twins){
		memory(entries * sizeof(_Atomic uint32_t)), memory(2 * (size_t)entries * sizeof(struct record))};
}

static inline uint32_t version_of(struct twins *twins, uint32_t position)
{
	return LOAD_ACQUIRE(twins->versions[position]);
}

static inline struct record *twin(struct twins *twins, uint32_t position, uint32_t version)
{
	return &twins->records[position << 1 | (version & 1)];
}

static inline uint64_t validated_snapshot(struct twins *twins, uint32_t position)
{
	uint32_t version = version_of(twins, position);
	uint64_t attachment = record_snapshot(twin(twins, position, version));

	atomic_thread_fence(acquire);
	return LOAD(twins->versions[position]) == version ? attachment : CHANGED;
}

/* Fills the record of the next version, which nobody holds, and returns that version. */
static inline uint32_t prepare(struct twins *twins, uint32_t position, uint64_t attachment)
{
	uint32_t version = LOAD(twins->versions[position]);
	struct record *next = twin(twins, position, version + 1);

	record_copy(twin(twins, position, version), next);
	record_store(next, attachment);
	return version + 1;
}

static inline void publish(struct twins *twins, uint32_t position, uint32_t version)
{
	STORE_RELEASE(twins->versions[position], version);
}

#endif
