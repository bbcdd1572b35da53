/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures drawn by gnuplot. */
#ifndef HR_REPORT_CHART_H
#define HR_REPORT_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "report/figure.h"

/* A script that draws the figure as chart.svg and chart.png in its working folder, from scripts
 * that ship (plots/NAME.gp). False when one of them is missing. */
bool hr_chart_script(const hr_figure *f, hr_buffer *b);

/* Is the drawing whole? gnuplot says nothing when the disk is full. */
bool hr_chart_svg_whole(const char *svg, size_t bytes);
bool hr_chart_png_whole(const char *png, size_t bytes);

/* The SVG with gnuplot's own title and description replaced by the figure's, as an image that a
 * screen reader can tell, and with what XML forbids in text escaped. False when it is not as
 * expected. */
bool hr_chart_amend(const hr_figure *f, const char *svg, hr_buffer *b);

#endif
