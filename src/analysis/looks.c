/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a number of futures. Which look is the last depends on the futures alone, and on
 * memory where that ends the search. */
#include "analysis/looks.h"

#include "analysis/opening.h"
#include "analysis/reckon.h"
#include "analysis/say.h"
#include "base/lanes.h"
#include "config/diag.h"

enum { SENTENCE_BYTES = 256 };

typedef struct {
    const hr_looker *looker;
    const hr_run_options *options;
    hr_diags *diags;
    uint64_t most;      /* futures of the last look */
    uint64_t under_way; /* futures of this one */
    uint64_t before;    /* futures of all looks that ended */
    uint64_t needed;    /* futures of all looks, as far as can be told */
    void *kept;         /* the last that ended; NULL: none yet */
    double half_pct;    /* of that */
} search;

/* How exact. */

double hr_wider(double half, hr_estimate e)
{
    const double own = 0.5 * (e.hi - e.lo);
    return hr_is_nan(own) ? half : hr_max(half, own);
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
    hr_say_whole(&w, s->looker->paths(s->kept));
    hr_say(&w, " futures, ");
    hr_say(&w, why);
    hr_say(&w, ", make the chances good to ");
    say_points(&w, s->half_pct, s->options->precision);
    hr_say(&w, " points, not to the ");
    hr_say_number(&w, s->options->precision, false);
    hr_say(&w, " asked for");
    hr_diags_add(s->diags, HR_NOTE, NULL, 0, text, hint);
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
    const uint64_t each = s->looker->each;
    const uint64_t whole = each * s->under_way; /* sets of assumptions are counted otherwise */
    return s->options->tick(s->options->user, each * s->before + (of == whole ? done : whole),
                            each * s->needed);
}

static hr_run_options options_of(search *s, uint64_t paths)
{
    const uint64_t memory = s->options->memory != 0 ? s->options->memory : HR_MEMORY_DEFAULT;
    const uint64_t held = s->kept != NULL ? s->looker->held(s->kept) : 0;
    hr_run_options o = *s->options;
    s->under_way = o.paths = paths;
    o.precision = 0.0;
    o.memory = memory > held ? memory - held : 1;
    if (o.tick != NULL) {
        o.tick = look_tick;
        o.user = s;
    }
    return o;
}

/* The look was interrupted: the one that has more futures stays. */
static void settle_interrupted(search *s, void *look)
{
    const hr_looker *l = s->looker;
    if (s->kept != NULL && (look == NULL || l->paths(look) <= l->paths(s->kept))) {
        l->forget(look);
        say_how_exact(s, "the last that were whole when it was interrupted", NULL);
        return;
    }
    l->forget(s->kept);
    s->kept = look;
}

static hr_status find(search *s)
{
    uint64_t paths = s->most < HR_FIRST_LOOK ? s->most : HR_FIRST_LOOK;
    /* a chance of a half has the widest interval */
    s->needed = likely_needed(s, paths, 1, 100.0 * 0.5 * HR_Z95);
    for (;;) {
        void *look = NULL;
        const hr_run_options o = options_of(s, paths);
        /* the first tells what is wrong with the scenario; the others have nothing new to say */
        const hr_status status =
            s->looker->take(s->looker->user, &look, &o, s->kept == NULL ? s->diags : NULL);
        const bool short_of = status == HR_TOO_LARGE || status == HR_NO_MEMORY;
        if (short_of && s->kept != NULL) {
            if (paths <= HR_EXACT_MOST && s->most > HR_EXACT_MOST) {
                paths = next_look(s, HR_EXACT_MOST); /* which keeps no future and takes less */
                s->needed = s->before + paths;
                continue;
            }
            say_how_exact(s, "the most that memory has room for", "allow more with --memory");
            return HR_OK;
        }
        if (status == HR_INTERRUPTED)
            settle_interrupted(s, look);
        if (status != HR_OK)
            return status;
        s->looker->forget(s->kept);
        s->kept = look;
        s->half_pct = 100.0 * s->looker->half(look);
        if (s->half_pct <= s->options->precision)
            return HR_OK;
        if (paths == s->most) {
            say_how_exact(s, "the most that may be taken",
                          s->most < s->looker->most ? "allow more with --paths" : NULL);
            return HR_OK;
        }
        s->before += paths;
        s->needed = s->before + likely_needed(s, next_look(s, paths), paths, s->half_pct);
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

hr_status hr_looks(void **look, const hr_looker *l, const hr_run_options *o, hr_diags *diags)
{
    *look = NULL;
    if (o->precision == 0.0)
        return l->take(l->user, look, o, diags);
    search s = {.looker = l,
                .options = o,
                .diags = diags,
                .most = o->paths != 0 && o->paths < l->most ? o->paths : l->most};
    hr_status status = check(o, diags);
    if (status == HR_OK)
        status = find(&s);
    *look = s.kept;
    return status;
}
