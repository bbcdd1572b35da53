/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that was frozen, scored: what is read back, what is refused, what is written. */
#include "support/near.h"
#include "support/schema_case.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "headroom/run.h"
#include "os/folder.h"
#include "report/score.h"

enum { PATHS = 300 };
static char base[64];

static const char *in(const char *name)
{
    static char path[4][128];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", base, name);
    return path[next];
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in(name), "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

static int freeze(void **state)
{
    (void)state;
    const hr_change name = {.kind = HR_CHANGE_SET, .text = "name=\"=1+1, \\\"O'Hara\\\" & <b>\""};
    hr_diags *d = hr_diags_new();
    hr_scenario *s = NULL;
    hr_result *r = NULL;
    strcpy(base, "/tmp/headroom-score-XXXXXX");
    int failed =
        !mkdtemp(base) || hr_scenario_load(&s, "tests/scenarios/small.cfg", &name, 1, d) != HR_OK;
    const hr_run_options run = {.seed = 3, .paths = PATHS, .threads = 1, .keep_paths = true};
    failed = failed || hr_run(&r, s, &run, d) != HR_OK;
    for (int paths = 0; paths < 2 && !failed; paths++) {
        const char *const command[] = {"run", NULL};
        const hr_write_options o = {
            .folder = in(paths ? "run" : "plain"), .save_paths = paths, .command = command};
        failed = hr_report_write(r, &o, d) != HR_OK;
    }
    hr_result_free(r);
    hr_scenario_free(s);
    hr_diags_free(d);
    return failed ? -1 : 0;
}

static int leave(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", base);
    return system(command);
}

static const char ACTUALS[] = "year,metric,value,school,note\r\n"
                              "2025/26,topslice_income,505000,,\r\n"
                              "2026/27,pupils,1449,,\"May, counted\"\r\n"
                              "2026/27,pupils,410,oakfield,\r\n"
                              "2026/27,reserves_pct,3.1,hill,\r\n"
                              "2026/27,income,10950000,,\r\n"
                              "2026/27,reserves,-9e6,,=cmd()\r\n"
                              "2027/28,schools,2,,\r\n"
                              "2026/27,topslice_income,521000,,\r\n"
                              "2026/27,early_warning,green,,\r\n"
                              "2026/27,in_year_deficit,1,,\r\n"
                              "2030/31,pupils,2600,,\r\n";

static hr_score *score_of(const char *folder, const char *actuals)
{
    hr_diags *d = hr_diags_new();
    hr_score *s = NULL;
    write_file("actuals.csv", actuals);
    if (hr_score_new(&s, in(folder), in("actuals.csv"), d) != HR_OK)
        fail_msg("%s", hr_diags_count(d) ? hr_diags_get(d, 0)->text : "no reason");
    hr_diags_free(d);
    return s;
}

static void documents_conform(void **state)
{
    (void)state;
    json_t *rule = hr_schema_load("docs/score.schema.json");
    static const char *const folder[] = {"run", "plain"};
    for (int i = 0; i < 2; i++) {
        hr_score *s = score_of(folder[i], ACTUALS);
        char *text = hr_score_json(s), *words = hr_score_text(s);
        json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        assert_true(hr_conforms(rule, rule, root));
        assert_non_null(strstr(words, "fell inside their 80 % interval"));
        assert_non_null(strstr(words, "The one target that can be judged was met"));
        assert_non_null(strstr(words, i ? "by the seven quantiles" : "exact, by every future"));
        json_decref(root);
        hr_text_free(text);
        hr_text_free(words);
        hr_score_free(s);
    }
    json_decref(rule);
}

static const hr_score_figure *figure(const hr_score *s, hr_metric metric, int school)
{
    for (int i = 0; i < s->numbers.figures; i++)
        if (s->numbers.figure[i].actual->which == (int)metric &&
            s->numbers.figure[i].actual->school == school)
            return &s->numbers.figure[i];
    fail_msg("no figure of %s", HR_METRIC_ROWS[metric].key);
    return NULL;
}

static int school_named(const hr_score *s, const char *id)
{
    for (int i = 0; i < s->run.said.schools; i++)
        if (strcmp(s->run.said.school[i].id, id) == 0)
            return i;
    return -1;
}

static void what_was_known_is_found(void **state)
{
    (void)state;
    hr_score *s = score_of("run", ACTUALS);
    const hr_score_figure *pupils = figure(s, HR_M_PUPILS, -1);
    const hr_score_figure *oakfield = figure(s, HR_M_PUPILS, school_named(s, "oakfield"));
    assert_same_bits(pupils->known.value, 1420.0);
    assert_int_equal(pupils->known.origin, HR_KNOWN_HISTORY);
    assert_same_bits(oakfield->known.value, 412.0);
    assert_same_bits(figure(s, HR_M_SCHOOLS, -1)->known.value, 2.0);
    assert_same_bits(figure(s, HR_M_TOPSLICE_INCOME, -1)->known.value, 505000.0);
    assert_near(s->run.said.known[HR_M_RESERVES_PCT].value, 100.0 * 512000 / 9800000, 1e-14);
    /* a list by year group, of a school of a merger */
    assert_same_bits(s->run.said.school[school_named(s, "beech")].roll.value, 173.0);
    assert_same_bits(s->run.said.school[school_named(s, "st-marks")].roll.value, 224.0);
    assert_true(isnan(s->run.said.school[school_named(s, "primaries-01")].roll.value));
    hr_score_free(s);
}

/* The quantiles of the futures in paths.csv are those of results.json; a school's are between its
 * lowest and highest future. */
static void futures_are_those_of_the_results(void **state)
{
    (void)state;
    hr_score *s = score_of("run", ACTUALS);
    double work[PATHS];
    for (int i = 0; i < s->numbers.figures; i++) {
        const hr_score_figure *f = &s->numbers.figure[i];
        hr_estimate q[HR_QUANTILES];
        if (!f->futures)
            continue;
        hr_quantiles(f->futures, PATHS, HR_QUANTILE_P, HR_QUANTILES, work, q);
        for (int k = 0; k < HR_QUANTILES; k++)
            assert_same_bits(f->quantile[k], q[k].value);
    }
    assert_int_equal(s->numbers.spread, 7);
    assert_int_equal(s->numbers.whole, PATHS);
    assert_false(figure(s, HR_M_RESERVES_PCT, school_named(s, "hill"))->spread);
    assert_same_bits(figure(s, HR_M_RESERVES, -1)->place.hi, 0.0);
    hr_score_free(s);
}

static void refuses(const char *folder, const char *words)
{
    hr_diags *d = hr_diags_new();
    hr_score *s = NULL;
    write_file("actuals.csv", ACTUALS);
    assert_int_equal(hr_score_new(&s, in(folder), in("actuals.csv"), d), HR_FAILED);
    assert_null(s);
    assert_int_equal(hr_diags_errors(d), 1);
    assert_non_null(strstr(hr_diags_get(d, 0)->text, words));
    hr_diags_free(d);
}

/* One byte of a file of the copy "touched" is another. */
static void touch(const char *name, long at)
{
    char command[256], path[256];
    snprintf(command, sizeof command, "rm -rf %s/touched && cp -r %s/run %s/touched", base, base,
             base);
    assert_int_equal(system(command), 0);
    snprintf(path, sizeof path, "%s/touched/%s", base, name);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    fseek(file, at, SEEK_END);
    const int c = fgetc(file);
    fseek(file, at, SEEK_END);
    fputc(c == '7' ? '3' : c == '\n' ? ' ' : '7', file);
    assert_int_equal(fclose(file), 0);
}

static void what_was_touched_is_refused(void **state)
{
    (void)state;
    touch("results.json", -1);
    refuses("touched", "not the forecast that was frozen");
    touch("paths.csv", -40);
    refuses("touched", "not the futures that were frozen");
    touch("summary.txt", -10); /* not what is scored */
    hr_score_free(score_of("touched", ACTUALS));
    touch("manifest.json", -10);
    (void)remove(in("touched/manifest.json"));
    refuses("touched", "cannot read");
    assert_int_equal(rename(in("plain"), in("more")), 0);
    write_file("more/paths.csv", "path,year\r\n");
    refuses("more", "manifest.json does not know this file");
    (void)remove(in("more/paths.csv"));
    assert_int_equal(rename(in("more"), in("plain")), 0);
    refuses("nothing", "cannot read");
}

static void lost_futures_are_a_warning(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_score *s = NULL;
    touch("summary.txt", -10);
    (void)remove(in("touched/paths.csv"));
    write_file("actuals.csv", ACTUALS);
    assert_int_equal(hr_score_new(&s, in("touched"), in("actuals.csv"), d), HR_OK);
    assert_int_equal(hr_diags_count(d), 1);
    assert_int_equal(hr_diags_get(d, 0)->severity, HR_WARNING);
    assert_null(figure(s, HR_M_PUPILS, -1)->futures);
    hr_score_free(s);
    hr_diags_free(d);
}

/* A manifest can be made to vouch for anything: what it vouches for must still be sound. */
static void vouched_rubbish(const char *results)
{
    hr_sha256 h;
    uint8_t digest[32];
    char hex[65], manifest[512];
    hr_sha256_begin(&h);
    hr_sha256_add(&h, results, strlen(results));
    hr_sha256_end(&h, digest);
    hr_sha256_hex(digest, hex);
    (void)mkdir(in("forged"), 0777);
    snprintf(manifest, sizeof manifest,
             "{\"program\": \"headroom\", \"outputs\": [{\"name\": \"results.json\", \"sha256\": "
             "\"%s\"}]}",
             hex);
    write_file("forged/manifest.json", manifest);
    write_file("forged/results.json", results);
}

static void rubbish_is_refused(void **state)
{
    (void)state;
    static const char *const results[][2] = {
        {"no JSON", "no JSON"},
        {"[]", "not the results"},
        {"{\"command\": \"compare\"}", "not the results"},
        {"{\"command\": \"run\", \"format\": 2}", "format"},
        {"{\"command\": \"run\", \"format\": 1, \"paths\": 9}", "which years"},
        {"{\"command\": \"run\", \"format\": 1, \"paths\": 0, \"years\": [\"2026/27\"]}",
         "how many"},
        {"{\"command\": \"run\", \"format\": 1, \"paths\": 9, \"years\": [\"2026/28\"]}", "years"},
        {"{\"command\": \"run\", \"format\": 1, \"paths\": 9, \"years\": [\"2026/27\", "
         "\"2028/29\"]}",
         "years"},
    };
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        vouched_rubbish(results[i][0]);
        refuses("forged", results[i][1]);
    }
    vouched_rubbish("{\"command\": \"run\", \"format\": 1, \"paths\": 9, \"years\": [\"2026/27\"], "
                    "\"metrics\": 3, \"targets\": [7, {\"p\": 1}], \"schools\": [null]}");
    hr_diags *d = hr_diags_new();
    hr_score *s = NULL;
    write_file("actuals.csv", "year,metric,value\n2026/27,pupils,3\n");
    assert_int_equal(hr_score_new(&s, in("forged"), in("actuals.csv"), d), HR_INVALID);
    assert_non_null(strstr(hr_diags_get(d, 0)->text, "the run has no pupils here"));
    hr_diags_free(d);
}

