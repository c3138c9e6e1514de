/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with liburcu, readers with fences. */
#define URCU_INLINE_SMALL_FUNCTIONS
#include <urcu/urcu-mb.h>

#include "machine.h"

/* The library keeps its own. */
struct periods {
	char none;
};

static inline void periods_open(struct periods *periods, int readers)
{
	(void)periods;
	(void)readers;
}

static inline void periods_register(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	urcu_mb_register_thread();
}

static inline void periods_deregister(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	urcu_mb_unregister_thread();
}

static inline void periods_enter(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	urcu_mb_read_lock();
}

static inline void periods_exit(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	urcu_mb_read_unlock();
}

static inline void periods_quiesce(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
}

static inline void periods_synchronize(struct periods *periods)
{
	(void)periods;
	urcu_mb_synchronize_rcu();
}

#define PERIODS struct periods
#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_urcu_mb
#define NAME "urcu-mb"
#define STRATEGY ""
#include "pages.h"
