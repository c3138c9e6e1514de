/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sleepable RCU (McKenney 2006; kernel/rcu/srcutree.c): a reader counts itself in and out at one of two parities. The
 * fences are those of the file that includes this.
 */
#ifndef STEWARD_SLEEPABLE_H
#define STEWARD_SLEEPABLE_H

#include <pthread.h>

#include "slots.h"

struct sleepable {
	_Atomic int parity;
	char free[PADDED - 4];
	struct slots counts[2];
	pthread_mutex_t periods;
};

static inline void periods_open(struct sleepable *domain, int readers)
{
	for (int i = 0; i < 2; i++)
		domain->counts[i] = slots_of(readers);
	pthread_mutex_init(&domain->periods, NULL);
}

static inline void periods_register(struct sleepable *domain, int slot)
{
	(void)domain;
	(void)slot;
}

static inline void periods_deregister(struct sleepable *domain, int slot)
{
	(void)domain;
	(void)slot;
}

static inline void periods_enter(struct sleepable *domain, int slot)
{
	int now = LOAD_ACQUIRE(domain->parity);

	domain->counts[0].all[slot].own = (uint64_t)now;
	STORE_RELEASE(domain->counts[now].all[slot].word, 1);
	fence_on_the_way_in();
}

static inline void periods_exit(struct sleepable *domain, int slot)
{
	fence_on_the_way_out();
	STORE_RELEASE(domain->counts[domain->counts[0].all[slot].own].all[slot].word, IDLE);
}

static inline void periods_quiesce(struct sleepable *domain, int slot)
{
	(void)domain;
	(void)slot;
}

static inline void periods_synchronize(struct sleepable *domain)
{
	pthread_mutex_lock(&domain->periods);
	fence_of_a_writer();
	/* Readers that read the parity long ago may count themselves in late. */
	await_all_idle(&domain->counts[1 - LOAD(domain->parity)]);
	atomic_store(&domain->parity, 1 - LOAD(domain->parity));
	fence_of_a_writer();
	await_all_idle(&domain->counts[1 - LOAD(domain->parity)]);
	pthread_mutex_unlock(&domain->periods);
}

#define PERIODS struct sleepable

#endif
