/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict of a comparison in words: what the change does to the chance of keeping the policy,
 * to reserves, to their share of income, to capacity and targets; then which is better whatever the
 * luck. */
#include "report/compare.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"

/* ---- names ---- */

static const char *name_of(hr_page *p, const hr_comparison *c, int which)
{
    return hr_page_name(p, c->result[which]->scenario->name);
}

/* All have one name, and the first is as it stands: the others are it with something changed. */
static bool one_trust(hr_page *p, const hr_comparison *c)
{
    for (int k = 1; k < c->scenarios; k++)
        if (strcmp(name_of(p, c, k), name_of(p, c, 0)) != 0)
            return false;
    return true;
}

static const char *plain_heading(hr_page *p, const hr_comparison *c, int which)
{
    const char *with = c->with[which] ? hr_page_name(p, c->with[which]) : NULL;
    if (one_trust(p, c))
        return with ? hr_page_text(p, "with %s", with) : "without";
    return with ? hr_page_text(p, "%s with %s", name_of(p, c, which), with) : name_of(p, c, which);
}

/* Two that would be called the same are numbered. */
static bool is_ambiguous(hr_page *p, const hr_comparison *c, int which)
{
    for (int k = 0; k < c->scenarios; k++)
        if (k != which && strcmp(plain_heading(p, c, k), plain_heading(p, c, which)) == 0)
            return true;
    return false;
}

/* For a column: of a key only what stands behind its last full stop. */
static const char *short_of(hr_page *p, const char *text)
{
    const char *out = "";
    while (*text) {
        const size_t length = strcspn(text, " "), blanks = strspn(text + length, " ");
        const char *equals = memchr(text, '=', length), *from = text;
        for (const char *at = text; equals && at < equals; at++)
            from = *at == '.' ? at + 1 : from;
        out = hr_page_text(p, "%s%.*s", out, (int)(length + blanks - (size_t)(from - text)), from);
        text += length + blanks;
    }
    return out;
}

static hr_named named(hr_page *p, const hr_comparison *c, int which)
{
    const char *plain = plain_heading(p, c, which);
    if (is_ambiguous(p, c, which)) {
        const char *numbered = hr_page_text(p, "%s (%d)", name_of(p, c, which), which + 1);
        return (hr_named){.heading = numbered,
                          .begins = hr_page_text(p, "In %s", numbered),
                          .behind = hr_page_text(p, "in %s", numbered)};
    }
    if (one_trust(p, c))
        return (hr_named){.heading = plain,
                          .begins = hr_page_text(p, "%c%s", plain[0] - 'a' + 'A', plain + 1),
                          .behind = plain};
    const char *in = hr_page_text(p, "n \xe2\x80\x9c%s\xe2\x80\x9d", plain);
    return (hr_named){.heading = plain,
                      .begins = hr_page_text(p, "I%s", in),
                      .behind = hr_page_text(p, "i%s", in)};
}

hr_named hr_compare_named(hr_page *p, const hr_comparison *c, int which)
{
    hr_named n = named(p, c, which);
    n.column = short_of(p, n.heading);
    return n;
}

void hr_compare_title(hr_page *p, const hr_comparison *c)
{
    const hr_result *r = c->result[0];
    const char *paths = hr_build_rounded(p, (double)r->paths, 1.0, NULL);
    hr_build_partial(p, r);
    const char *list = "";
    for (int k = 0; k < c->scenarios; k++)
        list = hr_page_text(p, "%s%s%s", list,
                            k == 0              ? ""
                            : c->scenarios == 2 ? " and "
                                                : "; ",
                            hr_compare_named(p, c, k).heading);
    hr_page_add(p, HR_BLOCK_TITLE,
                one_trust(p, c) ? hr_page_text(p, "%s: %s", name_of(p, c, 0), list) : list);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s, the same %s through each, seed %" PRIu64
                             ": the differences are the plans', not the dice's.",
                             hr_build_period(p, r->start_year, r->years),
                             r->paths == 1 ? "future" : hr_page_text(p, "%s futures", paths),
                             r->seed));
    hr_build_few(p, r);
}

