/* SPDX-License-Identifier: Apache-2.0 */
/* The mutex of the C library. */
#define _GNU_SOURCE
#define SET_KIND(kind) pthread_mutexattr_settype(kind, PTHREAD_MUTEX_NORMAL)
#define KIND "a normal mutex"
#define SYMBOL lock_pthread_mutex
#define NAME "pthread-mutex"
#define STRATEGY "pthread-mutex"
#include "pthread_mutex.h"
