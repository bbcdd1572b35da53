/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line. Options stand anywhere; "--" ends them. It must not know what the commands do.
 */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    RUN = 1 << HR_COMMAND_RUN,
    COMPARE = 1 << HR_COMMAND_COMPARE,
    CHECK = 1 << HR_COMMAND_CHECK,
    EXPLAIN = 1 << HR_COMMAND_EXPLAIN,
    SCORE = 1 << HR_COMMAND_SCORE,
    SHOW = 1 << HR_COMMAND_SHOW,
    SIMULATE = RUN | COMPARE,
    SCENARIO = SIMULATE | CHECK | EXPLAIN,
    ALL = SCENARIO | SCORE | SHOW
};

static const struct {
    const char *name, *operand, *does;
    const char *example[3];
} COMMANDS[HR_COMMANDS] = {
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
      "headroom compare a.cfg --set topslice.rate_pct=5 b.cfg --json"}},
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

typedef enum {
    OPTION_WITH,
    OPTION_SET,
    OPTION_YEARS,
    OPTION_PATHS,
    OPTION_SEED,
    OPTION_PATH,
    OPTION_OUT,
    OPTION_FORCE,
    OPTION_SAVE_PATHS,
    OPTION_NO_CHARTS,
    OPTION_FAIL_IF,
    OPTION_EXPLAIN,
    OPTION_AS,
    OPTION_JSON,
    OPTION_QUIET,
    OPTION_THREADS,
    OPTION_MEMORY,
    OPTION_LANES,
    OPTION_VECTOR,
    OPTION_HELP,
    OPTION_VERSION
} option_id;

typedef struct {
    option_id id;
    const char *name, *value; /* value: NULL where it takes none */
    unsigned commands;
    bool recorded; /* kept in the manifest: can change a byte of the output */
    const char *does;
} option;

static const option OPTIONS[] = {
    {OPTION_WITH, "with", "OVERLAY", SCENARIO, true,
     "apply an overlay, a name or a path; repeatable"},
    {OPTION_SET, "set", "KEY=VALUE", SCENARIO, true, "change one setting; repeatable"},
    {OPTION_YEARS, "years", "N", SCENARIO, true, "years simulated, as --set years=N"},
    {OPTION_PATHS, "paths", "N", SIMULATE, true, "futures simulated (default 10000)"},
    {OPTION_SEED, "seed", "N", SIMULATE | EXPLAIN, true,
     "64-bit, decimal or 0x... (default 20180901)"},
    {OPTION_PATH, "path", "N", EXPLAIN, true, "which future; 0 is the plain case, without luck"},
    {OPTION_OUT, "out", "DIR", SIMULATE | SCORE, false,
     "write the output folder; without it, nothing"},
    {OPTION_FORCE, "force", NULL, SIMULATE | SCORE, false,
     "replace an output folder that headroom wrote"},
    {OPTION_SAVE_PATHS, "save-paths", NULL, RUN, true, "write paths.csv: every future"},
    {OPTION_NO_CHARTS, "no-charts", NULL, SIMULATE, true, "draw no charts"},
    {OPTION_FAIL_IF, "fail-if", "EXPR", SIMULATE, true, "exit 6 when it holds; repeatable"},
    {OPTION_EXPLAIN, "explain", NULL, CHECK, true, "list every setting, its unit and source"},
    {OPTION_AS, "as", "FORMAT", SHOW, true, "text, md or json (default text)"},
    {OPTION_JSON, "json", NULL, ALL, true, "one JSON document on stdout instead of words"},
    {OPTION_QUIET, "quiet", NULL, ALL, false, "print no words, only errors"},
    {OPTION_THREADS, "threads", "N", SIMULATE, false, "default one a processor; changes no number"},
    {OPTION_MEMORY, "memory", "SIZE", SIMULATE, false, "most memory, 512M or 2G (default 2G)"},
    {OPTION_LANES, "lanes", "N", SIMULATE, false,
     "32 to 256 side by side, by 32; changes no number"},
    {OPTION_VECTOR, "vector", "WIDTH", SIMULATE, false, "plain, avx2, avx512; changes no number"},
    {OPTION_HELP, "help", NULL, ALL, false, "print this help"},
    {OPTION_VERSION, "version", NULL, ALL, false, "print the version"},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };

