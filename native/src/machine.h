/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What locks are made of here: waiting, parking, fences. The same ladders and the same orders as in the Java
 * strategies (Backoff, LockSupport, AsymmetricFence), so that what differs is the world and not the algorithm.
 */
#ifndef STEWARD_MACHINE_H
#define STEWARD_MACHINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two cache lines, as the Java side pads: the neighbour is fetched along. */
#define PADDED 128

#define relaxed memory_order_relaxed
#define acquire memory_order_acquire
#define release memory_order_release

#define LOAD(word) atomic_load_explicit(&(word), relaxed)
#define LOAD_ACQUIRE(word) atomic_load_explicit(&(word), acquire)
#define STORE(word, value) atomic_store_explicit(&(word), value, relaxed)
#define STORE_RELEASE(word, value) atomic_store_explicit(&(word), value, release)

static inline void cpu_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("isb" ::: "memory");
#else
	__asm__ volatile("" ::: "memory");
#endif
}

/* Beyond the spins of a wait: yields, then naps of 1 to 64 us. */
void backoff_slowly(unsigned round);

/* Waits a little, after so many rounds waited before, from 0. */
static inline void backoff(unsigned round)
{
	if (round < 100)
		cpu_pause();
	else
		backoff_slowly(round - 100);
}

/* A store-load fence whose price the rare side pays. */
static inline void light_fence(void)
{
#ifdef PLAIN_FENCES
	atomic_thread_fence(memory_order_seq_cst);
#else
	atomic_signal_fence(memory_order_seq_cst);
#endif
}

/* Its expensive half: membarrier(2). */
void heavy_fence(void);

/* A thread, as a lock knows it. */
struct thread {
	/* Not 0, and no multiple of another's. */
	uint64_t number;
	/* False while it sleeps in park(): what a spinner looks at. */
	_Atomic bool runnable;
	_Atomic int permit;
};

extern _Thread_local struct thread self_thread;

static inline struct thread *self(void)
{
	return &self_thread;
}

/* Sleeps until somebody calls unpark() for the caller, or has done so since the last call; may return early. */
void park(void);
/* Like park(), but not for longer than so many milliseconds. */
void park_for(unsigned ms);
void unpark(struct thread *thread);

uint64_t now_ns(void);

/* Zeroed, from a multiple of PADDED on; ends the program if there is none. */
void *memory(size_t bytes);

/* A lock that keeps the slow paths of others in order: what a kernel's wait_lock does. */
struct small_lock {
	_Atomic int taken;
};

static inline void small_lock(struct small_lock *lock)
{
	for (unsigned round = 0; atomic_exchange(&lock->taken, 1) != 0; round++)
		backoff(round);
}

static inline void small_unlock(struct small_lock *lock)
{
	STORE_RELEASE(lock->taken, 0);
}

#endif
