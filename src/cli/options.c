/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line. Options stand anywhere; "--" ends them. It must not know what the commands do.
 */
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/vocabulary.h"

/* "did you mean ...?" into `hint`; NULL where nothing is near. */
static const char *nearest(const char *word, size_t length, bool options, char hint[64])
{
    const char *known[HR_OPTION_COUNT > (int)HR_COMMANDS ? HR_OPTION_COUNT : (int)HR_COMMANDS];
    char wanted[64];
    const int count = options ? (int)HR_OPTION_COUNT : (int)HR_COMMANDS;
    for (int i = 0; i < count; i++)
        known[i] = options ? HR_OPTION_ROWS[i].name : HR_COMMAND_ROWS[i].name;
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

/* Digits and at most one point: a number of per cent points. */
static bool parse_points(const char *text, double *points)
{
    char *end;
    if (text[0] == '\0' || text[strspn(text, "0123456789.")] != '\0')
        return false;
    *points = strtod(text, &end);
    return *end == '\0' && *points > 0.0 && *points <= 50.0;
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

/* Worlds past the most are counted and not kept. */
static bool add_under(hr_options *o, const char *value)
{
    if (o->unders < HR_WORLDS_MOST)
        o->under[o->unders] = value;
    o->unders++;
    return value[0] != '\0';
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

static bool set_assumptions(hr_options *o, const char *value)
{
    return parse_int(value, 0, HR_ASSUMPTIONS_MOST, &o->assumptions) &&
           (o->assumptions == 0 || o->assumptions >= HR_ASSUMPTIONS_LEAST);
}

static bool take(hr_options *o, hr_option_id id, const char *value)
{
    switch (id) {
    case HR_OPTION_WITH:
        return value[0] && add_change(o, HR_CHANGE_WITH, value, scenarios_so_far(o));
    case HR_OPTION_SET:
        return strchr(value, '=') && add_change(o, HR_CHANGE_SET, value, scenarios_so_far(o));
    case HR_OPTION_UNDER: return add_under(o, value);
    case HR_OPTION_YEARS: return set_years(o, value);
    case HR_OPTION_PATHS: return parse_whole(value, &o->paths) && o->paths > 0;
    case HR_OPTION_PRECISION: return parse_points(value, &o->precision);
    case HR_OPTION_ASSUMPTIONS: return set_assumptions(o, value);
    case HR_OPTION_SEED: return parse_whole(value, &o->seed);
    case HR_OPTION_PATH: return parse_whole(value, &o->path);
    case HR_OPTION_OUT: o->out = value; return value[0] != '\0';
    case HR_OPTION_FORCE: o->force = true; return true;
    case HR_OPTION_SAVE_PATHS: o->save_paths = true; return true;
    case HR_OPTION_NO_CHARTS: o->no_charts = true; return true;
    case HR_OPTION_FAIL_IF: return add_limit(o, value);
    case HR_OPTION_EXPLAIN: o->explain = true; return true;
    case HR_OPTION_AS: o->as = value; return true;
    case HR_OPTION_JSON: o->json = true; return true;
    case HR_OPTION_QUIET: o->quiet = true; return true;
    case HR_OPTION_THREADS: return parse_int(value, 1, 256, &o->threads);
    case HR_OPTION_MEMORY: return parse_size(value, &o->memory);
    case HR_OPTION_LANES: return parse_int(value, 32, 256, &o->lanes) && o->lanes % 32 == 0;
    case HR_OPTION_VECTOR: return parse_width(value, &o->width);
    case HR_OPTION_HELP: o->help = true; return true;
    case HR_OPTION_VERSION: o->version = true; return true;
    }
    return false;
}

/* Which values an option takes, where its line of the help does not say so. */
static const char *values_of(const hr_option_row *option)
{
    switch (option->id) {
    case HR_OPTION_YEARS: return "a whole number from 1 to 30";
    case HR_OPTION_PATHS: return "a whole number from 1 on";
    case HR_OPTION_PRECISION: return "points of 100: above 0, to 50";
    case HR_OPTION_ASSUMPTIONS: return "0, or a whole number from 20 to 10,000";
    case HR_OPTION_THREADS: return "a whole number from 1 to 256";
    default: return option->does;
    }
}

static const hr_option_row *find_option(const char *name, size_t length)
{
    for (int i = 0; i < HR_OPTION_COUNT; i++)
        if (strlen(HR_OPTION_ROWS[i].name) == length &&
            strncmp(HR_OPTION_ROWS[i].name, name, length) == 0)
            return &HR_OPTION_ROWS[i];
    return NULL;
}

static int find_command(const char *name)
{
    for (int i = 0; i < HR_COMMANDS; i++)
        if (strcmp(HR_COMMAND_ROWS[i].name, name) == 0)
            return i;
    return -1;
}

static void usage(hr_diags *diags, const char *hint, const char *text)
{
    hr_diags_add(diags, HR_ERROR, NULL, 0, text, hint);
}

/* One option of argv at *at; moves *at past its value. `seen` gathers which commands allow what was
 * said. */
static void parse_option(hr_options *o, int argc, char *const *argv, int *at,
                         const hr_option_row **seen, int *seen_count, hr_diags *diags)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    const size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const hr_option_row *found = find_option(name, length);
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
        hr_diags_addf(diags, HR_ERROR, NULL, 0, values_of(found), "\"%s\" is no value for --%s",
                      value, found->name);
    seen[(*seen_count)++] = found;
}

/* Of a command that there is. */
static bool takes_two(hr_command command)
{
    return strchr(HR_COMMAND_ROWS[command].operand, ' ') != NULL;
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
    } else if (*words == 2 && o->command != HR_COMMANDS && takes_two(o->command)) {
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

static void check_worlds(const hr_options *o, const hr_option_row *const *seen, int count,
                         hr_diags *diags)
{
    for (int i = 0; i < count && o->unders > 0; i++)
        if (seen[i]->id == HR_OPTION_ASSUMPTIONS) {
            usage(diags, "leave out --assumptions, or --under",
                  "sets of assumptions are not looked at where strategies are compared under "
                  "worlds");
            break;
        }
    if (o->unders > HR_WORLDS_MOST)
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "at most %u worlds are given with --under",
                      HR_WORLDS_MOST);
    for (size_t i = 1; i < o->unders && i < HR_WORLDS_MOST; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(o->under[i], o->under[k]) == 0)
                hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "world \"%s\" is given twice",
                              o->under[i]);
}

static void check_fit(const hr_options *o, int words, const hr_option_row *const *seen, int count,
                      hr_diags *diags)
{
    if (words == 0) {
        usage(diags, "headroom --help lists the commands", "no command given");
        return;
    }
    const hr_command command = o->command;
    if (command == HR_COMMANDS)
        return;
    const hr_command_row *row = &HR_COMMAND_ROWS[command];
    for (int i = 0; i < count; i++)
        if (!(seen[i]->commands & 1u << command))
            hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "option --%s does not belong to %s",
                          seen[i]->name, row->name);
    if (words < 2 + takes_two(command) && command != HR_COMMAND_SHOW)
        hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "%s needs %s%s", row->name,
                      takes_two(command) ? "" : "a ", row->operand);
    if (command == HR_COMMAND_COMPARE && words == 2 && !own_change(o, 1) && o->unders == 0)
        usage(diags, "name another scenario, or give --with, --set or --under after this one",
              "one scenario alone has nothing to be compared with");
    check_worlds(o, seen, count, diags);
}

