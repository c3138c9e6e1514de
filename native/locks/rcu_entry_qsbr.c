/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record, readers by quiescent states. */
#include "quiescent.h"

#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_rcu_entry_qsbr
#define NAME "rcu-entry:qsbr"
#define STRATEGY "rcu-entry:qsbr"
#include "pages.h"