/* ---- differences in words ---- */

static hr_estimate scaled(hr_estimate e, double scale)
{
    return (hr_estimate){
        .value = e.value * scale, .se = e.se * scale, .lo = e.lo * scale, .hi = e.hi * scale};
}

double hr_compare_step(hr_estimate e, double scale, const char *unit)
{
    return hr_format_step(scaled(e, scale), unit);
}

static const char *amount(hr_page *p, double value, double step, const char *unit)
{
    return hr_build_rounded(p, fabs(value), step, strcmp(unit, "GBP") == 0 ? unit : NULL);
}

/* An end of an interval, as fine as it takes to be seen. */
static const char *bound(hr_page *p, double value, double step, const char *unit)
{
    const char *words = amount(p, value, step, unit);
    for (int finer = 0; finer < 4 && value != 0.0 && !strpbrk(words, "123456789"); finer++)
        words = amount(p, value, step /= 10.0, unit);
    return words;
}

const char *hr_compare_more(hr_page *p, hr_estimate e, double scale, const char *unit)
{
    const hr_estimate s = scaled(e, scale);
    const double step = hr_format_step(s, unit);
    if (!isfinite(s.value))
        return "not known";
    if (s.value == 0.0 && s.lo == 0.0 && s.hi == 0.0)
        return "no different";
    const char *way = s.value > 0.0 ? "higher" : "lower";
    if (!strpbrk(amount(p, s.value, step, unit), "123456789"))
        return hr_page_text(p, "no difference that these futures can tell (%s lower to %s higher)",
                            bound(p, s.lo, step, unit), bound(p, s.hi, step, unit));
    const bool sure = (s.lo > 0.0) == (s.hi > 0.0) && s.lo != 0.0 && s.hi != 0.0;
    if (!isfinite(s.lo))
        return hr_page_text(p, "%s %s", amount(p, s.value, step, unit), way);
    if (sure) {
        const double near = s.value > 0.0 ? s.lo : s.hi, far = s.value > 0.0 ? s.hi : s.lo;
        return hr_page_text(p, "%s %s (%s to %s)", amount(p, s.value, step, unit), way,
                            bound(p, near, step, unit), amount(p, far, step, unit));
    }
    return hr_page_text(p, "%s %s, which the futures cannot tell from none (%s lower to %s higher)",
                        amount(p, s.value, step, unit), way, amount(p, s.lo, step, unit),
                        amount(p, s.hi, step, unit));
}

/* "in 38 of 100 futures": a share of futures; few futures are counted. */
static const char *in_futures(hr_page *p, hr_estimate share)
{
    if (share.value >= 1.0)
        return "in every future that was run";
    if (share.value <= 0.0)
        return "in no future that was run";
    char words[96];
    hr_format_chance(share, words, sizeof words);
    const char *in = strstr(words, " in "), *interval = strstr(words, " (");
    if (share.n < HR_BUILD_FEW)
        return hr_page_text(p, "in %s of %s futures",
                            hr_build_rounded(p, share.value * (double)share.n, 1.0, NULL),
                            hr_build_rounded(p, (double)share.n, 1.0, NULL));
    if (!in)
        return hr_page_text(p, "in %s", words);
    const size_t of = interval ? (size_t)(interval - in) - 4 : strlen(in + 4);
    return hr_page_text(p, "in %.*s of %.*s futures%s", (int)(in - words), words, (int)of, in + 4,
                        interval ? interval : "");
}

/* ---- the verdict on one against the first ---- */

/* "83 in 100 (82 to 84)" and, where its difference from another is told in tenths that whole ones
 * would contradict, "83.4 in 100 (82.6 to 84.1)". */
