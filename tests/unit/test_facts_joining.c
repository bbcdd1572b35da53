/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about joining that any plausible trust must show with the national defaults, beside those
 * of test_facts.c. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 256, BATCHES = 16, PATHS = N * BATCHES };

/* A school of the pipeline is drawn from its inspection on. The mean is told from the order, which
 * comes about six weeks later; the tenths from the inspection, of those of eight years that had
 * opened by their end: long ones are seen less often. */
static void test_8_months_from_inspection_to_opening(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=1",
                     "pipeline = ( { id = \"weak\"; route = \"sponsored\"; stage = \"order\"; "
                     "phase = \"primary\"; ages = [4, 11]; roll = 210; grade = \"inadequate\"; "
                     "slots = 1; wanted = 1; supply_a_year = 30.0; share = 1.0; } );");
    const double to_order = 1.5, window = 96.0;
    double *months = calloc(PATHS, sizeof *months);
    assert_non_null(months);
    const int k = trust_candidate_index(t, "weak-01");
    int came = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
        hr_batch *b = trust_open(t, 1 + (uint64_t)batch * N);
        trust_year(b, 0);
        for (int i = 0; i < N; i++)
            if (hr_of(b->came, k, N)[i] > 0.0)
                months[came++] = hr_of(b->ready, k, N)[i] - hr_of(b->wished, k, N)[i];
    }
    assert_true(came > PATHS / 2);
    double sum = 0.0, seen = 0.0;
    for (int i = 0; i < came; i++) {
        sum += months[i];
        seen += window - months[i];
    }
    qsort(months, (size_t)came, sizeof *months, hr_compare_doubles);
    double tenth[2] = {0.0, 0.0}, so_far = 0.0;
    for (int i = 0; i < came; i++) {
        so_far += (window - months[i]) / seen;
        tenth[0] = so_far <= 0.1 ? months[i] : tenth[0];
        tenth[1] = so_far <= 0.9 ? months[i] : tenth[1];
    }
    assert_within(sum / came - to_order, 13.5, 1.5);
    assert_within(tenth[0], 7.1, 1.5);
    assert_within(tenth[1], 22.4, 1.5);
    free(months);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_8_months_from_inspection_to_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
