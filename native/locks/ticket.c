/* SPDX-License-Identifier: Apache-2.0 */
#include "ticket.h"

struct lock {
	struct ticket_lock tickets;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	return ticket_lock(&lock->tickets);
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	ticket_unlock(&lock->tickets, (uint32_t)token);
}

#define SYMBOL lock_ticket
#define NAME "ticket"
#define STRATEGY "ticket"
#include "exclusive.h"
#include "section.h"
