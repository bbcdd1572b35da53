/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growing block of parameters. Every byte that nothing is put in stays zero, so that equal
 * settings make equal blocks. It must not know the schema. */
#include "config/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

void hr_block_begin(hr_block *b)
{
    *b = (hr_block){.bytes = NULL};
    const hr_value nothing = {.kind = HR_QUANTITY_ABSENT};
    static const hr_field PLAIN = {.grows = HR_GROWS_NONE};
    (void)hr_block_take(b, sizeof(hr_params));
    (void)hr_block_quantity(b, &PLAIN, &nothing, "");
}

void hr_block_free(hr_block *b)
{
    free(b->bytes);
    free(b->quantity);
}

uint32_t hr_block_take(hr_block *b, size_t bytes)
{
    const size_t need = (bytes + 7) / 8 * 8;
    if (b->no_memory || b->size + need > INT32_MAX) {
        b->no_memory = true;
        return 0;
    }
    if (b->size + need > b->room) {
        const size_t room = 2 * b->room + need + 65536;
        uint8_t *grown = realloc(b->bytes, room);
        if (grown == NULL) {
            b->no_memory = true;
            return 0;
        }
        b->bytes = grown;
        b->room = room;
    }
    const size_t at = b->size;
    memset(b->bytes + at, 0, need);
    b->size += need;
    return (uint32_t)at;
}

void hr_block_put(hr_block *b, size_t at, const void *data, size_t bytes)
{
    if (!b->no_memory && bytes > 0)
        memcpy(b->bytes + at, data, bytes);
}

hr_text hr_block_text(hr_block *b, const char *text)
{
    if (text[0] == '\0')
        return 0;
    const size_t bytes = strlen(text) + 1;
    const uint32_t at = hr_block_take(b, bytes);
    hr_block_put(b, at, text, bytes);
    return at;
}

static hr_span put_span(hr_block *b, const void *data, size_t size, int count)
{
    if (count == 0)
        return (hr_span){0, 0};
    const hr_span span = {.at = hr_block_take(b, size * (size_t)count), .count = (uint32_t)count};
    hr_block_put(b, span.at, data, size * (size_t)count);
    return span;
}

hr_span hr_block_doubles(hr_block *b, const double *value, int count)
{
    return put_span(b, value, sizeof *value, count);
}

/* Values of a discrete or empirical distribution, the chances of a discrete one after them. */
static hr_span put_values(hr_block *b, const hr_dist *dist)
{
    const int lists = dist->chance == NULL ? 1 : 2;
    if (dist->values == 0)
        return (hr_span){0, 0};
    const size_t bytes = sizeof(double) * (size_t)dist->values;
    const hr_span span = {.at = hr_block_take(b, bytes * (size_t)lists),
                          .count = (uint32_t)(lists * dist->values)};
    hr_block_put(b, span.at, dist->value, bytes);
    if (lists == 2)
        hr_block_put(b, span.at + bytes, dist->chance, bytes);
    return span;
}

static bool quantity_room(hr_block *b)
{
    if (b->quantities < b->quantity_room)
        return true;
    const size_t room = 2 * b->quantity_room + 256;
    hr_quantity *grown = realloc(b->quantity, room * sizeof *grown);
    if (grown == NULL) {
        b->no_memory = true;
        return false;
    }
    b->quantity = grown;
    b->quantity_room = room;
    return true;
}

hr_real hr_block_quantity(hr_block *b, const hr_field *field, const hr_value *value,
                          const char *key)
{
    if (!quantity_room(b))
        return 0;
    hr_quantity *q = &b->quantity[b->quantities];
    memset(q, 0, sizeof *q);
    q->kind = (int32_t)value->kind;
    q->grows = (int32_t)field->grows;
    q->value = value->number;
    q->persistence = value->persistence;
    q->price_year = value->price_year;
    q->low = -__builtin_inf();
    q->high = __builtin_inf();
    if (value->kind == HR_QUANTITY_SERIES) {
        q->points = put_span(b, value->point, sizeof *value->point, value->points);
    } else if (value->kind == HR_QUANTITY_FUTURE || value->kind == HR_QUANTITY_YEAR) {
        const hr_dist *dist = &value->dist;
        const double abc[3] = {dist->a, dist->b, dist->c};
        memcpy(q->dist, abc, sizeof abc);
        q->family = (int32_t)dist->family;
        q->low = dist->low;
        q->high = dist->high;
        q->points = put_values(b, dist);
    }
    q->entity = hr_entity_number(key);
    q->key = hr_block_text(b, key);
    return (hr_real)b->quantities++;
}

hr_params *hr_block_end(hr_block *b, hr_load *l)
{
    const hr_span quantities =
        put_span(b, b->quantity, sizeof *b->quantity, b->no_memory ? 0 : (int)b->quantities);
    hr_params *block = b->no_memory ? NULL : hr_load_take(l, b->size);
    if (block == NULL) {
        l->no_memory = true;
        return NULL;
    }
    memcpy(block, b->bytes, b->size);
    block->magic = HR_PARAMS_MAGIC;
    block->bytes = (uint32_t)b->size;
    block->quantities = quantities;
    return block;
}
