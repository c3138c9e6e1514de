/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The queue of sleepers behind the locks of java.util.concurrent (AbstractQueuedSynchronizer as of JDK 17, and, with a
 * node for each reader, that of StampedLock): first come, first served, a waiter spins a little when it becomes first.
 */
#ifndef STEWARD_QUEUE_H
#define STEWARD_QUEUE_H

#include "machine.h"

#define WAITING 1

struct node {
	_Alignas(PADDED) _Atomic(struct node *) prev;
	_Atomic(struct node *) next;
	_Atomic(struct thread *) waiter;
	_Atomic int status;
	bool shared;
};

struct queue {
	_Atomic(struct node *) head;
	_Atomic(struct node *) tail;
};

/* A node of the calling thread; it comes back long after it has left the queue and its last looker has gone. */
struct node *fresh_node(bool shared);

/* A first node that stands for nobody. */
void make_head(struct queue *queue);

static inline void wake_after(struct node *node)
{
	struct node *next = node ? LOAD_ACQUIRE(node->next) : NULL;

	if (next && atomic_load(&next->status) != 0) {
		struct thread *waiter = LOAD_ACQUIRE(next->waiter);

		atomic_fetch_and(&next->status, ~WAITING);
		if (waiter)
			unpark(waiter);
	}
}

static inline void wake_first(struct queue *queue)
{
	wake_after(LOAD_ACQUIRE(queue->head));
}

static inline bool first_is_exclusive(struct queue *queue)
{
	struct node *head = LOAD_ACQUIRE(queue->head);
	struct node *first = head ? LOAD_ACQUIRE(head->next) : NULL;

	return first && !first->shared && LOAD_ACQUIRE(first->waiter);
}

static inline bool somebody_is_before(struct queue *queue)
{
	struct node *head = LOAD_ACQUIRE(queue->head);
	struct node *first = head ? LOAD_ACQUIRE(head->next) : NULL;

	return head && head != LOAD_ACQUIRE(queue->tail) && first && LOAD_ACQUIRE(first->waiter) != self();
}

/* Tries until it succeeds, from the queue as soon as it has failed once there. */
static inline __attribute__((always_inline)) void acquire_queued(
	struct queue *queue, bool shared, bool (*tries)(void *), void *lock)
{
	struct node *node = NULL;
	bool first = false;
	unsigned char spins = 0;
	unsigned char spins_after = 0;

	while (true) {
		struct node *before = node ? LOAD_ACQUIRE(node->prev) : NULL;

		if (!first && before && !(first = LOAD_ACQUIRE(queue->head) == before) && !LOAD_ACQUIRE(before->prev)) {
			cpu_pause();
			continue;
		}
		if ((first || !before) && tries(lock)) {
			if (first) {
				STORE(node->prev, NULL);
				STORE_RELEASE(queue->head, node);
				STORE(before->next, NULL);
				STORE(node->waiter, NULL);
				if (shared) {
					struct node *next = LOAD_ACQUIRE(node->next);

					if (next && next->shared)
						wake_after(node);
				}
			}
			return;
		}
		if (!node) {
			node = fresh_node(shared);
		} else if (!before) {
			struct node *tail = LOAD_ACQUIRE(queue->tail);

			STORE(node->waiter, self());
			if (!tail) {
				make_head(queue);
			} else {
				STORE(node->prev, tail);
				if (atomic_compare_exchange_strong(&queue->tail, &tail, node))
					STORE_RELEASE(tail->next, node);
				else
					STORE(node->prev, NULL);
			}
		} else if (first && spins != 0) {
			spins--;
			cpu_pause();
		} else if (LOAD(node->status) == 0) {
			atomic_store(&node->status, WAITING);
		} else {
			spins = spins_after = (unsigned char)(spins_after << 1 | 1);
			park();
			STORE(node->status, 0);
		}
	}
}

#endif
