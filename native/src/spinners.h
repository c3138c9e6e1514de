/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Those who spin for a sleeping lock, of whom only the head looks at it: the place of the kernel's osq_lock(). Each
 * looks at its predecessor's node, so that one that gives up leaves a pointer behind (Scott and Scherer 2001).
 */
#ifndef STEWARD_SPINNERS_H
#define STEWARD_SPINNERS_H

#include "machine.h"

/* In place of "while the owner is on a CPU and nobody else needs mine". */
#define LOOKS 4096

struct spinner {
	_Alignas(PADDED) _Atomic(struct spinner *) link;
};

struct spinners {
	_Atomic(struct spinner *) tail;
};

/* Waits until the caller is the head; NULL if it gave up. */
struct spinner *enter_spinners(struct spinners *spinners);
void leave_spinners(struct spinners *spinners, struct spinner *own);

#endif
