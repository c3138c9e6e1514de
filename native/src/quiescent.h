/* SPDX-License-Identifier: Apache-2.0 */
/* Grace periods by quiescent states: a reader announces the epoch once for a batch (McKenney and Slingwine 1998). */
#ifndef STEWARD_QUIESCENT_H
#define STEWARD_QUIESCENT_H

/* All but what a reader does for a section is that of epochs. */
#define periods_enter epochs_enter
#define periods_exit epochs_exit
#define periods_quiesce epochs_quiesce
#include "epochs.h"
#undef periods_enter
#undef periods_exit
#undef periods_quiesce

static inline void periods_enter(struct epochs *epochs, int slot)
{
	if (LOAD(epochs->slots.all[slot].word) == IDLE)
		epochs_enter(epochs, slot);
}

static inline void periods_exit(struct epochs *epochs, int slot)
{
	epochs_quiesce(epochs, slot);
}

static inline void periods_quiesce(struct epochs *epochs, int slot)
{
	epochs_exit(epochs, slot);
}

#endif