/* "did you mean ...?" into `hint`; NULL where nothing is near. */
static const char *nearest(const char *word, size_t length, bool options, char hint[64])
{
    const char *known[OPTION_COUNT > (int)HR_COMMANDS ? OPTION_COUNT : (int)HR_COMMANDS];
    char wanted[64];
    const int count = options ? (int)OPTION_COUNT : (int)HR_COMMANDS;
    for (int i = 0; i < count; i++)
        known[i] = options ? OPTIONS[i].name : COMMANDS[i].name;
    (void)snprintf(wanted, sizeof wanted, "%.*s", (int)length, word);
    const char *name = hr_nearest_word(wanted, known, (size_t)count);
    if (!name)
        return NULL;
    (void)snprintf(hint, 64, "did you mean %s%s?", options ? "--" : "", name);
    return hint;
}

static bool parse_whole(const char *text, uint64_t *value)
{
    const bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *c = hexadecimal ? text + 2 : text;
    const uint64_t base = hexadecimal ? 16 : 10;
    uint64_t number = 0;
    if (*c == '\0')
        return false;
    for (; *c; c++) {
        const char *digits = "0123456789abcdef";
        const char lower = *c >= 'A' && *c <= 'F' ? (char)(*c - 'A' + 'a') : *c;
        const char *at = strchr(digits, lower);
        if (!at || (uint64_t)(at - digits) >= base ||
            number > (UINT64_MAX - (uint64_t)(at - digits)) / base)
            return false;
        number = number * base + (uint64_t)(at - digits);
    }
    *value = number;
    return true;
}

/* "512M": bytes with K, M or G. */
static bool parse_size(const char *text, uint64_t *value)
{
    char digits[24];
    const size_t length = strlen(text);
    if (length == 0 || length >= sizeof digits)
        return false;
    (void)snprintf(digits, sizeof digits, "%s", text);
    int shift = 0;
    switch (digits[length - 1]) {
    case 'K':
    case 'k': shift = 10; break;
    case 'M':
    case 'm': shift = 20; break;
    case 'G':
    case 'g': shift = 30; break;
    default: break;
    }
    if (shift)
        digits[length - 1] = '\0';
    if (!parse_whole(digits, value) || *value == 0 || *value > UINT64_MAX >> shift)
        return false;
    *value <<= shift;
    return true;
}

static bool parse_int(const char *text, uint64_t low, uint64_t high, int *value)
{
    uint64_t number;
    if (!parse_whole(text, &number) || number < low || number > high)
        return false;
    *value = (int)number;
    return true;
}

static bool parse_width(const char *text, int *width)
{
    static const char *const words[] = {"plain", "avx2", "avx512"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, words[i]) == 0) {
            *width = i + 1;
            return true;
        }
    return false;
}

static size_t scenarios_so_far(const hr_options *o) { return o->operand ? 1 + o->mores : 0; }

static bool add_change(hr_options *o, hr_change_kind kind, const char *text, size_t follows)
{
    hr_change *more = realloc(o->change, (o->changes + 1) * sizeof *more);
    size_t *place = realloc(o->follows, (o->changes + 1) * sizeof *place);
    if (more)
        o->change = more;
    if (place)
        o->follows = place;
    if (!more || !place)
        return false;
    o->follows[o->changes] = follows;
    o->change[o->changes++] = (hr_change){.kind = kind, .text = text};
    return true;
}

static bool add_limit(hr_options *o, const char *text)
{
    const char **more = realloc(o->limit, (o->limits + 1) * sizeof *more);
    if (!more)
        return false;
    o->limit = more;
    o->limit[o->limits++] = text;
    return true;
}

static bool set_years(hr_options *o, const char *value)
{
    int years;
    if (!parse_int(value, 1, 30, &years))
        return false;
    char **more = realloc(o->made, (o->mades + 1) * sizeof *more);
    char *text = malloc(24);
    if (more)
        o->made = more;
    if (!more || !text) {
        free(text);
        return false;
    }
    (void)snprintf(text, 24, "years=%d", years);
    o->made[o->mades++] = text;
    return add_change(o, HR_CHANGE_SET, text, 0); /* years are of all, wherever it is said */
}

