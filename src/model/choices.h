/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choices: the closed lists of words that a scenario may use. One list each, X(ENUMERATOR, "word"),
 * from which come the enumeration, its number of members, and the words that config reads and
 * writes. It must not know which parameter uses which list. */
#ifndef HR_MODEL_CHOICES_H
#define HR_MODEL_CHOICES_H

#define HR_CHOICES_phase(X)                                                                        \
    X(NURSERY, "nursery")                                                                          \
    X(INFANT, "infant")                                                                            \
    X(JUNIOR, "junior")                                                                            \
    X(PRIMARY, "primary")                                                                          \
    X(MIDDLE, "middle")                                                                            \
    X(SECONDARY, "secondary")                                                                      \
    X(ALL_THROUGH, "all_through")                                                                  \
    X(SPECIAL, "special")                                                                          \
    X(ALTERNATIVE, "alternative")                                                                  \
    X(POST16, "post16")

/* Quality from best to worst. UNKNOWN is a grade that a scenario may give; a school never has it.
 */
#define HR_CHOICES_grade(X)                                                                        \
    X(OUTSTANDING, "outstanding")                                                                  \
    X(GOOD, "good")                                                                                \
    X(REQUIRES_IMPROVEMENT, "requires_improvement")                                                \
    X(INADEQUATE, "inadequate")                                                                    \
    X(UNKNOWN, "unknown")

/* Words of the report card of November 2025, read as a measurement of the same scale. */
#define HR_ALIASES_grade(X)                                                                        \
    X(OUTSTANDING, "exceptional")                                                                  \
    X(GOOD, "strong")                                                                              \
    X(GOOD, "expected")                                                                            \
    X(REQUIRES_IMPROVEMENT, "needs_attention")                                                     \
    X(INADEQUATE, "urgent_improvement")

/* The four grades that a school can have: the keys of tables by grade. */
#define HR_CHOICES_quality(X)                                                                      \
    X(OUTSTANDING, "outstanding")                                                                  \
    X(GOOD, "good")                                                                                \
    X(REQUIRES_IMPROVEMENT, "requires_improvement")                                                \
    X(INADEQUATE, "inadequate")

/* Bands of age that are funded at a rate of their own. */
#define HR_CHOICES_band(X)                                                                         \
    X(PRIMARY, "primary")                                                                          \
    X(KS3, "ks3")                                                                                  \
    X(KS4, "ks4")                                                                                  \
    X(POST16, "post16")

/* Passages from one main year group into the next, by the year group that is passed into. */
#define HR_CHOICES_passage(X)                                                                      \
    X(INFANTS, "infants")                                                                          \
    X(JUNIORS, "juniors")                                                                          \
    X(YEAR7, "year7")                                                                              \
    X(KS3, "ks3")                                                                                  \
    X(KS4, "ks4")

/* Kinds of a school's spending. */
#define HR_CHOICES_cost(X)                                                                         \
    X(TEACHERS, "teachers")                                                                        \
    X(SUPPORT, "support")                                                                          \
    X(PREMISES, "premises")                                                                        \
    X(ENERGY, "energy")                                                                            \
    X(SUPPLIES, "supplies")

#define HR_CHOICES_route(X)                                                                        \
    X(CONVERTER, "converter")                                                                      \
    X(SPONSORED, "sponsored")                                                                      \
    X(TRANSFER, "transfer")                                                                        \
    X(MERGER, "merger")                                                                            \
    X(FREE_SCHOOL, "free_school")

#define HR_CHOICES_stage(X)                                                                        \
    X(INTEREST, "interest")                                                                        \
    X(GOVERNORS, "governors")                                                                      \
    X(APPLICATION, "application")                                                                  \
    X(ORDER, "order")                                                                              \
    X(AGREEMENT, "agreement")

#define HR_CHOICES_topslice_form(X)                                                                \
    X(PERCENT_OF_GRANT, "percent_of_grant")                                                        \
    X(PER_PUPIL, "per_pupil")                                                                      \
    X(FLAT, "flat")                                                                                \
    X(POOLED, "pooled")

/* What pooled grants are shared out by. */
#define HR_CHOICES_redistribution(X)                                                               \
    X(PUPILS, "pupils")                                                                            \
    X(SPENDING, "spending")

#define HR_CHOICES_topslice_base(X)                                                                \
    X(GAG, "gag")                                                                                  \
    X(RECURRENT_INCOME, "recurrent_income")

/* What a step of the top-slice goes by. */
#define HR_CHOICES_tier_by(X)                                                                      \
    X(PUPILS, "pupils")                                                                            \
    X(NEEDS_PER_PUPIL, "needs_per_pupil")

#define HR_CHOICES_measure(X)                                                                      \
    X(PCT_OF_INCOME, "pct_of_income")                                                              \
    X(MONTHS, "months")                                                                            \
    X(POUNDS, "pounds")                                                                            \
    X(BAND, "band")

#define HR_CHOICES_pooling(X)                                                                      \
    X(NONE, "none")                                                                                \
    X(DEFICITS, "deficits")                                                                        \
    X(FULL, "full")

#define HR_CHOICES_failure(X)                                                                      \
    X(BEAR, "bear")                                                                                \
    X(LOSE, "lose")