static void mistakes(const char *actuals, const char *const *words, size_t count)
{
    hr_diags *d = hr_diags_new();
    hr_score *s = NULL;
    write_file("actuals.csv", actuals);
    assert_int_equal(hr_score_new(&s, in("run"), in("actuals.csv"), d), HR_INVALID);
    assert_null(s);
    for (size_t i = 0; i < count; i++) {
        char said[512] = "";
        if (i < hr_diags_count(d))
            (void)hr_diag_format(hr_diags_get(d, i), said, sizeof said);
        if (!strstr(said, words[i]))
            fail_msg("\"%s\" is not in \"%s\"", words[i], said);
    }
    assert_int_equal(hr_diags_count(d), count);
    hr_diags_free(d);
}

static void rows_are_refused_all_at_once(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "csv:2: error: \"2026-27\" is no school year",
        "csv:3: error: there is no metric \"pupls\"\n    hint: did you mean pupils?",
        "csv:4: error: the year 2040/41 is outside the run\n    hint: the run is 2026/27 to "
        "2030/31",
        "csv:5: error: this row has more fields",
        "csv:6: error: \"12x\" is not a number",
        "csv:7: error: there is no value",
        "csv:9: error: this figure stands in line 8 already",
        "csv:10: error: the run has no school \"oakfeld\"\n    hint: did you mean oakfield?",
        "csv:11: error: a run says nothing of the income of one school",
        "csv:12: error: early_warning has no such state",
        "csv:13: error: in_year_deficit is a risk",
        "csv:14: error: of the year before the run",
        "csv:15: error: the run has no pupils here",
    };
    mistakes("year,metric,value,school\n"
             "2026-27,pupils,3,\n2026/27,pupls,3,\n2040/41,pupils,3,\n2026/27,pupils,1,200,\n"
             "2026/27,pupils,12x,\n2026/27,pupils,,\n2026/27,pupils,5,\n2026/27,pupils,6,\n"
             "2026/27,pupils,5,oakfeld\n2026/27,income,5,hill\n2026/27,early_warning,blue,\n"
             "2026/27,in_year_deficit,0.5,\n2025/26,early_warning,0,\n2026/27,pupils,5,beech\n",
             rows, sizeof rows / sizeof rows[0]);
}

