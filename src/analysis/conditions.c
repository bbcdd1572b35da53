/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets and limits, from text to conditions and words. It must not know how they are judged. */
#include "analysis/conditions.h"

#include <string.h>

#include "analysis/words.h"

enum { WORDS_MOST = 2048 };

static const char *hint_of(const hr_expr_fault *f) { return f->hint[0] != '\0' ? f->hint : NULL; }

static hr_status read_target(hr_result *r, const hr_params_target *from, hr_target_result *out,
                             hr_diags *diags)
{
    const hr_params *p = r->scenario->params;
    char words[WORDS_MOST];
    hr_expr_fault f;
    *out = (hr_target_result){.id = hr_params_text(p, from->id),
                              .name = hr_params_text(p, from->name),
                              .expr = hr_params_text(p, from->expr),
                              .quote = hr_params_text(p, from->quote),
                              .by = hr_params_text(p, from->by),
                              .our_reading = from->kind == HR_target_kind_OUR_READING};
    if (!hr_prob_parse(&out->prob, out->expr, r->start_year, r->years, &f)) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0, hint_of(&f), "target %s: column %d of '%s': %s",
                      out->id, f.column, out->expr, f.words);
        return HR_INVALID;
    }
    hr_prob_words(&out->prob, words, sizeof words);
    out->words = hr_arena_text(r->arena, words);
    return out->words != NULL ? HR_OK : HR_NO_MEMORY;
}

/* A run of fewer years than the scenario has leaves out what is asked of the others, and says so.
 */
static bool asks_of_later_years(const hr_result *r, const hr_params_target *t, hr_diags *diags)
{
    const hr_params *p = r->scenario->params;
    const char *expr = hr_params_text(p, t->expr);
    hr_prob prob;
    hr_expr_fault f;
    if (r->years == p->scenario.years || hr_prob_parse(&prob, expr, r->start_year, r->years, &f) ||
        !hr_prob_parse(&prob, expr, r->start_year, p->scenario.years, &f))
        return false;
    hr_diags_addf(diags, HR_NOTE, NULL, 0, NULL,
                  "target %s asks of a year beyond those that are run, and is left out",
                  hr_params_text(p, t->id));
    return true;
}

static bool in_register(const hr_params *p, const char *id)
{
    const hr_params_risk *risk = HR_SPAN(p, p->scenario.risks, hr_params_risk);
    for (uint32_t i = 0; i < p->scenario.risks.count; i++)
        if (strcmp(hr_params_text(p, risk[i].id), id) == 0)
            return true;
    return false;
}

static hr_status read_limit(hr_result *r, const char *text, hr_limit_result *out, hr_diags *diags)
{
    char words[WORDS_MOST];
    hr_expr_fault f;
    if (!hr_statement_parse(&out->statement, r->arena, text, r->start_year, r->years, &f)) {
        if (in_register(r->scenario->params, f.unknown))
            hr_expr_fault_of_register(&f);
        hr_diags_addf(diags, HR_ERROR, NULL, 0, hint_of(&f), "limit: column %d of '%s': %s",
                      f.column, text, f.words);
        return HR_USAGE;
    }
    hr_statement_words(&out->statement, words, sizeof words);
    out->text = hr_arena_text(r->arena, text);
    out->words = hr_arena_text(r->arena, words);
    out->p = HR_TAKE(r->arena, hr_estimate, out->statement.clauses);
    out->unsure = HR_TAKE(r->arena, bool, out->statement.clauses);
    const bool taken = out->text && out->words && out->p && out->unsure;
    return taken ? HR_OK : HR_NO_MEMORY;
}

static hr_status list(const hr_result *r, hr_study *s, hr_arena *arena)
{
    int probs = r->targets;
    for (int i = 0; i < r->limits; i++)
        probs += r->limit[i].statement.clauses;
    const hr_prob **prob = HR_TAKE(arena, const hr_prob *, probs);
    bool *of_plan = HR_TAKE(arena, bool, r->targets);
    if (prob == NULL || of_plan == NULL)
        return HR_NO_MEMORY;
    int q = 0;
    for (; q < r->targets; q++) {
        prob[q] = &r->target[q].prob;
        of_plan[q] = !r->target[q].our_reading;
    }
    for (int i = 0; i < r->limits; i++)
        for (int k = 0; k < r->limit[i].statement.clauses; k++)
            prob[q++] = &r->limit[i].statement.clause[k].prob;
    s->prob = prob;
    s->probs = probs;
    s->targets = r->targets;
    s->of_plan = of_plan;
    return HR_OK;
}

hr_status hr_conditions_read(hr_result *r, hr_study *s, const hr_run_options *o, hr_arena *arena,
                             hr_diags *diags)
{
    const hr_params *p = r->scenario->params;
    const hr_span span = p->scenario.targets;
    const hr_params_target *target = HR_SPAN(p, span, hr_params_target);
    r->target = HR_TAKE(r->arena, hr_target_result, span.count);
    r->limit = HR_TAKE(r->arena, hr_limit_result, o->limits);
    if (r->target == NULL || r->limit == NULL)
        return HR_NO_MEMORY;
    hr_status first = HR_OK; /* every mistake is told; the first decides */
    for (uint32_t i = 0; i < span.count; i++) {
        if (asks_of_later_years(r, &target[i], diags))
            continue;
        const hr_status one = read_target(r, &target[i], &r->target[r->targets++], diags);
        first = first == HR_OK ? one : first;
    }
    for (; r->limits < (int)o->limits; r->limits++) {
        const hr_status one = read_limit(r, o->limit[r->limits], &r->limit[r->limits], diags);
        first = first == HR_OK ? one : first;
    }
    return first == HR_OK ? list(r, s, arena) : first;
}
