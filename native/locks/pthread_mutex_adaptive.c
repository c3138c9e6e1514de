/* SPDX-License-Identifier: Apache-2.0 */
/* The mutex of the C library that spins a little first. */
#define _GNU_SOURCE
#define SET_KIND(kind) pthread_mutexattr_settype(kind, PTHREAD_MUTEX_ADAPTIVE_NP)
#define KIND "an adaptive mutex"
#define SYMBOL lock_pthread_mutex_adaptive
#define NAME "pthread-mutex:adaptive"
#define STRATEGY "pthread-mutex:adaptive"
#include "pthread_mutex.h"