static const char *chance_to(hr_page *p, hr_estimate e, bool tenths)
{
    const double step = tenths ? 0.1 : 1.0;
    return !tenths ? hr_build_chance(p, e)
                   : hr_page_text(p, "%s in 100 (%s to %s)",
                                  hr_build_rounded(p, 100.0 * e.value, step, NULL),
                                  hr_build_rounded(p, 100.0 * e.lo, step, NULL),
                                  hr_build_rounded(p, 100.0 * e.hi, step, NULL));
}

static double to_step(double value, double step) { return step * floor(value / step + 0.5); }

/* Both told in whole ones of a hundred, and their difference is not that of what is told. */
static bool contradicts(hr_estimate a, hr_estimate b, hr_estimate more)
{
    const double first = 100.0 * a.value, second = 100.0 * b.value;
    if (fmin(first, second) < 0.95 || fmax(first, second) > 99.05)
        return false;
    const double step = hr_compare_step(more, 100.0, "%");
    const double told = to_step(100.0 * more.value, step);
    return step < 1.0 && fabs(to_step(second, 1.0) - to_step(first, 1.0) - told) > 0.5;
}

/* "16.4 in 100 (15.7 to 17.1), without 19.5 in 100 (18.7 to 20.3): 3.1 lower (2.4 to 3.8)": of the
 * scenario that is compared, of the first, and the difference. */
static const char *chances(hr_page *p, const hr_comparison *c, hr_estimate first,
                           hr_estimate second, hr_estimate more)
{
    static const char *const unknown = "not known";
    const bool tenths = contradicts(first, second, more);
    const char *a = chance_to(p, first, tenths), *b = chance_to(p, second, tenths);
    const char *behind = hr_compare_named(p, c, 0).behind;
    if (strcmp(a, unknown) == 0 && strcmp(b, unknown) == 0)
        return hr_page_text(p, "not known, nor is it %s", behind);
    return hr_page_text(p, "%s, %s %s: %s", b, behind, a, hr_compare_more(p, more, 100.0, "%"));
}

static hr_estimate less(hr_estimate e)
{
    return (hr_estimate){.value = -e.value, .se = e.se, .lo = -e.hi, .hi = -e.lo, .n = e.n};
}

/* " (5 % of income, assumed)" once where it is the same for both, else each against its own. */
static const char *policies(hr_page *p, const hr_comparison *c, int which)
{
    const char *a = hr_build_policy_known(p, c->result[0]->scenario);
    const char *b = hr_build_policy_known(p, c->result[which]->scenario);
    if (strcmp(a, b) == 0)
        return which == 1 ? hr_page_text(p, " (%s)", a) : "";
    return hr_page_text(p, " (each against its own: %s, %s %s)", b,
                        hr_compare_named(p, c, 0).behind, a);
}

static void add_policy(hr_page *p, const hr_comparison *c, int which)
{
    const hr_estimate a = c->result[0]->risk[HR_R_RESERVES_BELOW_POLICY].any;
    const hr_estimate b = c->result[which]->risk[HR_R_RESERVES_BELOW_POLICY].any;
    const hr_estimate more = c->pair[which]->risk[HR_R_RESERVES_BELOW_POLICY].any;
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s the chance that reserves stay at or above the policy%s %s is %s.",
                             hr_compare_named(p, c, which).begins, policies(p, c, which),
                             c->result[0]->years == 1 ? "in the year" : "in every year",
                             chances(p, c, hr_otherwise(a), hr_otherwise(b), less(more))));
}

