/* SPDX-License-Identifier: Apache-2.0 */
/* Readers and writers take turns by phases (Brandenburg and Anderson 2010, PF-T). */
#include "machine.h"

#define READER 0x100U
#define WRITER_BITS 3U
#define PRESENT 2U
#define PHASE 1U

struct lock {
	_Atomic uint32_t readers_in;
	_Atomic uint32_t readers_out;
	_Atomic uint32_t next_writer;
	_Atomic uint32_t writers_out;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	uint32_t writer = atomic_fetch_add(&lock->readers_in, READER) & WRITER_BITS;

	(void)slot;
	if (writer != 0)
		for (unsigned round = 0; (LOAD_ACQUIRE(lock->readers_in) & WRITER_BITS) == writer; round++)
			backoff(round);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)slot;
	(void)token;
	atomic_fetch_add(&lock->readers_out, READER);
}

static uint64_t lock_exclusive(struct lock *lock)
{
	uint32_t ticket = atomic_fetch_add(&lock->next_writer, 1);
	uint32_t before;

	for (unsigned round = 0; LOAD_ACQUIRE(lock->writers_out) != ticket; round++)
		backoff(round);
	before = atomic_fetch_add(&lock->readers_in, PRESENT | (ticket & PHASE));
	for (unsigned round = 0; LOAD_ACQUIRE(lock->readers_out) != before; round++)
		backoff(round);
	return ticket;
}

static void unlock_exclusive(struct lock *lock, uint64_t token)
{
	uint32_t ticket = (uint32_t)token;

	atomic_fetch_sub(&lock->readers_in, PRESENT | (ticket & PHASE));
	STORE_RELEASE(lock->writers_out, ticket + 1);
}

#define SYMBOL lock_phase_fair
#define NAME "phase-fair"
#define STRATEGY "phase-fair"
#include "section.h"