static bool take(hr_options *o, option_id id, const char *value)
{
    switch (id) {
    case OPTION_WITH: return value[0] && add_change(o, HR_CHANGE_WITH, value, scenarios_so_far(o));
    case OPTION_SET:
        return strchr(value, '=') && add_change(o, HR_CHANGE_SET, value, scenarios_so_far(o));
    case OPTION_YEARS: return set_years(o, value);
    case OPTION_PATHS: return parse_whole(value, &o->paths) && o->paths > 0;
    case OPTION_SEED: return parse_whole(value, &o->seed);
    case OPTION_PATH: return parse_whole(value, &o->path);
    case OPTION_OUT: o->out = value; return value[0] != '\0';
    case OPTION_FORCE: o->force = true; return true;
    case OPTION_SAVE_PATHS: o->save_paths = true; return true;
    case OPTION_NO_CHARTS: o->no_charts = true; return true;
    case OPTION_FAIL_IF: return add_limit(o, value);
    case OPTION_EXPLAIN: o->explain = true; return true;
    case OPTION_AS: o->as = value; return true;
    case OPTION_JSON: o->json = true; return true;
    case OPTION_QUIET: o->quiet = true; return true;
    case OPTION_THREADS: return parse_int(value, 1, 256, &o->threads);
    case OPTION_MEMORY: return parse_size(value, &o->memory);
    case OPTION_LANES: return parse_int(value, 32, 256, &o->lanes) && o->lanes % 32 == 0;
    case OPTION_VECTOR: return parse_width(value, &o->width);
    case OPTION_HELP: o->help = true; return true;
    case OPTION_VERSION: o->version = true; return true;
    }
    return false;
}

static const option *find_option(const char *name, size_t length)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (strlen(OPTIONS[i].name) == length && strncmp(OPTIONS[i].name, name, length) == 0)
            return &OPTIONS[i];
    return NULL;
}

static int find_command(const char *name)
{
    for (int i = 0; i < HR_COMMANDS; i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return i;
    return -1;
}

static void usage(hr_diags *diags, const char *hint, const char *text)
{
    hr_diags_add(diags, HR_ERROR, NULL, 0, text, hint);
}

/* One option of argv at *at; moves *at past its value. `seen` gathers which commands allow what was
 * said. */
static void parse_option(hr_options *o, int argc, char *const *argv, int *at, const option **seen,
                         int *seen_count, hr_diags *diags)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    const size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const option *found = find_option(name, length);
    char hint[64];
    if (!found) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0, nearest(name, length, true, hint),
                      "unknown option --%.*s", (int)length, name);
        return;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (!found->value && value) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "option --%s takes no value", found->name);
        return;
    }
    if (found->value && !value) {
        if (*at + 1 >= argc) {
            hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "option --%s needs a value, %s",
                          found->name, found->value);
            return;
        }
        value = argv[++*at];
    }
    if (!take(o, found->id, value))
        hr_diags_addf(diags, HR_ERROR, NULL, 0, found->does, "\"%s\" is no value for --%s", value,
                      found->name);
    seen[(*seen_count)++] = found;
}

static bool takes_two(hr_command command)
{
    return command != HR_COMMANDS && strchr(COMMANDS[command].operand, ' ');
}

static void parse_word(hr_options *o, int *words, const char *word, hr_diags *diags)
{
    char hint[64];
    if (*words == 0) {
        const int command = find_command(word);
        if (command < 0)
            hr_diags_addf(diags, HR_ERROR, NULL, 0, nearest(word, strlen(word), false, hint),
                          "unknown command \"%s\"", word);
        o->command = command < 0 ? HR_COMMANDS : (hr_command)command;
    } else if (*words == 1) {
        o->operand = word;
    } else if (*words == 2 && takes_two(o->command)) {
        o->second = word;
    } else if (o->command == HR_COMMAND_COMPARE && o->mores < HR_COMPARE_MOST - 1) {
        o->more[o->mores++] = word;
    } else if (o->command == HR_COMMAND_COMPARE) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "at most %u scenarios are compared",
                      HR_COMPARE_MOST);
    } else if (hr_diags_errors(diags) == 0) { /* else it may be the value of an option not known */
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "one word too many: \"%s\"", word);
    }
    ++*words;
}

/* Does a --with or --set belong to this scenario (1 the first) alone? */
static bool own_change(const hr_options *o, size_t scenario)
{
    for (size_t i = 0; i < o->changes; i++)
        if (o->follows[i] == scenario)
            return true;
    return false;
}

