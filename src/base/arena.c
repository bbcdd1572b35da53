/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arena: a chain of blocks, each at least twice the last, from which pieces are cut in order. It
 * must not know what it holds. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer pieces stand apart and what was not taken may not be touched, so that
 * a step past the end of a piece is seen. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
enum { APART = 64 };
static void lock(const void *from, size_t bytes) { __asan_poison_memory_region(from, bytes); }
static void unlock(const void *from, size_t bytes) { __asan_unpoison_memory_region(from, bytes); }
#else
enum { APART = 0 };
static void lock(const void *from, size_t bytes) { (void)from, (void)bytes; }
static void unlock(const void *from, size_t bytes) { (void)from, (void)bytes; }
#endif

enum { ALIGN = 64, FIRST_BLOCK = 4096 };

typedef struct block {
    struct block *next;
    uint8_t *start; /* first aligned byte */
    size_t room, used;
} block;

struct hr_arena {
    block *newest;
    size_t taken;
    int fail_after;
};

hr_arena *hr_arena_new(void)
{
    hr_arena *a = malloc(sizeof *a);
    if (a != NULL)
        *a = (hr_arena){.newest = NULL, .taken = 0, .fail_after = -1};
    return a;
}

void hr_arena_free(hr_arena *a)
{
    if (a == NULL)
        return;
    while (a->newest != NULL) {
        block *next = a->newest->next;
        free(a->newest);
        a->newest = next;
    }
    free(a);
}

static block *block_new(size_t room, block *next)
{
    block *b = malloc(sizeof *b + ALIGN + room);
    if (b == NULL)
        return NULL;
    uint8_t *after = (uint8_t *)(b + 1);
    const size_t past = (size_t)((uintptr_t)after % ALIGN);
    *b = (block){.next = next, .start = after + (past == 0 ? 0 : ALIGN - past), .room = room};
    lock(b->start, room);
    return b;
}

void *hr_arena_take(hr_arena *a, size_t bytes)
{
    if (a->fail_after >= 0 && a->fail_after-- == 0)
        return NULL;
    if (bytes > SIZE_MAX / 4)
        return NULL;
    const size_t need = (bytes + ALIGN - 1) / ALIGN * ALIGN + APART;
    block *b = a->newest;
    if (b == NULL || b->room - b->used < need) {
        size_t room = b == NULL ? FIRST_BLOCK : b->room < SIZE_MAX / 8 ? 2 * b->room : b->room;
        b = block_new(need > room ? need : room, b);
        if (b == NULL)
            return NULL;
        a->newest = b;
    }
    void *piece = b->start + b->used;
    unlock(piece, bytes);
    b->used += need;
    a->taken += bytes;
    memset(piece, 0, bytes);
    return piece;
}

char *hr_arena_text(hr_arena *a, const char *text)
{
    const size_t length = strlen(text);
    char *copy = hr_arena_take(a, length + 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

size_t hr_arena_size(const hr_arena *a) { return a->taken; }

void hr_arena_fail_after(hr_arena *a, int n) { a->fail_after = n; }
