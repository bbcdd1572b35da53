/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that need no simulation of their own: check, explain, show. */
#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"

hr_status hr_command_load(hr_scenario **s, const hr_options *o, hr_diags *diags)
{
    return hr_scenario_load(s, o->operand, o->change, o->changes, diags);
}

hr_status hr_command_load_another(hr_scenario **s, const char *path, const hr_change *change,
                                  size_t changes, hr_diags *diags)
{
    hr_diags *own = hr_diags_new();
    if (!own)
        return HR_NO_MEMORY;
    const hr_status status = hr_scenario_load(s, path, change, changes, own);
    hr_diags_pass_on(own, diags);
    hr_diags_free(own);
    return status;
}

int hr_command_print(char *text, const hr_options *o)
{
    if (!text) {
        hr_terminal_error(hr_status_words(HR_NO_MEMORY));
        return hr_status_exit(HR_NO_MEMORY);
    }
    if (!o->quiet || o->json)
        (void)fputs(text, stdout);
    hr_text_free(text);
    return 0;
}

int hr_command_print_page(char *text, const hr_options *o, hr_diags *diags)
{
    const int exit_status = hr_command_print(text, o);
    if (exit_status == 0 && !o->json)
        hr_diags_drop(diags, HR_WARNING);
    return exit_status;
}

int hr_command_check(const hr_options *o, hr_diags *diags)
{
    hr_scenario *s = NULL;
    const hr_status status = hr_command_load(&s, o, diags);
    if (status != HR_OK)
        return hr_status_exit(status);
    const int exit_status =
        hr_command_print_page(hr_report_check(s, o->explain, o->json), o, diags);
    hr_scenario_free(s);
    return exit_status;
}

int hr_command_explain(const hr_options *o, hr_diags *diags)
{
    hr_scenario *s = NULL;
    char *text = NULL;
    hr_status status = hr_command_load(&s, o, diags);
    if (status == HR_OK)
        status = hr_report_explain(s, o->seed, o->path, o->json, &text, diags);
    const int exit_status = status == HR_OK ? hr_command_print(text, o) : hr_status_exit(status);
    hr_scenario_free(s);
    return exit_status;
}

/* Every topic, a line each, or all on one line. */
static void list_topics(char *text, size_t bytes, const char *between)
{
    text[0] = '\0';
    for (int i = 0; hr_report_topic(i); i++) {
        const size_t used = strlen(text);
        (void)snprintf(text + used, bytes - used, "%s%s", i ? between : "", hr_report_topic(i));
    }
}

static bool is_topic(const char *word)
{
    for (int i = 0; hr_report_topic(i); i++)
        if (strcmp(hr_report_topic(i), word) == 0)
            return true;
    return false;
}

int hr_command_show(const hr_options *o, hr_diags *diags)
{
    const char *format = o->json ? "json" : o->as ? o->as : "text";
    char topics[256];
    const bool format_known =
        strcmp(format, "text") == 0 || strcmp(format, "md") == 0 || strcmp(format, "json") == 0;
    if (!o->operand) {
        list_topics(topics, sizeof topics, "\n  ");
        if (!o->quiet)
            printf("headroom show TOPIC prints one of these tables:\n  %s\n", topics);
        return 0;
    }
    list_topics(topics, sizeof topics, ", ");
    const bool topic_known = is_topic(o->operand);
    if (!topic_known)
        hr_diags_addf(diags, HR_ERROR, NULL, 0, topics, "there is no table \"%s\"", o->operand);
    if (!format_known)
        hr_diags_addf(diags, HR_ERROR, NULL, 0, "text, md or json", "there is no format \"%s\"",
                      format);
    if (!topic_known || !format_known)
        return hr_status_exit(HR_USAGE);
    return hr_command_print(hr_report_show(o->operand, format), o);
}
