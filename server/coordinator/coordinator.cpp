// SPDX-License-Identifier: MIT
#include "coordinator/coordinator.h"
