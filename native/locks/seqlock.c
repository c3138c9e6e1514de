/* SPDX-License-Identifier: Apache-2.0 */
/* A sequence for the whole table, with the ticket lock of its writers on its line, as in seqlock_t. */
#include "records.h"
#include "ticket.h"

struct place {
	_Atomic uint64_t sequence;
	struct ticket_lock writers;
};

static inline _Atomic uint64_t *place_of(struct place *place, struct record *record)
{
	(void)record;
	return &place->sequence;
}

static inline uint32_t place_lock(struct place *place)
{
	return ticket_lock(&place->writers);
}

static inline void place_unlock(struct place *place, uint32_t ticket)
{
	ticket_unlock(&place->writers, ticket);
}

#define SYMBOL lock_seqlock
#define NAME "seqlock"
#define STRATEGY "seqlock"
#include "seqlock.h"
