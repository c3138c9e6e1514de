/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with liburcu, readers without a fence (membarrier). */
#define URCU_INLINE_SMALL_FUNCTIONS
#include <urcu/urcu-memb.h>

#define URCU(function) urcu_memb_##function
#define END_OF_BATCH (void)0
#define SYMBOL lock_urcu_memb
#define NAME "urcu-memb"
#include "liburcu.h"
