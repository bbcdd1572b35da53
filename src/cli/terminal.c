/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics, progress and signals. It must not know commands. */
#include "cli/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The one thing that a signal handler may touch. */
static volatile sig_atomic_t caught;

static bool coloured(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return (!no_colour || no_colour[0] == '\0') && isatty(STDERR_FILENO) && term &&
           strcmp(term, "dumb") != 0;
}

static void print_lead(const char *severity)
{
    const bool colour = coloured();
    (void)fprintf(stderr, "headroom: %s%s:%s ", colour ? "\x1b[1;31m" : "", severity,
                  colour ? "\x1b[0m" : "");
}

/* Control characters of a user's text would speak to the terminal: they become blanks. Those from
 * U+0080 to U+009F are two bytes of UTF-8. */
static void print_clean(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        const bool upper = *c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0;
        (void)fputc(*c < 0x20 || *c == 0x7f || upper ? ' ' : *c, stderr);
        c += upper;
    }
}

void hr_terminal_error(const char *text)
{
    print_lead("error");
    print_clean(text);
    (void)fputc('\n', stderr);
}

static void print_diag(const hr_diag *d)
{
    static const char *const severities[] = {"note", "warning", "error"};
    if (d->file) {
        print_clean(d->file);
        if (d->line > 0)
            (void)fprintf(stderr, ":%d", d->line);
        (void)fprintf(stderr, ": %s: ", severities[d->severity]);
    } else {
        print_lead(severities[d->severity]);
    }
    print_clean(d->text);
    (void)fputc('\n', stderr);
    if (d->hint) {
        (void)fputs("    hint: ", stderr);
        print_clean(d->hint);
        (void)fputc('\n', stderr);
    }
}

void hr_terminal_diags(hr_diags *d, bool quiet)
{
    hr_diags_sort(d);
    for (size_t i = 0; i < hr_diags_count(d); i++) {
        const hr_diag *diag = hr_diags_get(d, i);
        if (diag && (!quiet || diag->severity == HR_ERROR))
            print_diag(diag);
    }
}

static int64_t now_ns(void)
{
    struct timespec t = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

hr_progress hr_progress_begin(bool quiet)
{
    return (hr_progress){.wanted = !quiet && isatty(STDERR_FILENO),
                         .next_ns = now_ns() + 300000000};
}

void hr_progress_show(hr_progress *p, uint64_t done, uint64_t of)
{
    if (!p->wanted || of == 0 || now_ns() < p->next_ns)
        return;
    (void)fprintf(stderr, "\r%3u %% simulated", (unsigned)(100.0 * (double)done / (double)of));
    (void)fflush(stderr);
    p->shown = true;
    p->next_ns = now_ns() + 100000000;
}

void hr_progress_end(hr_progress *p)
{
    if (p->shown)
        (void)fputs("\r\x1b[K", stderr);
    p->shown = false;
}

static void on_signal(int number)
{
    if (caught)
        _exit(128 + number);
    caught = number;
}

static void watch(int number)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_IGN)
        return;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, NULL);
}

void hr_signals_watch(void)
{
    watch(SIGINT);
    watch(SIGTERM);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)signal(SIGXFSZ, SIG_IGN);
}

int hr_signals_caught(void) { return caught; }

bool hr_terminal_flush(void)
{
    const bool flushed = fflush(stdout) == 0;
    return flushed && !ferror(stdout);
}
