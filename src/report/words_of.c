/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the report that stand in more than one place. */
#include "report/words_of.h"

const char *hr_words_at(hr_at at)
{
    static const char *const words[] = {"census", "year", "year end", "since the start"};
    return words[at];
}

const char *hr_words_worse(hr_worse worse)
{
    static const char *const words[] = {"low", "high", "neither"};
    return words[worse];
}
