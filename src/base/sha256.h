/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4), for digests of inputs and outputs and for the entity number of an id. */
#ifndef HR_BASE_SHA256_H
#define HR_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    uint8_t block[64];
} hr_sha256;

void hr_sha256_begin(hr_sha256 *h);
void hr_sha256_add(hr_sha256 *h, const void *data, size_t bytes);
void hr_sha256_end(hr_sha256 *h, uint8_t digest[32]);

/* 64 lower-case hexadecimal digits and a NUL. */
void hr_sha256_hex(const uint8_t digest[32], char hex[65]);

/* The number of an entity: the first 32 bits (big-endian) of the SHA-256 of its id. The empty id is
 * the trust and has number 0. */
uint32_t hr_entity_number(const char *id);

#endif
