/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A word for each reader, writers pay for all (kernel/locking/percpu-rwsem.c, kernel/rcu/sync.c). Grace periods take no
 * time of their own, as in the benchmarks of the Java side.
 */
#include <pthread.h>

#include "slots.h"

#define STATE_IDLE 0
#define STATE_ENTER 1
#define STATE_PASSED 2

struct lock {
	_Atomic int state;
	char free[PADDED - 4];
	_Atomic int blocked;
	char free_too[PADDED - 4];
	struct slots slots;
	struct small_lock guard;
	int writers;
	pthread_mutex_t turn;
};

static void lock_open(struct lock *lock, int readers)
{
	lock->slots = slots_of(readers);
	pthread_mutex_init(&lock->turn, NULL);
}

static __attribute__((noinline)) void lock_shared_beside_writers(struct lock *lock, struct slot *slot)
{
	slot->own++;
	atomic_thread_fence(memory_order_seq_cst);
	if (LOAD_ACQUIRE(lock->blocked) != 0) {
		STORE_RELEASE(slot->word, IDLE);
		pthread_mutex_lock(&lock->turn);
		STORE_RELEASE(slot->word, 1);
		pthread_mutex_unlock(&lock->turn);
	}
}

static inline uint64_t lock_shared(struct lock *lock, int slot)
{
	STORE_RELEASE(lock->slots.all[slot].word, 1);
	light_fence();
	if (LOAD_ACQUIRE(lock->state) != STATE_IDLE)
		lock_shared_beside_writers(lock, &lock->slots.all[slot]);
	return 0;
}

static inline void unlock_shared(struct lock *lock, int slot, uint64_t token)
{
	(void)token;
	if (LOAD_ACQUIRE(lock->state) != STATE_IDLE)
		atomic_thread_fence(memory_order_seq_cst);
	STORE_RELEASE(lock->slots.all[slot].word, IDLE);
}

static void send_readers_to_their_slow_path(struct lock *lock)
{
	bool first;

	small_lock(&lock->guard);
	first = LOAD(lock->state) == STATE_IDLE;
	if (first)
		atomic_store(&lock->state, STATE_ENTER);
	lock->writers++;
	small_unlock(&lock->guard);
	if (first) {
		heavy_fence();
		atomic_store(&lock->state, STATE_PASSED);
	} else {
		for (unsigned round = 0; LOAD_ACQUIRE(lock->state) == STATE_ENTER; round++)
			backoff(round);
	}
}

static uint64_t lock_exclusive(struct lock *lock)
{
	send_readers_to_their_slow_path(lock);
	pthread_mutex_lock(&lock->turn);
	atomic_store(&lock->blocked, 1);
	atomic_thread_fence(memory_order_seq_cst);
	await_all_idle(&lock->slots);
	return 0;
}

static void unlock_exclusive(struct lock *lock, uint64_t token)
{
	(void)token;
	STORE_RELEASE(lock->blocked, 0);
	pthread_mutex_unlock(&lock->turn);
	small_lock(&lock->guard);
	/* The grace period behind the last writer is over at once. */
	if (--lock->writers == 0)
		atomic_store(&lock->state, STATE_IDLE);
	small_unlock(&lock->guard);
}

#define SYMBOL lock_percpu_rwsem
#define NAME "percpu-rwsem"
#define STRATEGY "percpu-rwsem"
#include "section.h"