static void add_reserves(hr_page *p, const hr_comparison *c, int which)
{
    const int years = c->result[0]->years, last = years - 1;
    const hr_difference *d = &c->pair[which]->metric[HR_M_RESERVES * years + last];
    if (d->n == 0)
        return;
    if (c->pair[which]->differ == 0) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    "Not one number of any future differs: as far as these futures can tell, the "
                    "two are the same plan.");
        return;
    }
    const bool lower = d->mean.value < 0.0;
    const hr_estimate against = lower ? d->higher : d->lower;
    const hr_estimate by = lower ? d->higher_by : d->lower_by;
    const char *by_words =
        isfinite(by.value)
            ? hr_page_text(p, ", by %s on average",
                           amount(p, by.value, hr_compare_step(by, 1.0, "GBP"), "GBP"))
            : "";
    const char *same = d->equal.value >= 0.01 && against.value < 1.0
                           ? hr_page_text(p, "%s %s the same", by_words[0] ? ", and" : ",",
                                          in_futures(p, d->equal))
                           : "";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "Reserves at the end are %s on average; %s they are %s%s%s.",
                             hr_compare_more(p, d->mean, 1.0, "GBP"), in_futures(p, against),
                             lower ? "higher" : "lower", by_words, same));
}

static const char *points(hr_page *p, double value, double step)
{
    return hr_build_rounded(p, fabs(value), step, NULL);
}

static const char *whole_points(hr_page *p, double value, double step)
{
    const char *number = points(p, value, step);
    return hr_page_text(p, "%s point%s", number, strcmp(number, "1") == 0 ? "" : "s");
}

/* By how much further reserves in % of income fall, told apart: dilution by joiners, and results.
 * The three add up as printed. */
static void add_dilution(hr_page *p, const hr_comparison *c, int which)
{
    const int years = c->result[0]->years;
    const hr_pair_result *d = c->pair[which];
    const hr_estimate joiners = d->metric[HR_M_DILUTION_PCT * years + years - 1].mean;
    if (!isfinite(d->fall.value) || !isfinite(joiners.value) || d->differ == 0)
        return;
    const double step =
        fmax(hr_compare_step(d->fall, 1.0, "%"), hr_compare_step(joiners, 1.0, "%"));
    const double fall = to_step(d->fall.value, step), diluted = to_step(joiners.value, step);
    const double rest = to_step(fall - diluted, step);
    if (diluted > 0.0 && rest > 0.0) {
        hr_page_add(
            p, HR_BLOCK_WORDS,
            hr_page_text(p,
                         "Of the %s by which reserves in %% of income fall more, %s are "
                         "dilution (the same pounds over a bigger income) and %s losses, or "
                         "results that do not keep pace with income.",
                         whole_points(p, fall, step), points(p, diluted, step),
                         points(p, rest, step)));
        return;
    }
    const char *moved = fall == 0.0 ? "end where they would"
                                    : hr_page_text(p, "end %s %s", whole_points(p, fall, step),
                                                   fall > 0.0 ? "lower" : "higher");
    const double brought =
        -to_step(c->result[which]->metric[HR_M_DILUTION_PCT * years + years - 1].mean.value, step);
    const char *by_joiners =
        diluted == 0.0  ? "dilution by joiners is the same"
        : brought > 0.0 ? hr_page_text(p, "joiners bring %s %s", whole_points(p, diluted, step),
                                       diluted < 0.0 ? "more" : "less")
                        : hr_page_text(p, "joiners dilute them by %s %s", points(p, diluted, step),
                                       diluted > 0.0 ? "more" : "less");
    const char *by_results = rest == 0.0
                                 ? "results are the same"
                                 : hr_page_text(p, "results %s %s more",
                                                rest > 0.0 ? "take" : "add", points(p, rest, step));
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p, "Reserves in %% of income %s: %s, and %s.", moved, by_joiners, by_results));
}

static void add_capacity(hr_page *p, const hr_comparison *c, int which)
{
    const hr_estimate a = c->result[0]->risk[HR_R_CAPACITY_OVERLOAD].any;
    const hr_estimate b = c->result[which]->risk[HR_R_CAPACITY_OVERLOAD].any;
    const hr_estimate more = c->pair[which]->risk[HR_R_CAPACITY_OVERLOAD].any;
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "That improvement days are enough %s: %s.",
                             c->result[0]->years == 1 ? "in the year" : "in every year",
                             chances(p, c, hr_otherwise(a), hr_otherwise(b), less(more))));
}