static void headers_are_asked_for(void **state)
{
    (void)state;
    static const char *const of[][2] = {
        {"", "csv:1: error: this file is empty"},
        {"\n\n", "csv:1: error: this file is empty"},
        {"2026/27,pupils,3\n", "csv:1: error: there is no column \"2026/27\""},
        {"year;metric;value\n", "with commas between them"},
        {"year,metrc,value\n", "did you mean metric?"},
        {"year,metric\n", "the column value is missing"},
        {"year,year,metric,value\n", "the column year stands twice"},
        {"year,metric,value\n", "nothing happened yet"},
        {"year,metric,value\n2025/26,pupils,3\n", "nothing happened yet"},
        {"year,metric,value,note\n2026/27,pupils,3,\"open\n", "csv:2: error: a quote opens here"},
    };
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        hr_diags *d = hr_diags_new();
        hr_score *s = NULL;
        char said[512];
        write_file("actuals.csv", of[i][0]);
        assert_int_equal(hr_score_new(&s, in("run"), in("actuals.csv"), d), HR_INVALID);
        (void)hr_diag_format(hr_diags_get(d, 0), said, sizeof said);
        if (!strstr(said, of[i][1]))
            fail_msg("\"%s\" is not in \"%s\"", of[i][1], said);
        hr_diags_free(d);
    }
}

