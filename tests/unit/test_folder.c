/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder: whole or not at all, never over what is not ours. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "os/folder.h"

static char base[64];

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", base, name);
    return path;
}

static int enter(void **state)
{
    (void)state;
    strcpy(base, "/tmp/headroom-folder-XXXXXX");
    return mkdtemp(base) ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", base);
    return system(command);
}

static hr_folder *begin(const char *name, bool force)
{
    const char *why = NULL;
    return hr_folder_begin(path_of(name), force, &why);
}

static void write_ours(const char *name)
{
    const char *why;
    hr_folder *f = begin(name, false);
    assert_non_null(f);
    const char manifest[] = "{\n \"program\": \"headroom\"\n}\n";
    assert_true(hr_folder_write(f, "manifest.json", manifest, sizeof manifest - 1, &why));
    assert_true(hr_folder_write(f, "charts/a.csv", "x", 1, &why));
    assert_true(hr_folder_commit(f, &why));
}

static void test_whole_or_not_at_all(void **state)
{
    (void)state;
    const char *why;
    hr_folder *f = begin("out", false);
    assert_non_null(f);
    assert_true(hr_folder_write(f, "a.txt", "abc", 3, &why));
    assert_int_equal(access(path_of("out"), F_OK), -1);
    assert_true(hr_folder_commit(f, &why));
    size_t bytes;
    char *text = hr_file_read(path_of("out/a.txt"), 10, &bytes, &why);
    assert_string_equal(text, "abc");
    free(text);
    assert_null(hr_file_read(path_of("out/a.txt"), 2, &bytes, &why));
    assert_null(hr_file_read(path_of("out"), 100, &bytes, &why));
    assert_non_null(strstr(why, "is not a file"));
}

static void test_abandoned_leaves_nothing(void **state)
{
    (void)state;
    const char *why;
    hr_folder *f = begin("gone", false);
    assert_true(hr_folder_write(f, "charts/a.txt", "abc", 3, &why));
    hr_folder_abandon(f);
    hr_folder_abandon(NULL);
    char pattern[160];
    snprintf(pattern, sizeof pattern, "test -z \"$(ls -d %s/gone* 2>/dev/null)\"", base);
    assert_int_equal(system(pattern), 0);
}

static void test_refuses_what_is_not_ours(void **state)
{
    (void)state;
    const char *why = NULL;
    assert_int_equal(mkdir(path_of("full"), 0777), 0);
    assert_int_equal(mkdir(path_of("full/x"), 0777), 0);
    assert_null(hr_folder_begin(path_of("full"), false, &why));
    assert_non_null(strstr(why, "--force"));
    assert_null(hr_folder_begin(path_of("full"), true, &why));
    assert_non_null(strstr(why, "no manifest"));
    FILE *file = fopen(path_of("file"), "w");
    fclose(file);
    assert_null(hr_folder_begin(path_of("file"), true, &why));
    assert_null(hr_folder_begin("", true, &why));
    assert_null(hr_folder_begin(path_of("no/such/folder"), true, &why));
    assert_null(hr_folder_begin(path_of("file/folder"), true, &why));
}

static void test_looks_before_it_begins(void **state)
{
    (void)state;
    const char *why = NULL;
    assert_true(hr_folder_may_begin(path_of("new"), false, &why));
    assert_null(why);
    assert_int_equal(access(path_of("new"), F_OK), -1);
    assert_true(hr_folder_may_begin("bare", false, &why));
    assert_false(hr_folder_may_begin(path_of("full"), false, &why));
    assert_non_null(strstr(why, "--force"));
    assert_false(hr_folder_may_begin(path_of("file"), true, &why));
    assert_false(hr_folder_may_begin(path_of("file/folder"), true, &why));
    assert_false(hr_folder_may_begin(path_of("no/such/folder"), true, &why));
    assert_non_null(strstr(why, "no/such"));
}

static void test_force_replaces_ours(void **state)
{
    (void)state;
    const char *why;
    write_ours("ours");
    assert_null(begin("ours", false));
    hr_folder *f = begin("ours", true);
    assert_non_null(f);
    assert_true(hr_folder_write(f, "new.txt", "n", 1, &why));
    assert_int_equal(access(path_of("ours/manifest.json"), F_OK), 0);
    assert_true(hr_folder_commit(f, &why));
    assert_int_equal(access(path_of("ours/new.txt"), F_OK), 0);
    assert_int_equal(access(path_of("ours/manifest.json"), F_OK), -1);
}

