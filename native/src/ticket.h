/* SPDX-License-Identifier: Apache-2.0 */
/* The ticket lock (Mellor-Crummey and Scott 1991, algorithm 2), alone or inside another. */
#ifndef STEWARD_TICKET_H
#define STEWARD_TICKET_H

#include "machine.h"

struct ticket_lock {
	_Atomic uint32_t next;
	_Atomic uint32_t serving;
};

static inline uint32_t ticket_lock(struct ticket_lock *lock)
{
	uint32_t ticket = atomic_fetch_add(&lock->next, 1);

	for (unsigned round = 0; LOAD_ACQUIRE(lock->serving) != ticket; round++)
		backoff(round);
	return ticket;
}

static inline void ticket_unlock(struct ticket_lock *lock, uint32_t ticket)
{
	STORE_RELEASE(lock->serving, ticket + 1);
}

#endif
