/* SPDX-License-Identifier: Apache-2.0 */
#include "queue.h"

#define OWN_NODES 64

static _Thread_local struct node own_nodes[OWN_NODES];
static _Thread_local unsigned next_node;

struct node *fresh_node(bool shared)
{
	struct node *node = &own_nodes[next_node++ % OWN_NODES];

	STORE(node->prev, NULL);
	STORE(node->next, NULL);
	STORE(node->waiter, NULL);
	STORE(node->status, 0);
	node->shared = shared;
	return node;
}

void make_head(struct queue *queue)
{
	struct node *head = memory(sizeof(struct node));
	struct node *expected = NULL;

	/* Seldom twice, and then the second is left lying. */
	if (atomic_compare_exchange_strong(&queue->head, &expected, head))
		STORE_RELEASE(queue->tail, head);
}