static void check_fit(const hr_options *o, int words, const option *const *seen, int count,
                      hr_diags *diags)
{
    if (words == 0) {
        usage(diags, "headroom --help lists the commands", "no command given");
        return;
    }
    if (o->command == HR_COMMANDS)
        return;
    for (int i = 0; i < count; i++)
        if (!(seen[i]->commands & 1u << o->command))
            hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "option --%s does not belong to %s",
                          seen[i]->name, COMMANDS[o->command].name);
    if (words < 2 + takes_two(o->command) && o->command != HR_COMMAND_SHOW)
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "%s needs %s%s", COMMANDS[o->command].name,
                      takes_two(o->command) ? "" : "a ", COMMANDS[o->command].operand);
    if (o->command == HR_COMMAND_COMPARE && words == 2 && !own_change(o, 1))
        usage(diags, "name another scenario, or give --with or --set after this one",
              "one scenario alone has nothing to be compared with");
}

hr_status hr_options_parse(hr_options *o, int argc, char *const *argv, hr_diags *diags)
{
    *o = (hr_options){.command = HR_COMMANDS, .seed = HR_SEED_DEFAULT, .paths = HR_PATHS_DEFAULT};
    const option **seen = calloc((size_t)argc + 1, sizeof *seen);
    if (!seen)
        return HR_NO_MEMORY;
    int words = 0, seen_count = 0;
    bool options_end = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (options_end || word[0] != '-' || word[1] == '\0')
            parse_word(o, &words, word, diags);
        else if (strcmp(word, "--") == 0)
            options_end = true;
        else if (word[1] == '-')
            parse_option(o, argc, argv, &i, seen, &seen_count, diags);
        else if (strcmp(word, "-h") == 0)
            o->help = true;
        else
            hr_diags_addf(diags, HR_ERROR, NULL, 0, "options are written in full, with two dashes",
                          "unknown option %s", word);
    }
    if (!o->help && !o->version)
        check_fit(o, words, seen, seen_count, diags);
    free(seen);
    return hr_diags_errors(diags) ? HR_USAGE : HR_OK;
}

void hr_options_free(hr_options *o)
{
    for (size_t i = 0; i < o->mades; i++)
        free(o->made[i]);
    free(o->made);
    free(o->change);
    free(o->follows);
    free(o->limit);
}

static void help_options(unsigned commands)
{
    printf("\nOptions:\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        char name[40];
        if (!(OPTIONS[i].commands & commands))
            continue;
        (void)snprintf(name, sizeof name, "--%s%s%s", OPTIONS[i].name, OPTIONS[i].value ? " " : "",
                       OPTIONS[i].value ? OPTIONS[i].value : "");
        printf("  %-18s  %s\n", name, OPTIONS[i].does);
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
    printf("headroom %s [options] %s\n\n%c%s.\n", COMMANDS[command].name, COMMANDS[command].operand,
           COMMANDS[command].does[0] - 'a' + 'A', COMMANDS[command].does + 1);
    help_options(1u << command);
    printf("\nExamples:\n");
    for (int i = 0; i < 3; i++)
        printf("  %s\n", COMMANDS[command].example[i]);
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
        printf("  %-8s %-15s %s\n", COMMANDS[i].name, COMMANDS[i].operand, COMMANDS[i].does);
    help_options(ALL);
    printf("\nExamples:\n");
    for (int i = 0; i < 3; i++)
        printf("  %s\n", COMMANDS[i].example[i]);
    help_statuses();
    printf("\nheadroom COMMAND --help says more of one command.\n");
}

const char **hr_options_recorded(int argc, char *const *argv)
{
    const char **kept = calloc((size_t)argc + 1, sizeof *kept);
    size_t count = 0;
    bool options_end = false;
    for (int i = 1; kept && i < argc; i++) {
        const char *word = argv[i];
        const bool is_option = !options_end && word[0] == '-' && word[1] == '-' && word[2];
        options_end = options_end || strcmp(word, "--") == 0;
        const char *equals = is_option ? strchr(word, '=') : NULL;
        const option *found = is_option ? find_option(word + 2, equals ? (size_t)(equals - word - 2)
                                                                       : strlen(word + 2))
                                        : NULL;
        const bool has_value = found && found->value && !equals && i + 1 < argc;
        if (!found || found->recorded) {
            kept[count++] = word;
            if (has_value)
                kept[count++] = argv[i + 1];
        }
        i += has_value;
    }
    return kept;
}
