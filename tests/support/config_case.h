/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small scenarios for tests of the loader: written to a folder of their own, loaded, and looked
 * into. Tests run from the project's root. */
#ifndef HR_TESTS_CONFIG_CASE_H
#define HR_TESTS_CONFIG_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/scenario.h"

#define SOUND "tests/scenarios/sound.cfg"
#define SMALL "tests/scenarios/small.cfg"

/* A fresh folder under TMPDIR, one a test program. */
static inline char *case_folder(void)
{
    static char folder[256];
    if (folder[0] == '\0') {
        const char *where = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/headroom-test-XXXXXX", where != NULL ? where : "/tmp");
        assert_non_null(mkdtemp(folder));
    }
    return folder;
}

/* Writes `bytes` bytes of text under a name and returns the path (good until the next call but
 * three). */
static inline const char *case_file_bytes(const char *name, const char *text, size_t bytes)
{
    static char path[4][400];
    static int next;
    char *own = path[next++ % 4];
    snprintf(own, sizeof path[0], "%s/%s", case_folder(), name);
    FILE *file = fopen(own, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, bytes, file), bytes);
    assert_int_equal(fclose(file), 0);
    return own;
}

static inline const char *case_file(const char *name, const char *text)
{
    return case_file_bytes(name, text, strlen(text));
}

/* Copies a file of the project beside the cases, so that they may rest on it. */
static inline const char *case_copy(const char *from, const char *name)
{
    static char text[1 << 20];
    FILE *file = fopen(from, "rb");
    assert_non_null(file);
    const size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    return case_file_bytes(name, text, bytes);
}

static inline void case_clean(void)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", case_folder());
    assert_int_equal(system(command), 0);
}

static inline void print_diags(const hr_diags *diags)
{
    for (size_t i = 0; i < hr_diags_count(diags); i++) {
        char text[2048];
        hr_diag_format(hr_diags_get(diags, i), text, sizeof text);
        fputs(text, stderr);
    }
}

/* Loads what must be sound. */
static inline hr_scenario *load_sound(const char *path, const hr_change *change, size_t changes)
{
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    const hr_status status = hr_scenario_load(&s, path, change, changes, diags);
    if (status != HR_OK)
        print_diags(diags);
    hr_diags_free(diags);
    assert_int_equal(status, HR_OK);
    assert_non_null(s);
    return s;
}

/* Loads what must be refused, with `words` in one of its errors (or its hint). */
static inline void load_refused(const char *path, const hr_change *change, size_t changes,
                                const char *words)
{
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    assert_int_equal(hr_scenario_load(&s, path, change, changes, diags), HR_INVALID);
    assert_null(s);
    int found = 0;
    for (size_t i = 0; i < hr_diags_count(diags); i++) {
        char text[2048];
        hr_diag_format(hr_diags_get(diags, i), text, sizeof text);
        found += strstr(text, words) != NULL;
    }
    if (!found)
        print_diags(diags);
    hr_diags_free(diags);
    assert_true(found);
}

static inline const hr_assumption *find_assumption(const hr_scenario *s, const char *key)
{
    for (int i = 0; i < s->assumptions; i++)
        if (strcmp(s->assumption[i].key, key) == 0)
            return &s->assumption[i];
    return NULL;
}

/* The register has the key with this value. */
static inline void assert_value(const hr_scenario *s, const char *key, const char *value)
{
    const hr_assumption *a = find_assumption(s, key);
    if (a == NULL)
        fail_msg("no %s in the register", key);
    assert_string_equal(a->value, value);
}

static inline void assert_same_block(const hr_scenario *a, const hr_scenario *b)
{
    assert_int_equal(a->params->bytes, b->params->bytes);
    assert_memory_equal(a->params, b->params, a->params->bytes);
    assert_string_equal(a->digest, b->digest);
}

#endif
