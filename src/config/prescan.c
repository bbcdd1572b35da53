/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pre-scan: one pass over the words of a scenario's text, which refuses what libconfig 1.5
 * would silently misread and copies the rest in a form that it cannot misread. It must not know
 * what any setting means. */
#include "config/prescan.h"

#include <stdio.h>
#include <string.h>

#include "config/number.h"

enum { FAULTS_MOST = 20 }; /* of one file: after so many the rest is noise */

typedef enum { AFTER_NOTHING, AFTER_STRING, AFTER_ASSIGN, AFTER_OTHER } after;

typedef struct {
    char bracket;
    int line, settings;
} level;

typedef struct {
    hr_load *load;
    const char *file;
    int first_line; /* 0: lines are not told */
    const char *at, *end;
    char *out;
    int line; /* from 1 */
    int faults, settings;
    after last;
    level level[HR_NESTING_MOST + 1];
    int depth;
    bool stop;
} scan;

static int told(const scan *s, int line)
{
    return s->first_line == 0 ? 0 : s->first_line + line - 1;
}

static void fault(scan *s, int line, const char *hint, const char *text)
{
    hr_diags_add(s->load->diags, HR_ERROR, s->file, told(s, line), text, hint);
    if (++s->faults == FAULTS_MOST)
        s->stop = true;
}

static bool starts(const scan *s, const char *word)
{
    const size_t length = strlen(word);
    return (size_t)(s->end - s->at) >= length && memcmp(s->at, word, length) == 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '*';
}

static void newline(scan *s)
{
    *s->out++ = '\n';
    s->line++;
    s->at++;
}

/* Comments become blank, so that none is left open and a last line without an end does no harm. */
static void line_comment(scan *s)
{
    while (s->at < s->end && *s->at != '\n')
        s->at++;
}

static void block_comment(scan *s)
{
    const int opened = s->line;
    for (s->at += 2; s->at < s->end && !starts(s, "*/");) {
        if (*s->at == '\n')
            newline(s);
        else
            s->at++;
    }
    if (s->at == s->end) {
        fault(s, opened, "close it with */",
              "the comment that starts here with /* is never closed");
        s->stop = true;
        return;
    }
    s->at += 2;
    *s->out++ = ' ';
}

static void escape(scan *s)
{
    if (s->at + 1 < s->end && strchr("nt\\\"", s->at[1]) != NULL) {
        *s->out++ = *s->at++;
        *s->out++ = *s->at++;
        return;
    }
    fault(s, s->line, "write \\\\ for a backslash and \\\" for a quote",
          "a backslash in a text stands only before n, t, \\ or a quote");
    s->at++;
}

static void string(scan *s)
{
    const char *opened = s->at;
    if (s->last == AFTER_STRING)
        fault(s, s->line, "put a comma between two entries of a list, a semicolon after a setting",
              "two texts follow each other and would be joined");
    *s->out++ = *s->at++;
    while (s->at < s->end && *s->at != '"' && *s->at != '\n') {
        if (*s->at == '\\')
            escape(s);
        else
            *s->out++ = *s->at++;
    }
    if (s->at == s->end || *s->at == '\n') {
        fault(s, s->line, "a text starts and ends with a quote on one line",
              "the text that starts on this line is not closed");
        s->stop = true;
        return;
    }
    *s->out++ = *s->at++;
    if (s->at - opened > HR_TEXT_BYTES_MOST + 2)
        fault(s, s->line, "at most 4,096 characters", "the text is too long");
    s->last = AFTER_STRING;
}

static char inside(const scan *s) { return s->depth == 0 ? '{' : s->level[s->depth].bracket; }

/* What may be meant by a word that starts like a number and is none. */
static const char *hint_for(const char *word, size_t length)
{
    const char last = word[length - 1];
    if (memchr(word, '/', length) != NULL)
        return "a year stands in quotes: \"2026/27\"";
    if (length == 7 && word[4] == '-')
        return "a month stands in quotes: \"2027-09\"";
    if (last == '%')
        return "write per cent without the sign: 5.5";
    if (word[0] == '0' && length > 2 && (word[1] == 'x' || word[1] == 'X'))
        return "write it in decimal digits";
    if (last == 'L')
        return "write it without the L";
    if (last == 'k' || last == 'K' || last == 'm' || last == 'M')
        return "write the number in full: 250000";
    if (memchr(word, ',', length) != NULL)
        return "write it without commas: 1250000";
    if (memchr(word, '_', length) != NULL)
        return "write it without underscores: 1250000";
    if (memchr(word, 'e', length) != NULL || memchr(word, 'E', length) != NULL)
        return "it is too large, or lacks digits before or after the e";
    return "a number is digits with at most one decimal point, such as 1250000 or 5.5";
}

