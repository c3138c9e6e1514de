/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with the epochs of Concurrency Kit. */
#include <ck_epoch.h>

#include "machine.h"

struct periods {
	ck_epoch_t epoch;
	ck_epoch_record_t writer;
	struct {
		_Alignas(PADDED) ck_epoch_record_t it;
	} *readers;
};

static inline void periods_open(struct periods *periods, int readers)
{
	ck_epoch_init(&periods->epoch);
	ck_epoch_register(&periods->epoch, &periods->writer, NULL);
	periods->readers = memory((size_t)readers * sizeof(*periods->readers));
	for (int i = 0; i < readers; i++)
		ck_epoch_register(&periods->epoch, &periods->readers[i].it, NULL);
}

static inline void periods_register(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
}

static inline void periods_deregister(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
}

static inline void periods_enter(struct periods *periods, int slot)
{
	ck_epoch_begin(&periods->readers[slot].it, NULL);
}

static inline void periods_exit(struct periods *periods, int slot)
{
	ck_epoch_end(&periods->readers[slot].it, NULL);
}

static inline void periods_quiesce(struct periods *periods, int slot)
{
	(void)periods;
	(void)slot;
}

static inline void periods_synchronize(struct periods *periods)
{
	ck_epoch_synchronize(&periods->writer);
}

#define PERIODS struct periods
#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_ck_epoch
#define NAME "ck-epoch"
#define STRATEGY ""
#include "pages.h"
