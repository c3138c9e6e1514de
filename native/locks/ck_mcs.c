/* SPDX-License-Identifier: Apache-2.0 */
/* The MCS lock of Concurrency Kit. */
#include <ck_spinlock.h>

#include "machine.h"

struct lock {
	ck_spinlock_mcs_t it;
};

static _Thread_local struct {
	_Alignas(PADDED) ck_spinlock_mcs_context_t node;
	char free[PADDED];
} own;

static void lock_open(struct lock *lock, int readers)
{
	(void)readers;
	ck_spinlock_mcs_init(&lock->it);
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	ck_spinlock_mcs_lock(&lock->it, &own.node);
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	ck_spinlock_mcs_unlock(&lock->it, &own.node);
}

#define SYMBOL lock_ck_mcs
#define NAME "ck-mcs"
#define STRATEGY ""
#include "exclusive.h"
#include "section.h"
