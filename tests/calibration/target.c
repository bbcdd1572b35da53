/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines and small tables of the calibration programs. It must not know what is measured. */
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/target.h"

static void number(double x)
{
    if (!isnan(x))
        printf("%.4g", x == 0.0 ? 0.0 : x);
}

static void line(const char *section, const char *key, const char *what, const char *window,
                 const double value[3], const char *holds, const char *unit)
{
    printf("%s|%s|%s|%s|", section, key, what, window);
    for (int i = 0; i < 3; i++) {
        number(value[i]);
        putchar('|');
    }
    printf("%s|%s\n", holds, unit);
    fflush(stdout);
}

void target(const char *section, const char *key, const char *what, const char *window, double seen,
            double low, double high, const char *unit)
{
    const bool holds = !isnan(seen) && !(seen < low) && !(seen > high);
    line(section, key, what, window, (double[]){seen, low, high}, holds ? "yes" : "no", unit);
}

void note(const char *section, const char *key, const char *what, const char *window, double seen,
          const char *unit)
{
    line(section, key, what, window, (double[]){seen, (double)NAN, (double)NAN}, "", unit);
}

bool calibration_read_options(calibration_options *o, int argc, char **argv)
{
    *o = (calibration_options){0};
    bool fine = argc == 2 || (argc == 4 && strcmp(argv[2], "--write") == 0);
    if (!fine) {
        fprintf(stderr, "usage: %s DATA_FOLDER [--write DIR]\n", argv[0]);
        return false;
    }
    o->data = argv[1];
    o->write = argc == 4 ? argv[3] : NULL;
    return true;
}

void calibration_stop(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fputs("calibration: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(EXIT_FAILURE);
}

void *calibration_table(const calibration_options *o, const char *name)
{
    if (!o->write)
        return NULL;
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", o->write, name) >= (int)sizeof path)
        calibration_stop("the name of %s is too long", name);
    FILE *f = fopen(path, "w");
    if (!f)
        calibration_stop("%s cannot be written", path);
    fputs("# Contains public sector information licensed under the Open Government Licence v3.0 "
          "(Department for Education; Ofsted; Welsh Government).\n",
          f);
    return f;
}

void calibration_row(void *table, const char *format, ...)
{
    if (!table)
        return;
    va_list list;
    va_start(list, format);
    vfprintf(table, format, list);
    va_end(list);
    fputc('\n', table);
}

void calibration_table_end(void *table)
{
    if (table && fclose(table) != 0)
        calibration_stop("a table cannot be written");
}
