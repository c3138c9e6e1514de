/* SPDX-License-Identifier: Apache-2.0 */
/* A sequence in each record, of whose stream one thread at a time commits. */
#include "records.h"

struct place {
	char none;
};

static inline _Atomic uint64_t *place_of(struct place *place, struct record *record)
{
	(void)place;
	return &record->sequence;
}

static inline uint32_t place_lock(struct place *place)
{
	(void)place;
	return 0;
}

static inline void place_unlock(struct place *place, uint32_t ticket)
{
	(void)place;
	(void)ticket;
}

#define SYMBOL lock_seqlock_ste
#define NAME "seqlock-ste"
#define STRATEGY "seqlock-ste"
#include "seqlock.h"
