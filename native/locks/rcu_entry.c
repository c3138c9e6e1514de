/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of one record behind a number. */
#include "epochs.h"

#define PAGE_SHIFT(entries) 0
#define SPARES 1024
#define SYMBOL lock_rcu_entry
#define NAME "rcu-entry"
#define STRATEGY "rcu-entry"
#include "pages.h"
