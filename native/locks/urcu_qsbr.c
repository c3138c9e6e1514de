/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record with liburcu, readers say when a batch has ended. */
#define URCU_INLINE_SMALL_FUNCTIONS
#include <urcu/urcu-qsbr.h>

#define URCU(function) urcu_qsbr_##function
#define END_OF_BATCH URCU(quiescent_state)()
#define SYMBOL lock_urcu_qsbr
#define NAME "urcu-qsbr"
#include "liburcu.h"