static void test_empty_folder_and_slash(void **state)
{
    (void)state;
    const char *why;
    assert_int_equal(mkdir(path_of("empty"), 0777), 0);
    hr_folder *f = begin("empty///", false);
    assert_non_null(f);
    assert_true(hr_folder_write(f, "a", "", 0, &why));
    assert_true(hr_folder_commit(f, &why));
    assert_int_equal(access(path_of("empty/a"), F_OK), 0);
}

static void test_leftovers_of_the_dead_go(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("o.partial-999999999"), 0777), 0);
    char name[64];
    snprintf(name, sizeof name, "o.partial-%ld", (long)getppid());
    assert_int_equal(mkdir(path_of(name), 0777), 0);
    hr_folder_abandon(begin("o", false));
    assert_int_equal(access(path_of("o.partial-999999999"), F_OK), -1);
    assert_int_equal(access(path_of(name), F_OK), 0);
}

static void test_file_too_large_is_said(void **state)
{
    (void)state;
    const char *why = NULL;
    static char data[65536];
    struct rlimit old, small;
    hr_folder *f = begin("big", false);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = 4096;
    setrlimit(RLIMIT_FSIZE, &small);
    const bool written = hr_folder_write(f, "a", data, sizeof data, &why);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(written);
    assert_non_null(strstr(why, "cannot write"));
    hr_folder_abandon(f);
}

typedef struct {
    size_t bytes;
    int pieces, most;
} heard;

static bool hear(void *user, const char *data, size_t bytes)
{
    heard *h = user;
    assert_int_equal(data[0], 'x');
    h->bytes += bytes;
    return ++h->pieces < h->most;
}

static void test_pieces_are_the_file(void **state)
{
    (void)state;
    enum { BYTES = 3000000 };
    const char *why;
    char *data = malloc(BYTES);
    memset(data, 'x', BYTES);
    FILE *file = fopen(path_of("long"), "wb");
    assert_int_equal(fwrite(data, 1, BYTES, file), BYTES);
    assert_int_equal(fclose(file), 0);
    free(data);
    heard all = {.most = 1000}, some = {.most = 2};
    assert_true(hr_file_pieces(path_of("long"), hear, &all, &why));
    assert_int_equal(all.bytes, BYTES);
    assert_true(hr_file_pieces(path_of("long"), hear, &some, &why));
    assert_int_equal(some.pieces, 2);
    assert_false(hr_file_pieces(path_of("none"), hear, &all, &why));
    assert_non_null(strstr(why, "cannot read"));
    assert_false(hr_file_pieces(base, hear, &all, &why));
    assert_non_null(strstr(why, "is not a file"));
    assert_true(hr_file_is_there(path_of("long")));
    assert_false(hr_file_is_there(path_of("none")));
    assert_int_equal(unlink(path_of("long")), 0);
}

static void test_what_lies_in_what(void **state)
{
    (void)state;
    char outer[128], inner[128], link[128];
    snprintf(outer, sizeof outer, "%s/a", base);
    snprintf(inner, sizeof inner, "%s/a/b", base);
    snprintf(link, sizeof link, "%s/link", base);
    assert_int_equal(mkdir(outer, 0777) | mkdir(inner, 0777) | symlink(inner, link), 0);
    FILE *file = fopen(path_of("a/file"), "wb");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_true(hr_file_is_in(outer, outer));
    assert_true(hr_file_is_in(inner, outer));
    assert_true(hr_file_is_in(link, outer));
    assert_true(hr_file_is_in(path_of("a/file"), outer));
    assert_true(hr_file_is_in(path_of("a/../a/b/"), outer));
    assert_false(hr_file_is_in(outer, inner));
    assert_false(hr_file_is_in(path_of("a/file"), inner));
    assert_false(hr_file_is_in(path_of("none"), outer));
    assert_false(hr_file_is_in(outer, path_of("none")));
    assert_int_equal(unlink(path_of("a/file")) | unlink(link) | rmdir(inner) | rmdir(outer), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_or_not_at_all),
        cmocka_unit_test(test_abandoned_leaves_nothing),
        cmocka_unit_test(test_refuses_what_is_not_ours),
        cmocka_unit_test(test_looks_before_it_begins),
        cmocka_unit_test(test_force_replaces_ours),
        cmocka_unit_test(test_empty_folder_and_slash),
        cmocka_unit_test(test_leftovers_of_the_dead_go),
        cmocka_unit_test(test_file_too_large_is_said),
        cmocka_unit_test(test_pieces_are_the_file),
        cmocka_unit_test(test_what_lies_in_what),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
