/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result made by hand, with hostile names where asked, for tests of the report. */
#ifndef HR_TESTS_RESULT_FIXTURE_H
#define HR_TESTS_RESULT_FIXTURE_H

#include "analysis/result.h"

/* Quotes, commands, markup, line ends, formats, formulas, an escape, an emoji. */
extern const char HR_HOSTILE_NAME[];

typedef struct hr_fixture hr_fixture;

/* `name` is the scenario's, a target's, a school's and a candidate's; NULL takes plain ones. */
hr_fixture *hr_fixture_new(const char *name, int years);
hr_result *hr_fixture_result(hr_fixture *f);
hr_scenario *hr_fixture_scenario(hr_fixture *f);
void hr_fixture_free(hr_fixture *f);

#endif
