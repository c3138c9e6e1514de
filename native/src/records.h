/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records behind the locks, as AttachmentLayout and AttachmentRecord of the Java side have them: 64 bytes for each
 * stream, four words that a reader checks against each other. Every access is relaxed and of a whole word; order and
 * exclusion are the guard's.
 */
#ifndef STEWARD_RECORDS_H
#define STEWARD_RECORDS_H

#include "machine.h"

#define VALID 1ULL

/* What a look-up gives where there is no attachment; an attachment is the vIOMMU id over the virtual StreamID. */
#define NOT_ATTACHED ((uint64_t)-1)
#define UNKNOWN_STREAM ((uint64_t)-2)
#define TORN ((uint64_t)-3)

struct record {
	/* Bit 0: a master owns the StreamID; bits 62:32: vIOMMU id, 0 if not attached. */
	_Atomic uint64_t state;
	_Atomic uint64_t virtual_stream_id;
	_Atomic uint64_t generation;
	_Atomic uint64_t checksum;
	/* For guards that use them: references of even and of odd generations, a sequence. */
	_Atomic uint64_t references[2];
	_Atomic uint64_t sequence;
	uint64_t free;
};

_Static_assert(sizeof(struct record) == 64, "as long as a stream table entry");

static inline uint64_t attachment_of(uint32_t viommu_id, uint32_t virtual_stream_id)
{
	return (uint64_t)viommu_id << 32 | virtual_stream_id;
}

static inline bool is_attached(uint64_t attachment)
{
	return (int64_t)attachment > 0;
}

static inline uint64_t record_checksum(uint64_t state, uint64_t virtual_stream_id, uint64_t generation)
{
	return (state * 0x9e3779b97f4a7c15ULL + virtual_stream_id) * 0xbf58476d1ce4e5b9ULL + generation;
}

static inline uint64_t attachment_in(uint64_t state, uint64_t virtual_stream_id)
{
	uint32_t viommu_id = (uint32_t)(state >> 32);

	if (viommu_id != 0)
		return attachment_of(viommu_id, (uint32_t)virtual_stream_id);
	return (state & VALID) == 0 ? UNKNOWN_STREAM : NOT_ATTACHED;
}

/* All four words, or TORN if they do not belong together. */
static inline uint64_t record_snapshot(struct record *record)
{
	uint64_t state = LOAD(record->state);
	uint64_t virtual_stream_id = LOAD(record->virtual_stream_id);
	uint64_t generation = LOAD(record->generation);

	if (LOAD(record->checksum) != record_checksum(state, virtual_stream_id, generation))
		return TORN;
	return attachment_in(state, virtual_stream_id);
}

/* The two words that a report needs. */
static inline uint64_t record_load(struct record *record)
{
	uint64_t state = LOAD(record->state);

	return attachment_in(state, LOAD(record->virtual_stream_id));
}

/* Rewrites a record where it is. One writer at a time. */
static inline void record_store(struct record *record, uint64_t attachment)
{
	bool attached = is_attached(attachment);
	uint64_t state = attached ? attachment >> 32 << 32 | VALID : attachment == NOT_ATTACHED ? VALID : 0;
	uint64_t virtual_stream_id =
		attached ? attachment & 0xffffffffULL : LOAD(record->virtual_stream_id);
	uint64_t generation = LOAD(record->generation) + 1;

	STORE(record->state, state);
	STORE(record->virtual_stream_id, virtual_stream_id);
	STORE(record->generation, generation);
	STORE(record->checksum, record_checksum(state, virtual_stream_id, generation));
}

static inline void record_copy(struct record *from, struct record *to)
{
	STORE(to->state, LOAD(from->state));
	STORE(to->virtual_stream_id, LOAD(from->virtual_stream_id));
	STORE(to->generation, LOAD(from->generation));
	STORE(to->checksum, LOAD(from->checksum));
}

#endif
