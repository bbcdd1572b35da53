/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages and tables being filled. It must not know how they are rendered or what they say. */
#include "report/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/clean.h"

hr_page *hr_page_new(void)
{
    hr_arena *arena = hr_arena_new();
    hr_page *p = arena ? HR_TAKE(arena, hr_page, 1) : NULL;
    if (!p) {
        hr_arena_free(arena);
        return NULL;
    }
    p->arena = arena;
    return p;
}

void hr_page_free(hr_page *p)
{
    if (p)
        hr_arena_free(p->arena);
}

/* Doubles an array of the page, of which `used` elements are filled. */
static void *grow(hr_page *p, const void *old, size_t used, size_t room, size_t size)
{
    void *more = hr_arena_take(p->arena, room * size);
    if (!more)
        p->failed = true;
    else if (used)
        memcpy(more, old, used * size);
    return more;
}

const char *hr_page_text(hr_page *p, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int bytes = vsnprintf(NULL, 0, format, args);
    char *text = bytes < 0 ? NULL : hr_arena_take(p->arena, (size_t)bytes + 1);
    if (text)
        (void)vsnprintf(text, (size_t)bytes + 1, format, again);
    else
        p->failed = true;
    va_end(again);
    va_end(args);
    return text ? text : "";
}

static const char *clean_text(hr_page *p, const char *text, int most)
{
    if (!text || text[0] == '\0')
        return "";
    const char *clean = hr_clean_line(p->arena, text, most);
    if (!clean)
        p->failed = true;
    return clean ? clean : "";
}

const char *hr_page_clean(hr_page *p, const char *text) { return clean_text(p, text, 0); }
const char *hr_page_name(hr_page *p, const char *text) { return clean_text(p, text, 60); }

static hr_block *add_block(hr_page *p)
{
    if (p->blocks == p->room) {
        const int room = p->room ? 2 * p->room : 32;
        hr_block *block = grow(p, p->block, (size_t)p->blocks, (size_t)room, sizeof *block);
        if (!block)
            return NULL;
        p->block = block;
        p->room = room;
    }
    return &p->block[p->blocks++];
}

void hr_page_item(hr_page *p, const char *lead, const char *text)
{
    hr_block *b = add_block(p);
    if (b)
        *b = (hr_block){.kind = HR_BLOCK_ITEM, .text = text, .lead = lead};
}

void hr_page_add(hr_page *p, hr_block_kind kind, const char *text)
{
    hr_block *b = text[0] ? add_block(p) : NULL;
    if (b)
        *b = (hr_block){.kind = kind, .text = text};
}

hr_table *hr_table_new(hr_page *p, const char *key, const char *title, int columns)
{
    hr_table *t = HR_TAKE(p->arena, hr_table, 1);
    hr_column *column = HR_TAKE(p->arena, hr_column, columns);
    if (!t || !column) {
        p->failed = true;
        return NULL;
    }
    *t = (hr_table){
        .page = p, .key = key, .title = title, .column = column, .columns = columns, .fixed = 1};
    for (int c = 0; c < columns; c++)
        column[c] = (hr_column){.key = "", .heading = ""};
    return t;
}

hr_table *hr_page_table(hr_page *p, const char *key, const char *title, int columns)
{
    hr_table *t = hr_table_new(p, key, title, columns);
    hr_block *b = t ? add_block(p) : NULL;
    if (!b)
        return NULL;
    *b = (hr_block){.kind = HR_BLOCK_TABLE, .text = title, .table = t};
    return t;
}

void hr_table_column(hr_table *t, int column, const char *key, const char *heading, bool left)
{
    if (t)
        t->column[column] = (hr_column){.key = key, .heading = heading, .left = left};
}

void hr_table_column_whole(hr_table *t, int column)
{
    if (t)
        t->column[column].whole = true;
}

void hr_table_row(hr_table *t)
{
    if (!t)
        return;
    if (t->rows == t->room) {
        const int room = t->room ? 2 * t->room : 16;
        const size_t columns = (size_t)t->columns;
        hr_cell *cell =
            grow(t->page, t->cell, (size_t)t->rows * columns, (size_t)room * columns, sizeof *cell);
        if (!cell)
            return;
        t->cell = cell;
        t->room = room;
    }
    t->rows++;
}

static hr_cell *cell_at(hr_table *t, int row, int column)
{
    const bool there = t && row >= 0 && row < t->rows && !t->page->failed;
    return there ? &t->cell[row * t->columns + column] : NULL;
}

void hr_table_text_at(hr_table *t, int row, int column, const char *text)
{
    hr_cell *cell = cell_at(t, row, column);
    if (cell)
        *cell = (hr_cell){.text = text};
}

void hr_table_number_at(hr_table *t, int row, int column, double value, const char *text)
{
    hr_cell *cell = cell_at(t, row, column);
    if (cell)
        *cell =
            (hr_cell){.text = hr_page_text(t->page, "%s", text), .value = value, .number = true};
}

void hr_table_text(hr_table *t, int column, const char *text)
{
    hr_table_text_at(t, t ? t->rows - 1 : 0, column, text);
}

void hr_table_number(hr_table *t, int column, double value, const char *text)
{
    hr_table_number_at(t, t ? t->rows - 1 : 0, column, value, text);
}
