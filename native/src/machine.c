/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "machine.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define YIELDS 20
#define MAX_NAP_SHIFT 6
#define NS_PER_S 1000000000ULL

_Thread_local struct thread self_thread;

void backoff_slowly(unsigned round)
{
	if (round < YIELDS) {
		sched_yield();
	} else {
		unsigned shift = round - YIELDS;
		struct timespec nap = {0, 1000L << (shift < MAX_NAP_SHIFT ? shift : MAX_NAP_SHIFT)};

		nanosleep(&nap, NULL);
	}
}

static void __attribute__((constructor)) register_barriers(void)
{
#ifndef PLAIN_FENCES
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) != 0) {
		fprintf(stderr, "twin: membarrier(2) is not available here; build with FENCES=plain\n");
		exit(2);
	}
#endif
}

void heavy_fence(void)
{
	atomic_thread_fence(memory_order_seq_cst);
#ifndef PLAIN_FENCES
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) != 0) {
		perror("twin: membarrier");
		exit(1);
	}
#endif
}

static void park_at_most(const struct timespec *limit)
{
	struct thread *me = self();

	if (atomic_exchange(&me->permit, 0) != 0)
		return;
	STORE(me->runnable, false);
	/* Returns at once if the permit has come meanwhile. */
	syscall(SYS_futex, &me->permit, FUTEX_WAIT_PRIVATE, 0, limit, NULL, 0);
	STORE(me->runnable, true);
	atomic_exchange(&me->permit, 0);
}

void park(void)
{
	park_at_most(NULL);
}

void park_for(unsigned ms)
{
	struct timespec limit = {ms / 1000, ms % 1000 * 1000000L};

	park_at_most(&limit);
}

void unpark(struct thread *thread)
{
	if (atomic_exchange(&thread->permit, 1) == 0)
		syscall(SYS_futex, &thread->permit, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

void *memory(size_t bytes)
{
	size_t whole = (bytes + PADDED - 1) / PADDED * PADDED;
	void *start = aligned_alloc(PADDED, whole);

	if (!start) {
		fprintf(stderr, "twin: no memory for %zu bytes\n", bytes);
		exit(1);
	}
	memset(start, 0, whole);
	return start;
}
