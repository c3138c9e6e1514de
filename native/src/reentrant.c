/* SPDX-License-Identifier: Apache-2.0 */
#include "reentrant.h"

_Thread_local struct holds own_holds;
