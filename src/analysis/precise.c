/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a number of futures: looks, each a whole run of twice the futures of the one
 * before, so that all together cost at most twice the last. Which look is the last depends on the
 * futures alone, and on memory where that ends the search. */
#include "analysis/precise.h"

#include "analysis/headlines.h"
#include "analysis/opening.h"
#include "analysis/reckon.h"
#include "analysis/say.h"
#include "analysis/together.h"
#include "base/lanes.h"
#include "config/diag.h"

enum { SENTENCE_BYTES = 256 };

/* What one look gave. */
typedef struct {
    hr_result *result[HR_SCENARIOS_MOST];
    hr_pair_result *pair[HR_SCENARIOS_MOST];
    hr_arena *paired; /* of `pair` */
    double half_pct;  /* half the widest interval of all */
} look;

typedef struct {
    const hr_scenario *const *scenario;
    int count, years;
    bool pairs;
    const hr_run_options *options;
    hr_diags *diags;
    uint64_t most;      /* futures of the last look */
    uint64_t under_way; /* futures of this one */
    uint64_t before;    /* futures of all looks that ended */
    uint64_t needed;    /* futures of all looks, as far as can be told */
    look kept;          /* the last that ended; no result: none yet */
} search;

static void forget(look *l, int count)
{
    for (int k = 0; k < count; k++)
        hr_result_free(l->result[k]);
    hr_arena_free(l->paired);
    *l = (look){.paired = NULL};
}

/* How exact. */

static double wider(double half, hr_estimate e)
{
    return hr_is_nan(e.value) ? half : hr_max(half, 0.5 * (e.hi - e.lo));
}

static double half_of_pair(const hr_pair_result *p)
{
    double half = wider(0.0, p->risk[HR_R_RESERVES_BELOW_POLICY].any);
    half = wider(half, p->risk[HR_R_CAPACITY_OVERLOAD].any);
    half = wider(half, p->targets_all);
    for (int q = 0; q < p->targets; q++)
        half = wider(half, p->target[q].p);
    return half;
}

static double half_pct(const look *l, int count)
{
    double half = 0.0;
    for (int k = 0; k < count; k++)
        half = hr_max(half, hr_headlines_half(l->result[k]));
    for (int k = 1; k < count && l->paired != NULL; k++)
        half = hr_max(half, half_of_pair(l->pair[k]));
    return 100.0 * half;
}

/* How many futures. */

static uint64_t next_look(const search *s, uint64_t paths)
{
    return paths < s->most / 2 ? 2 * paths : s->most;
}

/* Futures of the look `next` and those after it, up to the first that is likely to be exact enough:
 * widths go with the root of futures. */
static uint64_t likely_needed(const search *s, uint64_t next, uint64_t paths, double half)
{
    const double times = half / s->options->precision, enough = (double)paths * times * times;
    uint64_t sum = next;
    while ((double)next < enough && next < s->most) {
        next = next_look(s, next);
        sum += next;
    }
    return sum;
}

/* One look. */

static bool look_tick(void *user, uint64_t done, uint64_t of)
{
    const search *s = user;
    const uint64_t whole = s->under_way; /* its sets of assumptions are counted otherwise */
    return s->options->tick(s->options->user, s->before + (of == whole ? done : whole), s->needed);
}

/* Bytes of every future that the kept look holds while another is under way. */
static uint64_t held(const search *s)
{
    uint64_t bytes = 0;
    for (int k = 0; k < s->count && s->kept.result[k] != NULL; k++) {
        const hr_result *r = s->kept.result[k];
        const uint64_t rows = (r->column != NULL ? HR_METRICS : 0u) +
                              (r->roll != NULL ? (uint64_t)r->plan->schools : 0u);
        bytes += rows * (uint64_t)r->years * r->paths * sizeof(double);
    }
    return bytes;
}

static hr_run_options options_of(search *s, uint64_t paths)
{
    const uint64_t memory = s->options->memory != 0 ? s->options->memory : HR_MEMORY_DEFAULT;
    hr_run_options o = *s->options;
    s->under_way = o.paths = paths;
    o.precision = 0.0;
    o.memory = memory > held(s) ? memory - held(s) : 1;
    if (o.tick != NULL) {
        o.tick = look_tick;
        o.user = s;
    }
    return o;
}

/* The first look tells what is wrong with the scenario; the others have nothing new to say. */
static hr_status take_look(const search *s, const hr_run_options *o, look *l)
{
    hr_diags *diags = s->kept.result[0] == NULL ? s->diags : NULL;
    *l = (look){.paired = s->pairs ? hr_arena_new() : NULL};
    if (s->pairs && l->paired == NULL)
        return hr_diags_no_memory(diags);
    const hr_status status = hr_together(l->result, s->scenario, s->count, s->years, o,
                                         s->pairs ? l->pair : NULL, l->paired, diags);
    if (l->result[0] == NULL)
        forget(l, s->count);
    return status;
}

