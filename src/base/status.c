/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and exit statuses of the statuses, from status.def. It must not know who asks. */
#include "headroom/base.h"

const char *hr_status_words(hr_status s)
{
    switch (s) {
#define HR_STATUS(name, number, exit_status, sentence)                                             \
    case HR_##name:                                                                                \
        return sentence;
#include "headroom/tables/status.def"
#undef HR_STATUS
    }
    return "unknown status";
}

int hr_status_exit(hr_status s)
{
    switch (s) {
#define HR_STATUS(name, number, exit_status, sentence)                                             \
    case HR_##name:                                                                                \
        return exit_status;
#include "headroom/tables/status.def"
#undef HR_STATUS
    }
    return 1;
}

const char *hr_version(void) { return HEADROOM_VERSION; }
