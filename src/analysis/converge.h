/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each headline of a result settles as futures are added: its estimate by the first 256, 512,
 * 1,024, ... of them. It must not know how futures were simulated, nor how the table is shown. */
#ifndef HR_ANALYSIS_CONVERGE_H
#define HR_ANALYSIS_CONVERGE_H

#include "analysis/headlines.h"

/* Fills r->settling of a summarised result from marks, [hr_marks(targets)][marked] of its first
 * futures (those past the result's own are not looked at). An estimate by the first k futures is,
 * to the bit, that of a run of k futures; the last is the result's own. False when memory is short.
 */
bool hr_converge(hr_result *r, const uint8_t *mark, uint64_t marked);

#endif
