/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenarios and chart scripts that ship, as bytes inside the program: the assembler copies each
 * file named in shipped.inc, a list that the build makes from the folders. It must not know what
 * they say. */
#include "config/shipped.h"

#include <string.h>

#define HR_SHIPPED(index, name, path)                                                              \
    __asm__(".pushsection .rodata\n"                                                               \
            ".balign 16\n"                                                                         \
            ".globl hr_shipped_start_" #index "\n"                                                 \
            "hr_shipped_start_" #index ":\n"                                                       \
            ".incbin \"" path "\"\n"                                                               \
            ".globl hr_shipped_end_" #index "\n"                                                   \
            "hr_shipped_end_" #index ":\n"                                                         \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char hr_shipped_start_##index[], hr_shipped_end_##index[];
#include "shipped.inc"
#undef HR_SHIPPED

static const struct {
    const char *name, *start, *end;
} SHIPPED[] = {
#define HR_SHIPPED(index, name, path) {name, hr_shipped_start_##index, hr_shipped_end_##index},
#include "shipped.inc"
#undef HR_SHIPPED
    {NULL, NULL, NULL}};

const char *hr_shipped_name(size_t index)
{
    const size_t count = sizeof SHIPPED / sizeof SHIPPED[0] - 1;
    return index < count ? SHIPPED[index].name : NULL;
}

const char *hr_shipped_text(const char *name, size_t *bytes)
{
    for (size_t i = 0; SHIPPED[i].name != NULL; i++)
        if (strcmp(SHIPPED[i].name, name) == 0) {
            *bytes = (size_t)(SHIPPED[i].end - SHIPPED[i].start);
            return SHIPPED[i].start;
        }
    return NULL;
}

const char *hr_shipped_find(const char *const *folder, const char *name)
{
    for (; *folder != NULL; folder++) {
        const size_t length = strlen(*folder);
        for (size_t i = 0; SHIPPED[i].name != NULL; i++)
            if (strncmp(SHIPPED[i].name, *folder, length) == 0 && SHIPPED[i].name[length] == '/' &&
                strcmp(SHIPPED[i].name + length + 1, name) == 0)
                return SHIPPED[i].name;
    }
    return NULL;
}
