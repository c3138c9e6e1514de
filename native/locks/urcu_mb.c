/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with liburcu, readers with fences. */
#define URCU_INLINE_SMALL_FUNCTIONS
#include <urcu/urcu-mb.h>

#define URCU(function) urcu_mb_##function
#define END_OF_BATCH (void)0
#define SYMBOL lock_urcu_mb
#define NAME "urcu-mb"
#include "liburcu.h"
