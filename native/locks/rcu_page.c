/* SPDX-License-Identifier: Apache-2.0 */
/* Copy-on-write of pages of 64 records. */
#include "epochs.h"

#define PAGE_SHIFT(entries) 6
#define SPARES 64
#define SYMBOL lock_rcu_page
#define NAME "rcu-page"
#define STRATEGY "rcu-page"
#include "pages.h"
