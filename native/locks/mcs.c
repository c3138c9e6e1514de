/* SPDX-License-Identifier: Apache-2.0 */
/* The queue lock of Mellor-Crummey and Scott (1991, algorithm 5); a thread has one node. */
#include "machine.h"

struct node {
	_Alignas(PADDED) _Atomic int waiting;
	_Atomic(struct node *) next;
};

struct lock {
	_Atomic(struct node *) tail;
};

static _Thread_local struct node own_node;

static void lock_open(struct lock *lock, int readers)
{
	(void)lock;
	(void)readers;
}

static inline uint64_t lock_exclusive(struct lock *lock)
{
	struct node *node = &own_node;
	struct node *predecessor;

	STORE(node->next, NULL);
	predecessor = atomic_exchange(&lock->tail, node);
	if (predecessor) {
		STORE(node->waiting, 1);
		STORE_RELEASE(predecessor->next, node);
		for (unsigned round = 0; LOAD_ACQUIRE(node->waiting) != 0; round++)
			backoff(round);
	}
	return 0;
}

static inline void unlock_exclusive(struct lock *lock, uint64_t token)
{
	struct node *node = &own_node;

	(void)token;
	if (!LOAD_ACQUIRE(node->next)) {
		struct node *expected = node;

		if (atomic_compare_exchange_strong(&lock->tail, &expected, NULL))
			return;
		/* Somebody swapped the tail and has not linked itself yet. */
		for (unsigned round = 0; !LOAD_ACQUIRE(node->next); round++)
			backoff(round);
	}
	STORE_RELEASE(LOAD_ACQUIRE(node->next)->waiting, 0);
}

#define SYMBOL lock_mcs
#define NAME "mcs"
#define STRATEGY "mcs"
#include "exclusive.h"
#include "section.h"