hr_status hr_options_parse(hr_options *o, int argc, char *const *argv, hr_diags *diags)
{
    *o = (hr_options){
        .command = HR_COMMANDS, .seed = HR_SEED_DEFAULT, .assumptions = HR_ASSUMPTIONS_DEFAULT};
    const hr_option_row **seen = calloc((size_t)argc + 1, sizeof *seen);
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
    if (o->paths == 0 && o->precision == 0.0)
        o->paths = HR_PATHS_DEFAULT;
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

/* The option that a word of a command line is, NULL for none; *takes_next where its value is the
 * next word, of `left` that there are. */
static const hr_option_row *option_of_word(const char *word, int left, bool *options_end,
                                           bool *takes_next)
{
    const bool is_option = !*options_end && word[0] == '-' && word[1] == '-' && word[2];
    *options_end = *options_end || strcmp(word, "--") == 0;
    const char *equals = is_option ? strchr(word, '=') : NULL;
    const hr_option_row *found =
        is_option ? find_option(word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2))
                  : NULL;
    *takes_next = found && found->value && !equals && left > 0;
    return found;
}

const char **hr_options_recorded(int argc, char *const *argv)
{
    const char **kept = calloc((size_t)argc + 1, sizeof *kept);
    size_t count = 0;
    bool options_end = false, takes_next;
    for (int i = 1; kept && i < argc; i++) {
        const hr_option_row *found =
            option_of_word(argv[i], argc - i - 1, &options_end, &takes_next);
        if (!found || found->recorded) {
            kept[count++] = argv[i];
            if (takes_next)
                kept[count++] = argv[i + 1];
        }
        i += takes_next;
    }
    return kept;
}

const char **hr_options_recorded_paths(const char *const *recorded, const char *paths)
{
    int words = 0;
    while (recorded[words])
        words++;
    const char **kept = calloc((size_t)words + 3, sizeof *kept);
    size_t count = 0;
    bool options_end = false, takes_next, said = false;
    for (int i = 0; kept && i < words; i++) {
        const hr_option_row *found =
            option_of_word(recorded[i], words - i - 1, &options_end, &takes_next);
        const bool how_many =
            paths && found && (found->id == HR_OPTION_PRECISION || found->id == HR_OPTION_PATHS);
        if (how_many && !said) {
            kept[count++] = "--paths";
            kept[count++] = paths;
            said = true;
        } else if (!how_many) {
            kept[count++] = recorded[i];
            if (takes_next)
                kept[count++] = recorded[i + 1];
        }
        i += takes_next;
    }
    return kept;
}
