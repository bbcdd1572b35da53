/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the closed lists, from choices.h. */
#include "model/choices.h"

#include <stddef.h>
#include <string.h>

#define WORD(NAME, word) word,
#define WORDS_OF_SET(set) static const char *const words_##set[] = {HR_CHOICES_##set(WORD)};
HR_CHOICE_SETS(WORDS_OF_SET)

static const struct {
    const char *name;
    const char *const *word;
    int count;
} SETS[] = {
#define ROW_OF_SET(set) {#set, words_##set, HR_N_##set},
    HR_CHOICE_SETS(ROW_OF_SET)
#undef ROW_OF_SET
};

static const struct {
    const char *word;
    int member;
} GRADE_ALIASES[] = {
#define ALIAS(NAME, word) {word, HR_grade_##NAME},
    HR_ALIASES_grade(ALIAS)
#undef ALIAS
};

_Static_assert((int)HR_grade_INADEQUATE == (int)HR_quality_INADEQUATE,
               "a grade and a quality are one scale");

int hr_choice_count(hr_choice_set set) { return SETS[set].count; }

const char *hr_choice_set_name(hr_choice_set set) { return SETS[set].name; }

const char *hr_choice_word(hr_choice_set set, int member)
{
    return member >= 0 && member < SETS[set].count ? SETS[set].word[member] : NULL;
}

int hr_choice_find(hr_choice_set set, const char *word)
{
    for (int m = 0; m < SETS[set].count; m++)
        if (strcmp(SETS[set].word[m], word) == 0)
            return m;
    if (set == HR_SET_grade)
        for (size_t a = 0; a < sizeof GRADE_ALIASES / sizeof GRADE_ALIASES[0]; a++)
            if (strcmp(GRADE_ALIASES[a].word, word) == 0)
                return GRADE_ALIASES[a].member;
    return -1;
}
