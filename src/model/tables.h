/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and rows of the tables of metrics, risks, lines, bridge and policies. */
#ifndef HR_MODEL_TABLES_H
#define HR_MODEL_TABLES_H

typedef enum {
#define HR_METRIC(name, key, label, unit, at, worse, kind, chart, meaning) HR_M_##name,
#include "headroom/tables/metrics.def"
#undef HR_METRIC
    HR_METRICS
} hr_metric;

typedef enum {
#define HR_RISK(name, key, label, clause, unit, meaning) HR_R_##name,
#include "headroom/tables/risks.def"
#undef HR_RISK
    HR_RISKS
} hr_risk;

typedef enum {
#define HR_LINE(name, key, label, side, whose, rhythm, there, joiner, meaning) HR_L_##name,
#include "headroom/tables/lines.def"
#undef HR_LINE
    HR_LINES
} hr_line;

typedef enum {
#define HR_BRIDGE(name, key, label, meaning) HR_B_##name,
#include "headroom/tables/bridge.def"
#undef HR_BRIDGE
    HR_BRIDGES,
    HR_B_NONE = HR_BRIDGES
} hr_bridge;

/* Who posts to a line: a school that was in the trust at the start, a joiner's, the centre. */
typedef enum { HR_OWNER_THERE, HR_OWNER_JOINER, HR_OWNER_CENTRE, HR_OWNERS } hr_owner;

typedef enum {
#define HR_POLICY(name, key, reason, meaning) HR_P_##name,
#include "headroom/tables/policies.def"
#undef HR_POLICY
    HR_POLICIES
} hr_policy;

typedef enum { HR_AT_CENSUS, HR_AT_YEAR, HR_AT_YEAR_END, HR_AT_START } hr_at;
typedef enum { HR_WORSE_LOW, HR_WORSE_HIGH, HR_WORSE_NEITHER } hr_worse;
typedef enum { HR_KIND_REAL, HR_KIND_WHOLE, HR_KIND_STATE } hr_metric_kind;
typedef enum { HR_CHART_NONE, HR_CHART_FAN } hr_chart;
typedef enum { HR_SIDE_INCOME, HR_SIDE_COST, HR_SIDE_TRANSFER, HR_SIDE_BALANCE } hr_side;
typedef enum { HR_WHOSE_SCHOOL, HR_WHOSE_CENTRE, HR_WHOSE_BOTH } hr_whose;
typedef enum { HR_LASTS_RECURRENT, HR_LASTS_ONE_OFF } hr_lasts;

typedef struct {
    const char *key, *label, *unit, *meaning;
    hr_at at;
    hr_worse worse;
    hr_metric_kind kind;
    hr_chart chart;
} hr_metric_row;

typedef struct {
    const char *key, *label, *clause, *unit, *meaning;
} hr_risk_row;

typedef struct {
    const char *key, *label, *meaning;
    hr_side side;
    hr_whose whose;
    hr_lasts lasts;
    hr_bridge bridge[HR_OWNERS]; /* the row that it belongs to, by who posted it */
} hr_line_row;

typedef struct {
    const char *key, *label, *meaning;
} hr_bridge_row;

typedef struct {
    const char *key, *reason, *meaning;
} hr_policy_row;

extern const hr_metric_row HR_METRIC_ROWS[HR_METRICS];
extern const hr_risk_row HR_RISK_ROWS[HR_RISKS];
extern const hr_line_row HR_LINE_ROWS[HR_LINES];
extern const hr_bridge_row HR_BRIDGE_ROWS[HR_BRIDGES];
extern const hr_policy_row HR_POLICY_ROWS[HR_POLICIES];

/* What is recorded of each school each year (lane arrays; NaN while it is not in the trust). */
typedef enum {
    HR_SC_PUPILS,          /* on roll at the census of the year */
    HR_SC_RESERVES_PCT,    /* closing balance over a full year's income */
    HR_SC_IN_YEAR_DEFICIT, /* 0 or 1 */
    HR_SC_DEFICIT,         /* 0 or 1 */
    HR_SC_BELOW_GOOD,      /* 0 or 1 */
    HR_SCHOOL_COLUMNS
} hr_school_column;

/* What becomes of a candidate, recorded at the end of the run. */
typedef enum {
    HR_CC_JOIN_YEAR, /* index of the year in which it joined, or -1 */
    HR_CC_REFUSED,   /* bits: 1 << policy for each policy that refused it at least once */
    HR_CC_LOST,      /* 0 no, 1 refused too long, 2 withdrew, 3 lost to a condition */
    HR_CANDIDATE_COLUMNS
} hr_candidate_column;

/* Name of a state of a STATE metric: "green", "by bids"; NULL past the last. */
const char *hr_metric_state(hr_metric metric, int state);
int hr_metric_find(const char *key); /* the metric with this key, or -1 */
int hr_risk_find(const char *key);

#endif
