/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dominance from ordered samples. It must not know what is ranked. */
#include "base/dominance.h"

#include "base/lanes.h"

static hr_dominates which(size_t first, size_t second)
{
    return first > 0 && second > 0 ? HR_DOMINATES_NEITHER
           : first > 0             ? HR_DOMINATES_FIRST
           : second > 0            ? HR_DOMINATES_SECOND
                                   : HR_DOMINATES_EQUAL;
}

hr_dominance hr_dominance_of(const double *first, const double *second, size_t n)
{
    size_t first_higher = 0, second_higher = 0, first_ahead = 0, second_ahead = 0;
    double sum = 0.0, changes = HR_UNKNOWN;
    int lower_tail = 0;
    for (size_t i = 0; i < n; i++) {
        const double more = second[i] - first[i];
        sum += more;
        first_higher += more < 0.0;
        second_higher += more > 0.0;
        first_ahead += sum < 0.0;
        second_ahead += sum > 0.0;
        const int now = more < 0.0 ? 1 : more > 0.0 ? 2 : 0;
        if (lower_tail == 0)
            lower_tail = now;
        if (now != 0 && now != lower_tail && hr_is_nan(changes))
            changes = (double)i / (double)n;
    }
    return (hr_dominance){.n = n,
                          .by_order = which(first_higher, second_higher),
                          .by_means = which(first_ahead, second_ahead),
                          .first_higher = (double)first_higher / (double)(n > 0 ? n : 1),
                          .second_higher = (double)second_higher / (double)(n > 0 ? n : 1),
                          .changes = changes,
                          .lower_tail = lower_tail};
}
