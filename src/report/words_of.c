/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the report that stand in more than one place. */
#include "report/words_of.h"

#include "model/choices.h"

const char *hr_words_at(hr_at at)
{
    static const char *const words[] = {"census", "year", "year end", "since the start"};
    return words[at];
}

const char *hr_words_origin(hr_origin origin)
{
    static const char *const words[] = {"default", "scenario", "overlay", "set"};
    return words[origin];
}

const char *hr_words_worse(hr_worse worse)
{
    static const char *const words[] = {"low", "high", "neither"};
    return words[worse];
}

const char *hr_words_state(hr_metric metric, int state)
{
    if (metric == HR_M_EARLY_WARNING)
        return hr_choice_word(HR_SET_warning, state);
    static const char *const route[] = {"by bids", "by formula"};
    return state < 2 ? route[state] : NULL;
}