/* Points with three digits of those asked for, rounded up. */
static void say_points(hr_saying *w, double pct, double precision)
{
    double scale = 1.0;
    int decimals = 0;
    for (; scale * precision < 100.0 && decimals < 9; decimals++)
        scale *= 10.0;
    const uint64_t whole = (uint64_t)(pct * scale);
    hr_say_decimal(w, (double)whole < pct * scale ? whole + 1 : whole, decimals);
}

static void say_how_exact(const search *s, const char *why, const char *hint)
{
    char text[SENTENCE_BYTES];
    hr_saying w = hr_say_begin(text, sizeof text);
    hr_say_whole(&w, s->kept.result[0]->paths);
    hr_say(&w, " futures, ");
    hr_say(&w, why);
    hr_say(&w, ", make the chances good to ");
    say_points(&w, s->kept.half_pct, s->options->precision);
    hr_say(&w, " points, not to the ");
    hr_say_number(&w, s->options->precision, false);
    hr_say(&w, " asked for");
    hr_diags_add(s->diags, HR_NOTE, NULL, 0, text, hint);
}

/* The look was interrupted: the one that has more futures stays. */
static void settle_interrupted(search *s, look *l)
{
    const hr_result *under_way = l->result[0], *before = s->kept.result[0];
    if (before != NULL && (under_way == NULL || under_way->paths <= before->paths)) {
        forget(l, s->count);
        say_how_exact(s, "the last that were whole when it was interrupted", NULL);
        return;
    }
    forget(&s->kept, s->count);
    s->kept = *l;
}

static hr_status find(search *s)
{
    uint64_t paths = s->most < HR_FIRST_LOOK ? s->most : HR_FIRST_LOOK;
    /* a chance of a half has the widest interval */
    s->needed = likely_needed(s, paths, 1, 100.0 * 0.5 * HR_Z95);
    for (;;) {
        look l;
        const hr_run_options o = options_of(s, paths);
        const hr_status status = take_look(s, &o, &l);
        const bool short_of = status == HR_TOO_LARGE || status == HR_NO_MEMORY;
        if (short_of && s->kept.result[0] != NULL) {
            if (paths <= HR_EXACT_MOST && s->most > HR_EXACT_MOST) {
                paths = next_look(s, HR_EXACT_MOST); /* which keeps no future and takes less */
                s->needed = s->before + paths;
                continue;
            }
            say_how_exact(s, "the most that memory has room for", "allow more with --memory");
            return HR_OK;
        }
        if (status == HR_INTERRUPTED)
            settle_interrupted(s, &l);
        if (status != HR_OK)
            return status;
        forget(&s->kept, s->count);
        s->kept = l;
        s->kept.half_pct = half_pct(&l, s->count);
        if (s->kept.half_pct <= s->options->precision)
            return HR_OK;
        if (paths == s->most) {
            say_how_exact(s, "the most that may be taken", "allow more with --paths");
            return HR_OK;
        }
        s->before += paths;
        s->needed = s->before + likely_needed(s, next_look(s, paths), paths, s->kept.half_pct);
        paths = next_look(s, paths);
    }
}

/* Options checked, and the search. */

static hr_status check(const hr_run_options *o, hr_diags *diags)
{
    hr_run_options most = *o;
    if (!(o->precision > 0.0 && o->precision <= 50.0)) {
        hr_diags_add(diags, HR_ERROR, NULL, 0,
                     "the precision must be above 0 and at most 50 per cent points", NULL);
        return HR_USAGE;
    }
    most.paths = o->paths != 0 ? o->paths : HR_PATHS_MOST;
    return hr_check_run_options(&most, diags);
}

hr_status hr_precise(hr_result **result, const hr_scenario *const *scenario, int count, int years,
                     const hr_run_options *o, hr_pair_result **pair, hr_arena **paired,
                     hr_diags *diags)
{
    search s = {.scenario = scenario,
                .count = count,
                .years = years,
                .pairs = pair != NULL,
                .options = o,
                .diags = diags,
                .most = o->paths != 0 ? o->paths : HR_PATHS_MOST};
    const bool asked = o->precision != 0.0;
    hr_status status = asked ? check(o, diags) : HR_OK;
    if (status == HR_OK)
        status = asked ? find(&s) : take_look(&s, o, &s.kept);
    for (int k = 0; k < count; k++) {
        result[k] = s.kept.result[k];
        if (pair != NULL)
            pair[k] = s.kept.pair[k];
    }
    if (pair != NULL)
        *paired = s.kept.paired;
    return status;
}

hr_status hr_run(hr_result **out, const hr_scenario *s, const hr_run_options *o, hr_diags *diags)
{
    return hr_precise(out, &s, 1, 0, o, NULL, NULL, diags);
}