static void add_targets(hr_page *p, const hr_comparison *c, int which)
{
    const hr_result *a = c->result[0], *b = c->result[which];
    const hr_estimate all = c->pair[which]->targets_all;
    if (!isfinite(all.value))
        return;
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "That %s: %s.", hr_build_targets_met(p, a),
                             chances(p, c, a->targets_all, b->targets_all, all)));
}

/* "from 34 lower to 9 higher", "from 2 to 17 higher"; "" where sets of assumptions make no
 * difference to the difference. */
static const char *between(hr_page *p, hr_spread s, double scale, double step, const char *unit)
{
    const double low = to_step(s.lo * scale, step), high = to_step(s.hi * scale, step);
    if (!isfinite(low) || low == high)
        return "";
    const char *least = amount(p, low, step, unit), *most = amount(p, high, step, unit);
    if (low >= 0.0)
        return hr_page_text(p, "from %s to %s higher", least, most);
    if (high <= 0.0)
        return hr_page_text(p, "from %s to %s lower", most, least);
    return hr_page_text(p, "from %s lower to %s higher", least, most);
}

/* What is not known and what the arithmetic can do are two numbers. */
static void add_sets(hr_page *p, const hr_comparison *c, int which)
{
    const hr_pair_result *d = c->pair[which];
    const hr_spread chance = d->sets_policy_kept, reserves = d->sets_reserves;
    if (!c->result[0]->sets || d->differ == 0 || c->result[0]->paths < HR_BUILD_FEW)
        return;
    const double wide = fmax(fabs(reserves.lo), fabs(reserves.hi));
    const char *of_chance = between(p, chance, 100.0, 1.0, "%");
    const char *of_reserves =
        isfinite(wide) ? between(p, reserves, 1.0, hr_format_step(hr_exactly(wide), "GBP"), "GBP")
                       : "";
    const char *list =
        of_chance[0] ? hr_page_text(p, "the difference of chances anywhere %s in 100%s", of_chance,
                                    of_reserves[0] ? " and that of mean reserves " : "")
        : of_reserves[0] ? "the difference of mean reserves anywhere "
                         : "";
    if (list[0])
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "What we do not know could make %s%s (90 of 100 sets of "
                                 "assumptions, each through both).",
                                 list, of_reserves));
}

/* What both horizons and ends of trusts leave of the futures. */
static void add_unlike(hr_page *p, const hr_comparison *c, int which)
{
    const int years = c->result[0]->years;
    const uint64_t n = c->pair[which]->metric[HR_M_RESERVES * years + years - 1].n;
    const uint64_t paths = c->result[0]->paths;
    if (n == paths)
        return;
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "Reserves are compared over the futures in which the trust is its own "
                             "to the end in both: %s.",
                             hr_build_chance(p, hr_estimate_chance(n, paths))));
}

void hr_compare_verdict(hr_page *p, const hr_comparison *c)
{
    for (int k = 1; k < c->scenarios; k++) {
        add_policy(p, c, k);
        add_reserves(p, c, k);
        add_sets(p, c, k);
        add_unlike(p, c, k);
        add_dilution(p, c, k);
        add_capacity(p, c, k);
        add_targets(p, c, k);
        hr_page_add(p, HR_BLOCK_WORDS, hr_compare_dominance(p, c, k));
    }
    if (!c->result[0]->sets)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "How far what we do not know could move these differences was not "
                                 "%s.",
                                 c->result[0]->sets_asked > 0 ? "reached before the interruption"
                                                              : "looked at"));
}

/* ---- dominance ---- */

