/* SPDX-License-Identifier: GPL-3.0-or-later */
/* headroom: a growth and capacity simulation engine for English multi-academy trusts. The one
 * header that a client includes. The library never prints, exits, reads the environment, sets a
 * locale or installs a handler. */
#ifndef HEADROOM_H
#define HEADROOM_H

#include "headroom/base.h"
#include "headroom/compare.h"
#include "headroom/report.h"
#include "headroom/run.h"
#include "headroom/scenario.h"
#include "headroom/score.h"
#include "headroom/stress.h"
#include "headroom/worlds.h"

#endif
