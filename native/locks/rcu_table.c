/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of the whole table. */
#include "epochs.h"

#define PAGE_SHIFT(entries) ((unsigned)__builtin_ctz(entries))
#define SPARES 4
#define SYMBOL lock_rcu_table
#define NAME "rcu-table"
#define STRATEGY "rcu-table"
#include "pages.h"
