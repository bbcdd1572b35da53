/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pre-scan: everything about a scenario's text that libconfig 1.5 would swallow, wrap or
 * explain badly is found here, with its line and a hint. */
#ifndef HR_CONFIG_PRESCAN_H
#define HR_CONFIG_PRESCAN_H

#include "config/load.h"

/* Scans `bytes` bytes of text (NUL-terminated beyond them). On success returns a text that means
 * the same to every version of libconfig, line for line: comments are blank and every number has a
 * decimal point, so that none wraps and lists may mix 4 and 4.5. NULL: errors are in l->diags (or
 * memory is short). `file` is how messages name the text; lines count from `line`, or are left out
 * when it is 0. */
char *hr_prescan(hr_load *l, const char *file, int line, const char *text, size_t bytes);

/* The first thing wrong with the encoding of a text: a sentence and its line (from 1), or NULL. */
const char *hr_prescan_encoding(const char *text, size_t bytes, int *line, const char **hint);

#endif
