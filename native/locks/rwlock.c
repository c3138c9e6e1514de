/* SPDX-License-Identifier: Apache-2.0 */
/* ReentrantReadWriteLock, served in no order. */
#define FAIR false
#define SYMBOL lock_rwlock
#define NAME "rwlock"
#define STRATEGY "rwlock"
#include "reentrant_section.h"
