/* SPDX-License-Identifier: Apache-2.0 */
/* The mutex of the C library with priority inheritance: where it waits, the kernel's rt_mutex. */
#define _GNU_SOURCE
#define SET_KIND(kind) pthread_mutexattr_setprotocol(kind, PTHREAD_PRIO_INHERIT)
#define KIND "a mutex with priority inheritance"
#define SYMBOL lock_pthread_mutex_pi
#define NAME "pthread-mutex:pi"
#define STRATEGY "pthread-mutex:pi"
#include "pthread_mutex.h"
