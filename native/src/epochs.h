/* SPDX-License-Identifier: Apache-2.0 */
/* Grace periods by an epoch that readers announce for each section (Fraser 2004, chapter 5), without a fence. */
#ifndef STEWARD_EPOCHS_H
#define STEWARD_EPOCHS_H

#include "slots.h"

struct epochs {
	_Atomic uint64_t now;
	char free[PADDED - 8];
	struct slots slots;
};

static inline void periods_open(struct epochs *epochs, int readers)
{
	epochs->slots = slots_of(readers);
	atomic_store(&epochs->now, 1);
}

static inline void periods_register(struct epochs *epochs, int slot)
{
	(void)epochs;
	(void)slot;
}

static inline void periods_deregister(struct epochs *epochs, int slot)
{
	(void)epochs;
	(void)slot;
}

static inline void periods_enter(struct epochs *epochs, int slot)
{
	STORE_RELEASE(epochs->slots.all[slot].word, LOAD_ACQUIRE(epochs->now));
	light_fence();
}

static inline void periods_exit(struct epochs *epochs, int slot)
{
	STORE_RELEASE(epochs->slots.all[slot].word, IDLE);
}

static inline void periods_quiesce(struct epochs *epochs, int slot)
{
	(void)epochs;
	(void)slot;
}

static inline void periods_synchronize(struct epochs *epochs)
{
	uint64_t ticket = atomic_fetch_add(&epochs->now, 1) + 1;

	heavy_fence();
	for (int i = 0; i < epochs->slots.count; i++)
		for (unsigned round = 0;; round++) {
			uint64_t announced = atomic_load(&epochs->slots.all[i].word);

			if (announced == IDLE || announced >= ticket)
				break;
			backoff(round);
		}
}

#define PERIODS struct epochs

#endif
