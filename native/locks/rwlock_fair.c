/* SPDX-License-Identifier: Apache-2.0 */
/* ReentrantReadWriteLock, served in order of arrival. */
#define FAIR true
#define SYMBOL lock_rwlock_fair
#define NAME "rwlock-fair"
#define STRATEGY "rwlock-fair"
#include "reentrant_section.h"