/* Digits that a person would take for one number: also the commas of thousands, where no list
 * stands. */
static size_t number_length(const scan *s)
{
    const char *at = s->at + 1;
    for (; at < s->end; at++) {
        const bool sign = (*at == '+' || *at == '-') && (at[-1] == 'e' || at[-1] == 'E');
        const bool part = is_name(*at) || *at == '.' || *at == '%';
        const bool slash = *at == '/' && at + 1 < s->end && is_digit(at[1]);
        const bool thousands = *at == ',' && inside(s) == '{' && s->end - at > 3 &&
                               is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]);
        if (!sign && !part && !slash && !thousands)
            break;
    }
    return (size_t)(at - s->at);
}

static bool whole_too_long(const char *word, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++)
        if (is_digit(word[i]))
            digits++;
        else if (i > 0)
            return false;
    return digits > 15;
}

static void number(scan *s)
{
    const char *word = s->at;
    const size_t length = number_length(s);
    double value;
    char text[160];
    const char *digits = word + (word[0] == '+' || word[0] == '-');
    s->at += length;
    s->last = AFTER_OTHER;
    snprintf(text, sizeof text, "\"%.*s\" is not a number", (int)(length < 60 ? length : 60), word);
    if (!hr_number_parse(word, length, &value)) {
        fault(s, s->line, hint_for(word, length), text);
    } else if (whole_too_long(word, length)) {
        fault(s, s->line, "at most 15 digits", "the number has more digits than can be kept");
    } else if (digits[0] == '0' && length > 1 && is_digit(digits[1])) {
        fault(s, s->line, "write it without zeros in front, and without commas in 1250000",
              "the number starts with a zero");
    } else {
        size_t whole = (size_t)(digits - word);
        while (whole < length && is_digit(word[whole]))
            whole++;
        memcpy(s->out, word, whole);
        s->out += whole;
        *s->out++ = '.';
        const size_t rest = whole < length && word[whole] == '.' ? whole + 1 : whole;
        memcpy(s->out, word + rest, length - rest);
        s->out += length - rest;
    }
}

