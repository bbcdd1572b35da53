/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder of a run: every file there, digested, literal; and what stops it is said. */
#include "support/near.h"
#include "support/result_fixture.h"

#include <fnmatch.h>
#include <glob.h>
#include <stdio.h>
#include <unistd.h>

#include <jansson.h>

#include "base/sha256.h"
#include "headroom/report.h"
#include "os/folder.h"
#include "report/output.h"

static char base[64];

static int enter(void **state)
{
    (void)state;
    strcpy(base, "/tmp/headroom-write-XXXXXX");
    return mkdtemp(base) ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", base);
    return system(command);
}

static char *read_file(const char *name, size_t *bytes)
{
    char path[256];
    const char *why;
    snprintf(path, sizeof path, "%s/out/%s", base, name);
    return hr_file_read(path, 64 << 20, bytes, &why);
}

static hr_status write_run(hr_fixture *f, bool charts, bool paths, hr_diags *d)
{
    char path[128];
    snprintf(path, sizeof path, "%s/out", base);
    const char *const command[] = {"run", "x.cfg", NULL};
    const hr_write_options o = {
        .folder = path, .force = true, .charts = charts, .save_paths = paths, .command = command};
    return hr_report_write(hr_fixture_result(f), &o, d);
}

/* The row of writers.def that a file is by; fails where there is none. */
static const char *bytes_by_table(const char *name, bool *seen)
{
    static const struct {
        const char *file, *bytes;
    } rows[] = {
#define EXACT "exact"
#define DRAWN "drawn"
#define HR_WRITER(name, file, bytes, holds) {file, bytes},
#include "headroom/tables/writers.def"
#undef HR_WRITER
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (fnmatch(rows[i].file, name, FNM_PATHNAME) == 0) {
            seen[i] = true;
            return rows[i].bytes;
        }
    fail_msg("%s is by no row of writers.def", name);
    return NULL;
}

/* Every file that the manifest lists has the digest it says and the promise of its row. */
static void check_manifest(size_t least, bool *seen)
{
    size_t bytes;
    char *text = read_file("manifest.json", &bytes);
    json_t *root = json_loads(text, 0, NULL);
    const json_t *outputs = json_object_get(root, "outputs");
    assert_true(json_array_size(outputs) >= least);
    for (size_t i = 0; i < json_array_size(outputs); i++) {
        const json_t *output = json_array_get(outputs, i);
        char *data = read_file(json_string_value(json_object_get(output, "name")), &bytes);
        assert_non_null(data);
        hr_sha256 h;
        uint8_t digest[32];
        char hex[65];
        hr_sha256_begin(&h);
        hr_sha256_add(&h, data, bytes);
        hr_sha256_end(&h, digest);
        hr_sha256_hex(digest, hex);
        assert_string_equal(hex, json_string_value(json_object_get(output, "sha256")));
        assert_string_equal(
            bytes_by_table(json_string_value(json_object_get(output, "name")), seen),
            json_string_value(json_object_get(output, "bytes")));
        free(data);
    }
    json_decref(root);
    free(text);
}

static void test_hostile_run(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_fixture *f = hr_fixture_new(HR_HOSTILE_NAME, 3);
    assert_int_equal(write_run(f, true, false, d), HR_OK);
    bool seen[32] = {false};
    check_manifest(5, seen);
    /* all but paths.csv, which was not asked for, drawings where nothing draws, and the manifest */
    assert_true(seen[HR_W_SUMMARY] && seen[HR_W_RESULTS] && seen[HR_W_METRICS] &&
                seen[HR_W_RESOLVED] && seen[HR_W_CHART_CSV] && seen[HR_W_CHART_TXT]);
    assert_true(!seen[HR_W_PATHS] && !seen[HR_W_RESOLVED_EACH]);
    char pattern[128];
    snprintf(pattern, sizeof pattern, "%s/out/charts/pwned*", base);
    glob_t found;
    assert_int_equal(glob(pattern, 0, NULL, &found), GLOB_NOMATCH);
    assert_int_equal(access("pwned1", F_OK), -1);
    size_t bytes;
    char *csv = read_file("metrics.csv", &bytes);
    assert_int_equal(strncmp(csv, "scenario,metric,unit,year,statistic,value,se,lo,hi\r\n", 52), 0);
    assert_int_equal(strncmp(csv + 52, "\"'=1+1 \"\"O'Hara\"\"", 17), 0);
    free(csv);
    char *svg = read_file("charts/joins.svg", &bytes); /* where gnuplot is installed */
    if (svg) {
        assert_non_null(strstr(svg, "role=\"img\""));
        assert_null(strstr(svg, "GNUPLOT 5"));
        assert_null(strstr(svg, "<script>alert"));
        assert_null(strstr(svg, "]]>"));
        free(svg);
    }
    hr_diags_free(d);
    hr_fixture_free(f);
}

static void test_paths(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_result *r = hr_fixture_result(f);
    enum { PATHS = 3, YEARS = 2 };
    static double column[HR_METRICS * YEARS * PATHS], roll[4 * YEARS * PATHS];
    for (int i = 0; i < HR_METRICS * YEARS * PATHS; i++)
        column[i] = i + 0.5;
    column[0] = NAN;
    r->paths = PATHS;
    r->column = column;
    r->roll = roll;
    assert_int_equal(write_run(f, false, true, d), HR_OK);
    size_t bytes;
    char *csv = read_file("paths.csv", &bytes);
    int lines = 0;
    for (const char *c = csv; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 1 + PATHS * YEARS);
    assert_non_null(
        strstr(csv, ",canon-sharples,st-davids,st-wilfrids,primary-01\r\n1,2018/19,,6.5,"));
    assert_non_null(strstr(csv, "\r\n2,2019/20,4.5,10.5,"));
    free(csv);
    hr_diags_free(d);
    hr_fixture_free(f);
}

static void test_refusal_is_said(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_fixture *f = hr_fixture_new(NULL, 1);
    const hr_write_options o = {.folder = "/proc/no-such-folder/x"};
    assert_int_equal(hr_report_write(hr_fixture_result(f), &o, d), HR_OUTPUT);
    assert_int_equal(hr_diags_errors(d), 1);
    hr_diags_free(d);
    hr_fixture_free(f);
}

static void test_no_gnuplot_is_a_note(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_fixture *f = hr_fixture_new(NULL, 2);
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);
    assert_int_equal(write_run(f, true, false, d), HR_OK);
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(hr_diags_count(d), 1);
    assert_int_equal(hr_diags_errors(d), 0);
    size_t bytes;
    char *csv = read_file("charts/pupils.csv", &bytes);
    assert_non_null(csv);
    free(csv);
    assert_null(read_file("charts/pupils.svg", &bytes));
    hr_diags_free(d);
    hr_fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_run),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_refusal_is_said),
        cmocka_unit_test(test_no_gnuplot_is_a_note),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
