/* SPDX-License-Identifier: Apache-2.0 */
/* The ticket lock of Concurrency Kit. */
#include <ck_spinlock.h>

#include "machine.h"

struct lock {
	ck_spinlock_ticket_t it;
};

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	ck_spinlock_ticket_init(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	ck_spinlock_ticket_lock(&lock->it);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	ck_spinlock_ticket_unlock(&lock->it);
}

#define SYMBOL lock_ck_ticket
#define NAME "ck-ticket"
#define STRATEGY ""
#include "exclusive.h"
#include "section.h"