#define HR_CHOICES_payer(X)                                                                        \
    X(SCHOOL, "school")                                                                            \
    X(CENTRE, "centre")

#define HR_CHOICES_reach(X)                                                                        \
    X(TRUST, "trust")                                                                              \
    X(EACH_SCHOOL, "each_school")                                                                  \
    X(SCHOOLS_BELOW_GOOD, "schools_below_good")                                                    \
    X(JOINERS, "joiners")                                                                          \
    X(SCHOOL, "school")

#define HR_CHOICES_target_kind(X)                                                                  \
    X(PLAN, "plan")                                                                                \
    X(OUR_READING, "our_reading")

#define HR_CHOICES_warning(X)                                                                      \
    X(GREEN, "green")                                                                              \
    X(AMBER, "amber")                                                                              \
    X(RED, "red")

/* Drivers whose average over the years is kept of every future, by their keys in drivers.def. */
#define HR_CHOICES_average(X)                                                                      \
    X(FUNDING, "funding")                                                                          \
    X(TEACHER_PAY, "teacher_pay")                                                                  \
    X(SUPPORT_PAY, "support_pay")                                                                  \
    X(PRICES, "prices")                                                                            \
    X(ENERGY, "energy")                                                                            \
    X(SECTOR, "sector")                                                                            \
    X(AREA_DEMAND, "area_demand")

/* What a candidate is scored on. */
#define HR_CHOICES_merit(X)                                                                        \
    X(NEED, "need")                                                                                \
    X(SIZE, "size")                                                                                \
    X(FINANCE, "finance")                                                                          \
    X(DISTANCE, "distance")                                                                        \
    X(GRADE, "grade")

/* Every list, for loops over lists. */
#define HR_CHOICE_SETS(X)                                                                          \
    X(phase)                                                                                       \
    X(grade)                                                                                       \
    X(quality)                                                                                     \
    X(band)                                                                                        \
    X(passage)                                                                                     \
    X(cost)                                                                                        \
    X(route)                                                                                       \
    X(stage)                                                                                       \
    X(topslice_form)                                                                               \
    X(topslice_base)                                                                               \
    X(redistribution)                                                                              \
    X(tier_by)                                                                                     \
    X(measure)                                                                                     \
    X(pooling)                                                                                     \
    X(failure)                                                                                     \
    X(payer)                                                                                       \
    X(reach)                                                                                       \
    X(target_kind)                                                                                 \
    X(warning)                                                                                     \
    X(average)                                                                                     \
    X(merit)

/* Enumerators HR_phase_NURSERY, ..., and HR_N_phase, the number of members. The set is spelt as in
 * the tables so that one macro serves all. */
#define HR_ENUM_phase(NAME, word) HR_phase_##NAME,
#define HR_ENUM_grade(NAME, word) HR_grade_##NAME,
#define HR_ENUM_quality(NAME, word) HR_quality_##NAME,
#define HR_ENUM_band(NAME, word) HR_band_##NAME,
#define HR_ENUM_passage(NAME, word) HR_passage_##NAME,
#define HR_ENUM_cost(NAME, word) HR_cost_##NAME,
#define HR_ENUM_route(NAME, word) HR_route_##NAME,
#define HR_ENUM_stage(NAME, word) HR_stage_##NAME,
#define HR_ENUM_topslice_form(NAME, word) HR_topslice_form_##NAME,
#define HR_ENUM_topslice_base(NAME, word) HR_topslice_base_##NAME,
#define HR_ENUM_redistribution(NAME, word) HR_redistribution_##NAME,
#define HR_ENUM_tier_by(NAME, word) HR_tier_by_##NAME,
#define HR_ENUM_measure(NAME, word) HR_measure_##NAME,
#define HR_ENUM_pooling(NAME, word) HR_pooling_##NAME,
#define HR_ENUM_failure(NAME, word) HR_failure_##NAME,
#define HR_ENUM_payer(NAME, word) HR_payer_##NAME,
#define HR_ENUM_reach(NAME, word) HR_reach_##NAME,
#define HR_ENUM_target_kind(NAME, word) HR_target_kind_##NAME,
#define HR_ENUM_warning(NAME, word) HR_warning_##NAME,
#define HR_ENUM_average(NAME, word) HR_average_##NAME,
#define HR_ENUM_merit(NAME, word) HR_merit_##NAME,
#define HR_ENUM_OF_SET(set) enum { HR_CHOICES_##set(HR_ENUM_##set) HR_N_##set };
HR_CHOICE_SETS(HR_ENUM_OF_SET)
#undef HR_ENUM_OF_SET

typedef enum {
#define HR_SET_ID(set) HR_SET_##set,
    HR_CHOICE_SETS(HR_SET_ID)
#undef HR_SET_ID
        HR_SETS
} hr_choice_set;

/* Number of words in a set; the word of a member, or NULL; the member of a word (or alias), or -1.
 */
int hr_choice_count(hr_choice_set set);
const char *hr_choice_word(hr_choice_set set, int member);
int hr_choice_find(hr_choice_set set, const char *word);
const char *hr_choice_set_name(hr_choice_set set);

#endif
