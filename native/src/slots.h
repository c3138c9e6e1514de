/* SPDX-License-Identifier: Apache-2.0 */
/* One announcement word for each reader, on lines of its own (ReaderSlots of the Java side). */
#ifndef STEWARD_SLOTS_H
#define STEWARD_SLOTS_H

#include "machine.h"

#define IDLE 0

struct slot {
	_Atomic uint64_t word;
	/* Of the reader alone. */
	uint64_t own;
	char free[PADDED - 16];
};

struct slots {
	struct slot *all;
	int count;
};

static inline struct slots slots_of(int readers)
{
	return (struct slots){memory((size_t)readers * sizeof(struct slot)), readers};
}

static inline bool all_idle(struct slots *slots)
{
	for (int i = 0; i < slots->count; i++)
		if (atomic_load(&slots->all[i].word) != IDLE)
			return false;
	return true;
}

static inline void await_all_idle(struct slots *slots)
{
	for (unsigned round = 0; !all_idle(slots); round++)
		backoff(round);
}

#endif
