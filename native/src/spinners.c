/* SPDX-License-Identifier: Apache-2.0 */
#include "spinners.h"

/*
 * Nodes are taken in turn and come back long after everybody has left them: of a few threads each looks at one node at
 * a time. What a JVM leaves to its collector.
 */
#define OWN_NODES 64

static struct spinner gone;
static _Thread_local struct spinner own_nodes[OWN_NODES];
static _Thread_local unsigned next_node;

struct spinner *enter_spinners(struct spinners *spinners)
{
	struct spinner *own = &own_nodes[next_node++ % OWN_NODES];
	struct spinner *awaited;

	STORE(own->link, NULL);
	awaited = atomic_exchange(&spinners->tail, own);
	for (int look = 0; awaited; look++) {
		struct spinner *link = LOAD_ACQUIRE(awaited->link);

		if (link == &gone)
			break;
		if (link) {
			awaited = link;
		} else if (look >= LOOKS) {
			struct spinner *expected = own;

			if (!atomic_compare_exchange_strong(&spinners->tail, &expected, awaited))
				STORE_RELEASE(own->link, awaited);
			return NULL;
		}
		cpu_pause();
	}
	return own;
}

void leave_spinners(struct spinners *spinners, struct spinner *own)
{
	struct spinner *expected = own;

	if (!atomic_compare_exchange_strong(&spinners->tail, &expected, NULL))
		STORE_RELEASE(own->link, &gone);
}
