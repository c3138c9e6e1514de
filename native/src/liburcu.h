/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copy-on-write of one record with liburcu: URCU(function) is that of a flavour, whose header has been included, and
 * END_OF_BATCH what its readers say then. To be included below them and SYMBOL and NAME.
 */
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
	URCU(register_thread)();
}

static inline void periods_deregister(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	URCU(unregister_thread)();
}

static inline void periods_enter(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	URCU(read_lock)();
}

static inline void periods_exit(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	URCU(read_unlock)();
}

static inline void periods_quiesce(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
	END_OF_BATCH;
}

static inline void periods_synchronize(struct periods *periods)
{
	(void)periods;
	URCU(synchronize_rcu)();
}

#define PERIODS struct periods
#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define STRATEGY ""
#include "pages.h"
