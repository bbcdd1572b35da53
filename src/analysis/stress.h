/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stresses leave: of the base, of each stress and of all together the chances and means that
 * verdicts speak of, and by how much they differ from the base's. Inside view of hr_stresses for
 * report. Everything here is computed with exact operations, since it goes into results.json.
 * docs/model.md, "Stresses". */
#ifndef HR_ANALYSIS_STRESS_H
#define HR_ANALYSIS_STRESS_H

#include "analysis/cases.h"
#include "analysis/result.h"
#include "headroom/stress.h"

enum {
    HR_STRESS_TOGETHER = 256 /* futures in all bands that it takes to tell of them together */
};

/* Metrics of whose values at the end means are told. */
enum {
    HR_STRESS_PUPILS,
    HR_STRESS_TOPSLICE,
    HR_STRESS_RESERVES,
    HR_STRESS_RESERVES_PCT,
    HR_STRESS_DAYS,
    HR_STRESS_MEANS
};
extern const hr_metric HR_STRESS_METRIC[HR_STRESS_MEANS];

/* Marks are those of the base's plan (analysis/marks.h). Undefined where the stress asks no such
 * target. */
typedef struct {
    uint64_t n;            /* futures it rests on */
    uint64_t differ;       /* futures in which a mark or a metric at the end is another's than
                              in the base; of a band: base futures outside it */
    hr_estimate *p, *more; /* [marks] the chance, and how much higher it is than the base's */
    hr_estimate mean[HR_STRESS_MEANS];
    hr_estimate mean_more[HR_STRESS_MEANS];
    hr_estimate met, met_more; /* targets met, of those that the base asks, on average */
} hr_stress_figures;

typedef struct {
    const hr_stressed *of;   /* borrowed */
    const hr_result *opened; /* of one with a scenario: plan, targets and digest, no numbers */
    int average;             /* of a band: which of the choices `average` */
    double low, high;        /* of a band: its ends, both inside */
    hr_stress_figures figures;
} hr_stress_result;

struct hr_stresses {
    hr_arena *arena;
    hr_result *base;    /* in full; of futures that all scenarios have */
    hr_result **opened; /* [scenarios] base, those of stresses in order of id, all together */
    int scenarios;
    hr_stress_figures of_base, together;
    const hr_result *asked;   /* of all together: holds the limits */
    hr_stress_result *stress; /* most harmful first */
    int stresses, overlays, bands;
    uint64_t in_all_bands; /* base futures that lie in every band; all where there is none */
    bool banded;           /* the bands are part of `together` */
};

/* How much a stress raises the chance that reserves fall below the policy in some year. */
hr_estimate hr_stress_harm(const hr_stress_figures *f);

/* How much oftener improvement days are too few, how much less reserves are at the end on average,
 * how many targets fewer are met on average. */
typedef hr_estimate hr_stress_figure_of(const hr_stress_figures *);
hr_stress_figure_of hr_stress_overload, hr_stress_loss, hr_stress_fewer_targets;

/* The stress with the largest of those that the futures can tell from nothing; NULL where there is
 * none. A band of few futures may seem larger and be nothing. */
const hr_stress_result *hr_stress_most(const hr_stresses *s, hr_stress_figure_of *of);

/* The stress under which improvement days get short most, and the one under which fewest targets
 * are met; NULL where the futures can tell of none. */
const hr_stress_result *hr_stress_short_of_days(const hr_stresses *s);
const hr_stress_result *hr_stress_breaks_targets(const hr_stresses *s);

/* Half the widest 95 % interval of the chances that the verdict and the table by harm speak of: in
 * the base, under each stress and under all together that reserves keep the policy, with the
 * changes; that days are enough and all targets met in the base and under the stress that takes
 * most of them. */
double hr_stresses_half(const hr_stresses *s);

#endif
