/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with sleepable RCU, readers with two full fences. */
#include "machine.h"

static inline void fence_on_the_way_in(void)
{
	atomic_thread_fence(memory_order_seq_cst);
}

static inline void fence_on_the_way_out(void)
{
	atomic_thread_fence(memory_order_seq_cst);
}

static inline void fence_of_a_writer(void)
{
	atomic_thread_fence(memory_order_seq_cst);
}

#include "sleepable.h"

#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_rcu_entry_srcu
#define NAME "rcu-entry:srcu"
#define STRATEGY "rcu-entry:srcu"
#include "pages.h"