static const char *level_said(hr_page *p, const hr_dominance *d, int i)
{
    const double wide = fmax(fabs(d->at[0].level), fabs(d->at[HR_LEVELS - 1].level));
    return hr_build_rounded(p, d->at[i].level, hr_format_step(hr_exactly(wide), "GBP"), "GBP");
}

/* What a board that dislikes risk makes of it, where the futures can tell. */
static const char *averse(hr_page *p, hr_dominates by_means, const char *const names[2])
{
    if (by_means == HR_DOMINATES_NEITHER)
        return "A board that dislikes risk may prefer either: there is no second-order dominance.";
    return hr_page_text(p,
                        "A board that dislikes risk, much or little, prefers the reserves %s: "
                        "second-order dominance over these levels.",
                        names[by_means == HR_DOMINATES_SECOND]);
}

const char *hr_compare_dominance(hr_page *p, const hr_comparison *c, int which)
{
    const hr_dominance *d = &c->pair[which]->reserves;
    const char *const names[] = {hr_compare_named(p, c, 0).behind,
                                 hr_compare_named(p, c, which).behind};
    if (d->n < HR_BUILD_FEW || c->pair[which]->differ == 0 || d->by_order == HR_DOMINATES_EQUAL)
        return "";
    const char *levels =
        hr_page_text(p, "%d levels of reserves at the end, from %s to %s", HR_LEVELS,
                     level_said(p, d, 0), level_said(p, d, HR_LEVELS - 1));
    if (d->by_order == HR_DOMINATES_FIRST || d->by_order == HR_DOMINATES_SECOND)
        return hr_page_text(p,
                            "Each of %s, is likelier to be reached %s, beyond the error of these "
                            "futures: first-order dominance over these levels.",
                            levels, names[d->by_order == HR_DOMINATES_SECOND]);
    const bool untold = d->by_means == HR_DOMINATES_UNKNOWN;
    if (d->by_order == HR_DOMINATES_NEITHER)
        return hr_page_text(
            p,
            "Neither is better at every level of reserves at the end: %s or more is likelier %s, "
            "%s or more %s. %s",
            level_said(p, d, d->surest[0]), names[0], level_said(p, d, d->surest[1]), names[1],
            untold ? "These futures cannot tell which a board that dislikes risk would prefer."
                   : averse(p, d->by_means, names));
    return hr_page_text(p,
                        "These futures cannot tell whether one of the two is better at every one "
                        "of %s%s",
                        levels,
                        untold ? ", nor which a board that dislikes risk would prefer."
                               : hr_page_text(p, ". %s", averse(p, d->by_means, names)));
}

/* ---- what it rests on ---- */

static bool noted_before(const hr_comparison *c, int which, const char *note)
{
    for (int k = 0; k < which; k++)
        for (int i = 0; i < c->result[k]->scenario->notes; i++)
            if (strcmp(c->result[k]->scenario->note[i], note) == 0)
                return true;
    return false;
}

void hr_compare_footing(hr_page *p, const hr_comparison *c)
{
    for (int k = 0; k < c->scenarios; k++) {
        const hr_scenario *s = c->result[k]->scenario;
        hr_page_item(p, "-",
                     hr_page_text(p,
                                  "%s: settings given by you %s, default %s, of which unsourced "
                                  "%s.",
                                  hr_compare_named(p, c, k).heading,
                                  hr_build_rounded(p, s->given, 1.0, NULL),
                                  hr_build_rounded(p, s->defaults, 1.0, NULL),
                                  hr_build_rounded(p, s->unsourced, 1.0, NULL)));
    }
    for (int k = 0; k < c->scenarios; k++) {
        const hr_scenario *s = c->result[k]->scenario;
        for (int i = 0; i < s->notes; i++)
            if (!noted_before(c, k, s->note[i]))
                hr_page_item(p, "-", hr_page_text(p, "Note: %s.", hr_page_clean(p, s->note[i])));
    }
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(c->result[0]->scenario));
}