static void a_folder_is_written(void **state)
{
    (void)state;
    hr_score *s = score_of("run", ACTUALS);
    hr_diags *d = hr_diags_new();
    const char *const command[] = {"score", NULL};
    hr_write_options o = {.folder = in("score"), .command = command};
    assert_int_equal(hr_score_write(s, &o, d), HR_OK);
    json_t *manifest = json_load_file(in("score/manifest.json"), 0, NULL);
    assert_int_equal(json_array_size(json_object_get(manifest, "outputs")), 3);
    json_decref(manifest);
    size_t bytes;
    const char *why;
    char *csv = hr_file_read(in("score/score.csv"), 1 << 20, &bytes, &why);
    assert_int_equal(strncmp(csv, "year,metric,school,unit,happened,p05,", 37), 0);
    assert_non_null(strstr(csv, ",history,\"May, counted\"\r\n"));
    assert_non_null(strstr(csv, ",'=cmd()\r\n"));
    free(csv);
    /* never over what it is made from, whatever is forced */
    o.force = true;
    const char *const dear[] = {in("run"), base};
    for (int i = 0; i < 2; i++) {
        o.folder = dear[i];
        assert_int_equal(hr_score_write(s, &o, d), HR_USAGE);
    }
    assert_int_equal(access(in("run/results.json"), F_OK), 0);
    hr_diags_free(d);
    hr_score_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_conform),
        cmocka_unit_test(what_was_known_is_found),
        cmocka_unit_test(futures_are_those_of_the_results),
        cmocka_unit_test(what_was_touched_is_refused),
        cmocka_unit_test(lost_futures_are_a_warning),
        cmocka_unit_test(rubbish_is_refused),
        cmocka_unit_test(rows_are_refused_all_at_once),
        cmocka_unit_test(headers_are_asked_for),
        cmocka_unit_test(a_folder_is_written),
    };
    return cmocka_run_group_tests(tests, freeze, leave);
}
