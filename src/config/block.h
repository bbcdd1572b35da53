/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The block of parameters while it is being written: a growing run of bytes in which everything is
 * named by its offset. */
#ifndef HR_CONFIG_BLOCK_H
#define HR_CONFIG_BLOCK_H

#include "config/value.h"

typedef struct {
    uint8_t *bytes; /* owned; malloc */
    size_t size, room;
    hr_quantity *quantity; /* owned; the first is the absent one */
    size_t quantities, quantity_room;
    bool no_memory;
} hr_block;

void hr_block_begin(hr_block *b);
void hr_block_free(hr_block *b);

/* Room for `bytes` zeroed bytes at a multiple of 8: their offset, or 0 when memory is short. */
uint32_t hr_block_take(hr_block *b, size_t bytes);
void hr_block_put(hr_block *b, size_t at, const void *data, size_t bytes);
hr_text hr_block_text(hr_block *b, const char *text); /* 0 for the empty text */
hr_span hr_block_doubles(hr_block *b, const double *value, int count);
/* A quantity of the block; its key is put in the block too. */
hr_real hr_block_quantity(hr_block *b, const hr_field *field, const hr_value *value,
                          const char *key);

/* Puts the quantities at the end and copies the whole into the scenario's memory. NULL: memory is
 * short. */
hr_params *hr_block_end(hr_block *b, hr_load *l);

#endif
