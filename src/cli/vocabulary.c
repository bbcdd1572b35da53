/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary of the command line, and the help that is printed from it. It must not know how
 * words are parsed, nor what the commands do. */
#include "cli/vocabulary.h"

#include <stdio.h>

enum {
    RUN = 1 << HR_COMMAND_RUN,
    COMPARE = 1 << HR_COMMAND_COMPARE,
    STRESS = 1 << HR_COMMAND_STRESS,
    CHECK = 1 << HR_COMMAND_CHECK,
    EXPLAIN = 1 << HR_COMMAND_EXPLAIN,
    SCORE = 1 << HR_COMMAND_SCORE,
    SHOW = 1 << HR_COMMAND_SHOW,
    SIMULATE = RUN | COMPARE | STRESS,
    SCENARIO = SIMULATE | CHECK | EXPLAIN,
    ALL = SCENARIO | SCORE | SHOW
};

const hr_command_row HR_COMMAND_ROWS[HR_COMMANDS] = {
    {"run",
     "SCENARIO",
     "simulates, prints the verdict, writes a folder",
     {"headroom run trust.cfg", "headroom run trust.cfg --with pay-shock --out out/pay",
      "headroom run trust.cfg --fail-if 'P(reserves_pct < 5) > 0.1'"}},
    {"compare",
     "SCENARIO...",
     "tells scenarios apart over the same luck",
     {"headroom compare trust.cfg --with two-more-schools",
      "headroom compare trust.cfg other.cfg --with pay-shock --out out/compared",
      "headroom compare trust.cfg --with no-growth --under tight-settlement"}},
    {"stress",
     "SCENARIO",
     "says what hurts most: stresses alone and together",
     {"headroom stress trust.cfg",
      "headroom stress trust.cfg --with pay-shock --with falling-rolls",
      "headroom stress trust.cfg --set topslice.rate_pct=6 --out out/stressed"}},
    {"check",
     "SCENARIO",
     "says every mistake at once and the plan's arithmetic",
     {"headroom check trust.cfg", "headroom check trust.cfg --explain",
      "headroom check trust.cfg --set topslice.rate_pct=5.0 --json"}},
    {"explain",
     "SCENARIO",
     "tells one future year by year, every line adding up",
     {"headroom explain trust.cfg --path 0", "headroom explain trust.cfg --path 4711",
      "headroom explain trust.cfg --path 4711 --json"}},
    {"score",
     "DIR ACTUALS.csv",
     "holds a frozen run against what happened",
     {"headroom score out/plan actuals.csv", "headroom score out/plan actuals.csv --out out/score",
      "headroom score out/plan actuals.csv --json"}},
    {"show",
     "TOPIC",
     "prints a reference table; without TOPIC, lists them",
     {"headroom show", "headroom show metrics", "headroom show parameters --as md"}},
};

