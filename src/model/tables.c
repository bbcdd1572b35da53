/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of metrics, risks, lines, bridge and policies read as rows of data. */
#include "model/tables.h"

#include <string.h>

#include "model/choices.h"

const hr_metric_row HR_METRIC_ROWS[HR_METRICS] = {
#define HR_METRIC(name, key, label, unit, at, worse, kind, chart, meaning)                         \
    {key, label, unit, meaning, HR_AT_##at, HR_WORSE_##worse, HR_KIND_##kind, HR_CHART_##chart},
#include "headroom/tables/metrics.def"
#undef HR_METRIC
};

const hr_risk_row HR_RISK_ROWS[HR_RISKS] = {
#define HR_RISK(name, key, label, clause, unit, meaning) {key, label, clause, unit, meaning},
#include "headroom/tables/risks.def"
#undef HR_RISK
};

const hr_line_row HR_LINE_ROWS[HR_LINES] = {
#define HR_LINE(name, key, label, side, whose, rhythm, there, joiner, meaning)                     \
    {key,                                                                                          \
     label,                                                                                        \
     meaning,                                                                                      \
     HR_SIDE_##side,                                                                               \
     HR_WHOSE_##whose,                                                                             \
     HR_LASTS_##rhythm,                                                                            \
     {HR_B_##there, HR_B_##joiner, HR_B_##there}},
#include "headroom/tables/lines.def"
#undef HR_LINE
};

const hr_bridge_row HR_BRIDGE_ROWS[HR_BRIDGES] = {
#define HR_BRIDGE(name, key, label, meaning) {key, label, meaning},
#include "headroom/tables/bridge.def"
#undef HR_BRIDGE
};

const hr_policy_row HR_POLICY_ROWS[HR_POLICIES] = {
#define HR_POLICY(name, key, reason, meaning) {key, reason, meaning},
#include "headroom/tables/policies.def"
#undef HR_POLICY
};

const char *hr_metric_state(hr_metric metric, int state)
{
    static const char *const ROUTE[] = {"by bids", "by formula"};
    if (metric == HR_M_EARLY_WARNING)
        return hr_choice_word(HR_SET_warning, state);
    return metric == HR_M_SCA_ELIGIBLE && state >= 0 && state < 2 ? ROUTE[state] : NULL;
}

int hr_metric_find(const char *key)
{
    for (int m = 0; m < HR_METRICS; m++)
        if (strcmp(HR_METRIC_ROWS[m].key, key) == 0)
            return m;
    return -1;
}

int hr_risk_find(const char *key)
{
    for (int r = 0; r < HR_RISKS; r++)
        if (strcmp(HR_RISK_ROWS[r].key, key) == 0)
            return r;
    return -1;
}
