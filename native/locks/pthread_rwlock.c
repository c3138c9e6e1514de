/* SPDX-License-Identifier: Apache-2.0 */
/* The reader-writer lock of the C library, readers first. */
#define _GNU_SOURCE
#define PREFERENCE PTHREAD_RWLOCK_PREFER_READER_NP
#define PREFERRED "readers"
#define SYMBOL lock_pthread_rwlock
#define NAME "pthread-rwlock"
#define STRATEGY "pthread-rwlock"
#include "pthread_rwlock.h"