const hr_option_row HR_OPTION_ROWS[HR_OPTION_COUNT] = {
    {HR_OPTION_WITH, "with", "OVERLAY", SCENARIO, true,
     "apply an overlay, a name or a path; repeatable"},
    {HR_OPTION_SET, "set", "KEY=VALUE", SCENARIO, true, "change one setting; repeatable"},
    {HR_OPTION_UNDER, "under", "WORLD", COMPARE, true,
     "every scenario in this world too; repeatable"},
    {HR_OPTION_YEARS, "years", "N", SCENARIO, true, "years simulated, as --set years=N"},
    {HR_OPTION_PATHS, "paths", "N", SIMULATE, true, "futures simulated (default 10000)"},
    {HR_OPTION_PRECISION, "precision", "POINTS", SIMULATE, true,
     "futures until chances are good to POINTS of 100, say 0.5"},
    {HR_OPTION_ASSUMPTIONS, "assumptions", "K", RUN | COMPARE, true,
     "sets of what is not known, or 0 (default 200)"},
    {HR_OPTION_SEED, "seed", "N", SIMULATE | EXPLAIN, true,
     "64-bit, decimal or 0x... (default 20180901)"},
    {HR_OPTION_PATH, "path", "N", EXPLAIN, true, "which future; 0 is the plain case, without luck"},
    {HR_OPTION_OUT, "out", "DIR", SIMULATE | SCORE, false,
     "write the output folder; without it, nothing"},
    {HR_OPTION_FORCE, "force", NULL, SIMULATE | SCORE, false,
     "replace an output folder that headroom wrote"},
    {HR_OPTION_SAVE_PATHS, "save-paths", NULL, RUN, true, "write paths.csv: every future"},
    {HR_OPTION_NO_CHARTS, "no-charts", NULL, SIMULATE, true, "draw no charts"},
    {HR_OPTION_FAIL_IF, "fail-if", "EXPR", SIMULATE, true, "exit 6 when it holds; repeatable"},
    {HR_OPTION_EXPLAIN, "explain", NULL, CHECK, true, "list every setting, its unit and source"},
    {HR_OPTION_AS, "as", "FORMAT", SHOW, true, "text, md or json (default text)"},
    {HR_OPTION_JSON, "json", NULL, ALL, true, "one JSON document on stdout instead of words"},
    {HR_OPTION_QUIET, "quiet", NULL, ALL, false, "print no words, only errors"},
    {HR_OPTION_THREADS, "threads", "N", SIMULATE, false,
     "default one a processor; changes no number"},
    {HR_OPTION_MEMORY, "memory", "SIZE", SIMULATE, false, "most memory, 512M or 2G (default 2G)"},
    {HR_OPTION_LANES, "lanes", "N", SIMULATE, false,
     "32 to 256 side by side, by 32; changes no number"},
    {HR_OPTION_VECTOR, "vector", "WIDTH", SIMULATE, false,
     "plain, avx2, avx512; changes no number"},
    {HR_OPTION_HELP, "help", NULL, ALL, false, "print this help"},
    {HR_OPTION_VERSION, "version", NULL, ALL, false, "print the version"},
};

static void help_options(unsigned commands)
{
    printf("\nOptions:\n");
    for (int i = 0; i < HR_OPTION_COUNT; i++) {
        char name[40];
        if (!(HR_OPTION_ROWS[i].commands & commands))
            continue;
        (void)snprintf(name, sizeof name, "--%s%s%s", HR_OPTION_ROWS[i].name,
                       HR_OPTION_ROWS[i].value ? " " : "",
                       HR_OPTION_ROWS[i].value ? HR_OPTION_ROWS[i].value : "");
        printf("  %-18s  %s\n", name, HR_OPTION_ROWS[i].does);
    }
}

/* One line an exit status: sentences that share a number are joined. */
static void help_statuses(void)
{
    static const struct {
        int exit_status;
        const char *sentence;
    } rows[] = {
#define HR_STATUS(name, number, exit_status, sentence) {exit_status, sentence},
#include "headroom/tables/status.def"
#undef HR_STATUS
    };
    printf("\nExit status:");
    int before = -1;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].exit_status == before)
            printf("; %s", rows[i].sentence);
        else
            printf("\n  %3d  %s", rows[i].exit_status, rows[i].sentence);
        before = rows[i].exit_status;
    }
    printf("\n");
}

static void help_of_command(hr_command command)
{
    printf("headroom %s [options] %s\n\n%c%s.\n", HR_COMMAND_ROWS[command].name,
           HR_COMMAND_ROWS[command].operand, HR_COMMAND_ROWS[command].does[0] - 'a' + 'A',
           HR_COMMAND_ROWS[command].does + 1);
    help_options(1u << command);
    printf("\nExamples:\n");
    for (int i = 0; i < 3; i++)
        printf("  %s\n", HR_COMMAND_ROWS[command].example[i]);
}

void hr_options_help(const hr_options *o, bool command_given)
{
    if (command_given) {
        help_of_command(o->command);
        return;
    }
    printf("headroom COMMAND [options] SCENARIO\n\n"
           "What can a multi-academy trust afford to take on? Simulates the trust year by\n"
           "year, thousands of times, as schools join.\n\nCommands:\n");
    for (int i = 0; i < HR_COMMANDS; i++)
        printf("  %-8s %-15s %s\n", HR_COMMAND_ROWS[i].name, HR_COMMAND_ROWS[i].operand,
               HR_COMMAND_ROWS[i].does);
    help_options(ALL);
    printf("\nExamples:\n");
    for (int i = 0; i < 3; i++)
        printf("  %s\n", HR_COMMAND_ROWS[i].example[i]);
    help_statuses();
    printf("\nheadroom COMMAND --help says more of one command.\n");
}
