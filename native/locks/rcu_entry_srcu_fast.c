/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with sleepable RCU, readers without a fence. */
#include "machine.h"

static inline void fence_on_the_way_in(void)
{
	light_fence();
}

static inline void fence_on_the_way_out(void)
{
}

static inline void fence_of_a_writer(void)
{
	heavy_fence();
}

#include "sleepable.h"

#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_rcu_entry_srcu_fast
#define NAME "rcu-entry:srcu-fast"
#define STRATEGY "rcu-entry:srcu-fast"
#include "pages.h"
