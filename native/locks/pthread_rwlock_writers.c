/* SPDX-License-Identifier: Apache-2.0 */
/* The reader-writer lock of the C library, writers first. */
#define _GNU_SOURCE
#define PREFERENCE PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP
#define PREFERRED "writers"
#define SYMBOL lock_pthread_rwlock_writers
#define NAME "pthread-rwlock:writers"
#define STRATEGY "pthread-rwlock:writers"
#include "pthread_rwlock.h"