static bool same_word(const char *word, size_t length, const char *other)
{
    if (strlen(other) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((is_letter(word[i]) ? word[i] | 0x20 : word[i]) != other[i])
            return false;
    return true;
}

static void word(scan *s)
{
    const char *start = s->at;
    while (s->at < s->end && is_name(*s->at))
        s->at++;
    const size_t length = (size_t)(s->at - start);
    const bool value = s->last == AFTER_ASSIGN || inside(s) != '{';
    if (value && !same_word(start, length, "true") && !same_word(start, length, "false")) {
        char text[160];
        snprintf(text, sizeof text, "the word %.*s needs quotes around it",
                 (int)(length < 60 ? length : 60), start);
        const bool truth = same_word(start, length, "yes") || same_word(start, length, "no") ||
                           same_word(start, length, "on") || same_word(start, length, "off");
        fault(s, s->line, truth ? "or write true or false" : NULL, text);
    }
    memcpy(s->out, start, length);
    s->out += length;
    s->last = AFTER_OTHER;
}

static void open_bracket(scan *s)
{
    if (s->depth == HR_NESTING_MOST) {
        fault(s, s->line, NULL, "brackets stand more than 32 deep");
        s->stop = true;
        return;
    }
    s->level[++s->depth] = (level){.bracket = *s->at, .line = s->line, .settings = 0};
    *s->out++ = *s->at++;
    s->last = AFTER_NOTHING;
}

static void close_bracket(scan *s)
{
    const char closes = *s->at == '}' ? '{' : *s->at == ')' ? '(' : '[';
    char text[120];
    if (s->depth == 0) {
        snprintf(text, sizeof text, "this %c closes nothing", *s->at);
        fault(s, s->line, "a bracket is missing before it, or it is one too many", text);
        s->stop = true;
    } else if (s->level[s->depth].bracket != closes) {
        snprintf(text, sizeof text, "this %c stands where the %c of line %d is to be closed",
                 *s->at, s->level[s->depth].bracket, told(s, s->level[s->depth].line));
        fault(s, s->line, NULL, text);
        s->stop = true;
    } else {
        s->depth--;
    }
    *s->out++ = *s->at++;
    s->last = AFTER_OTHER;
}

static void assign(scan *s)
{
    *s->out++ = *s->at++;
    s->last = AFTER_ASSIGN;
    if (++s->settings > HR_SETTINGS_MOST ||
        ++s->level[s->depth].settings > HR_GROUP_SETTINGS_MOST) {
        fault(s, s->line, NULL,
              s->settings > HR_SETTINGS_MOST ? "the file has too many settings"
                                             : "the group has too many settings");
        s->stop = true;
    }
}

/* A character that belongs to no word of the language. */
static void stray(scan *s)
{
    static const struct {
        const char *character, *text, *hint;
    } KNOWN[] = {
        {"@include", "@include is not used here",
         "write base = \"other.cfg\"; at the top of the file"},
        {"\xc2\xa3", "there is a pound sign", "write pounds without the sign: 60000"},
        {"\xe2\x82\xac", "there is a currency sign", "write the number alone"},
        {"$", "there is a currency sign", "write the number alone"},
        {"\xe2\x80\x9c", "there is a curly quote", "use the straight quote \""},
        {"\xe2\x80\x9d", "there is a curly quote", "use the straight quote \""},
        {"\xe2\x80\x98", "there is a curly quote", "use the straight quote \""},
        {"\xe2\x80\x99", "there is a curly quote", "use the straight quote \""},
        {"'", "a text stands in double quotes", "use \" instead of '"},
        {"\xc2\xa0", "there is a hard space",
         "write a plain space; it was perhaps pasted from a document"},
        {"\xe2\x80\x93", "there is a long dash", "use the plain minus -"},
        {"\xe2\x88\x92", "there is a typographic minus", "use the plain minus -"},
        {"%", "there is a per cent sign", "write per cent without the sign: 5.5"},
    };
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++)
        if (starts(s, KNOWN[i].character)) {
            fault(s, s->line, KNOWN[i].hint, KNOWN[i].text);
            s->at += strlen(KNOWN[i].character);
            return;
        }
    const char *start = s->at++;
    while (s->at < s->end && (*s->at & 0xc0) == 0x80)
        s->at++;
    char text[80];
    snprintf(text, sizeof text, "the character %.*s cannot stand here", (int)(s->at - start),
             start);
    fault(s, s->line, "letters beyond a to z stand only in quotes", text);
}

static void token(scan *s)
{
    const char c = *s->at;
    if (c == '\n') {
        newline(s);
    } else if (c == ' ' || c == '\t' || c == '\r') {
        *s->out++ = ' ';
        s->at++;
    } else if (c == '#' || starts(s, "//")) {
        line_comment(s);
    } else if (starts(s, "/*")) {
        block_comment(s);
    } else if (c == '"') {
        string(s);
    } else if (is_digit(c) || c == '.' || c == '+' || c == '-') {
        number(s);
    } else if (is_letter(c)) {
        word(s);
    } else if (c == '{' || c == '(' || c == '[') {
        open_bracket(s);
    } else if (c == '}' || c == ')' || c == ']') {
        close_bracket(s);
    } else if (c == '=' || c == ':') {
        assign(s);
    } else if (c == ';' || c == ',') {
        *s->out++ = *s->at++;
        s->last = AFTER_NOTHING;
    } else {
        stray(s);
    }
}

char *hr_prescan(hr_load *l, const char *file, int line, const char *text, size_t bytes)
{
    const size_t skip =
        bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* byte order mark */
    char *out = hr_load_take(l, 2 * bytes + 8);
    if (out == NULL)
        return NULL;
    scan s = {.load = l,
              .file = file,
              .first_line = line,
              .at = text + skip,
              .end = text + bytes,
              .out = out,
              .line = 1,
              .last = AFTER_NOTHING};
    int where;
    const char *hint = NULL;
    const char *wrong = hr_prescan_encoding(s.at, (size_t)(s.end - s.at), &where, &hint);
    if (wrong != NULL) {
        fault(&s, where, hint, wrong);
        return NULL;
    }
    while (s.at < s.end && !s.stop)
        token(&s);
    if (!s.stop && s.depth > 0) {
        char words[80];
        snprintf(words, sizeof words, "the %c that opens here is never closed",
                 s.level[s.depth].bracket);
        fault(&s, s.level[s.depth].line, NULL, words);
    }
    *s.out++ = '\n';
    *s.out = '\0';
    return s.faults == 0 ? out : NULL;
}
