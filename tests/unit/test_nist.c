/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments against certified values: National Institute of Standards and Technology, "Statistical
 * Reference Datasets", univariate summary statistics (itl.nist.gov/div898/strd), all nine data
 * sets. Values go through leaves and the fixed tree as those of a run do. What is asked is the log
 * relative error, -log10 |x - c| / |c|: how many digits of mean and standard deviation are right,
 * of 15 that are certified. */
#include <stdio.h>

#include "base/moments.h"
#include "support/near.h"

enum {
    MOST = 5000,
    CERTIFIED = 15,
    LEVELS = 8,
    FOURS = MOST / 4,
    BASE = 10000,
    TERMS = 14,
    MISPRINT = 956
};

/* Observed data, as published, in whole units of the last place. */
static const int LEW[] = {
    -213, -564, -35,  -15,  141,  115,  -420, -360, 203,  -338, -431, 194,  -220, -513, 154,  -125,
    -559, 92,   -21,  -579, -52,  99,   -543, -175, 162,  -457, -346, 204,  -300, -474, 164,  -107,
    -572, -8,   83,   -541, -224, 180,  -420, -374, 201,  -236, -531, 83,   27,   -564, -112, 131,
    -507, -254, 199,  -311, -495, 143,  -46,  -579, -90,  136,  -472, -338, 202,  -287, -477, 169,
    -124, -568, 17,   48,   -568, -135, 162,  -430, -422, 172,  -74,  -577, -13,  92,   -534, -243,
    194,  -355, -465, 156,  -81,  -578, -64,  139,  -449, -384, 193,  -198, -538, 110,  -44,  -577,
    -6,   66,   -552, -164, 161,  -460, -344, 205,  -281, -504, 134,  -28,  -576, -118, 156,  -437,
    -381, 200,  -220, -540, 83,   11,   -568, -160, 172,  -414, -408, 188,  -125, -572, -32,  139,
    -492, -321, 205,  -262, -504, 142,  -83,  -574, 0,    48,   -571, -106, 137,  -501, -266, 190,
    -391, -406, 194,  -186, -553, 83,   -13,  -577, -49,  103,  -515, -280, 201,  300,  -506, 131,
    -45,  -578, -80,  138,  -462, -361, 201,  -211, -554, 32,   74,   -533, -235, 187,  -372, -442,
    182,  -147, -566, 25,   68,   -535, -244, 194,  -351, -463, 174,  -125, -570, 15,   72,   -550,
    -190, 172,  -424, -385, 198,  -218, -536, 96,
};
static const int LOTTERY[] = {
    162, 671, 933, 414, 788, 730, 817, 33,  536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456,
    92,  517, 557, 956, 954, 104, 178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562,
    964, 791, 28,  97,  848, 281, 858, 538, 660, 972, 671, 613, 867, 448, 738, 966, 139, 636, 847,
    659, 754, 243, 122, 455, 195, 968, 793, 59,  730, 361, 574, 522, 97,  762, 431, 158, 429, 414,
    22,  629, 788, 999, 187, 215, 810, 782, 47,  34,  108, 986, 25,  644, 829, 630, 315, 567, 919,
    331, 207, 412, 242, 607, 668, 944, 749, 168, 864, 442, 533, 805, 372, 63,  458, 777, 416, 340,
    436, 140, 919, 350, 510, 572, 905, 900, 85,  389, 473, 758, 444, 169, 625, 692, 140, 897, 672,
    288, 312, 860, 724, 226, 884, 508, 976, 741, 476, 417, 831, 15,  318, 432, 241, 114, 799, 955,
    833, 358, 935, 146, 630, 830, 440, 642, 356, 373, 271, 715, 367, 393, 190, 669, 8,   861, 108,
    795, 269, 590, 326, 866, 64,  523, 862, 840, 219, 382, 998, 4,   628, 305, 747, 247, 34,  747,
    729, 645, 856, 974, 24,  568, 24,  694, 608, 480, 410, 729, 947, 293, 53,  930, 223, 203, 677,
    227, 62,  455, 387, 318, 562, 242, 428, 968,
};
static const int MAVRO[] = {
    200180, 200170, 200180, 200190, 200180, 200170, 200150, 200140, 200150, 200150,
    200170, 200180, 200180, 200190, 200190, 200210, 200200, 200160, 200140, 200130,
    200130, 200150, 200150, 200160, 200150, 200140, 200130, 200140, 200150, 200140,
    200150, 200160, 200150, 200160, 200190, 200200, 200200, 200210, 200220, 200230,
    200240, 200250, 200270, 200260, 200260, 200260, 200270, 200260, 200250, 200240,
};
static const int MICHELSO[] = {
    29985, 29974, 29990, 30007, 29993, 29985, 29995, 29998, 29998, 29988, 30000, 29998, 29993,
    29965, 29976, 29981, 30000, 30000, 29996, 29996, 29996, 29994, 29996, 29994, 29988, 29980,
    29985, 29988, 29990, 29984, 29983, 29979, 29981, 29988, 29988, 29983, 29980, 29979, 29976,
    29980, 29988, 29988, 29988, 29986, 29972, 29972, 29962, 29986, 29997, 29995, 29988, 29991,
    29985, 29987, 29984, 29984, 29985, 29984, 29984, 29984, 29989, 29981, 29981, 29982, 29980,
    29977, 29976, 29974, 29975, 29976, 29991, 29992, 29989, 29986, 29988, 29972, 29984, 29985,
    29985, 29978, 29989, 29984, 29978, 29981, 29976, 29981, 29979, 29981, 29982, 29985, 29987,
    29987, 29981, 29974, 29981, 29994, 29995, 29980, 29981, 29987,
};

#define LENGTH(table) (sizeof(table) / sizeof(table)[0])

/* Whole numbers over a power of ten: the doubles nearest to the decimals that are published. */
static size_t of_table(const int *table, size_t n, double over, double *value)
{
    for (size_t i = 0; i < n; i++)
        value[i] = table[i] / over;
    return n;
}

static size_t lew(double *value) { return of_table(LEW, LENGTH(LEW), 1.0, value); }
static size_t lottery(double *value) { return of_table(LOTTERY, LENGTH(LOTTERY), 1.0, value); }
static size_t mavro(double *value) { return of_table(MAVRO, LENGTH(MAVRO), 1e5, value); }
static size_t michelso(double *value) { return of_table(MICHELSO, LENGTH(MICHELSO), 100.0, value); }

/* The first 5,000 digits of pi, four at a time (S. Rabinowitz and S. Wagon, "A spigot algorithm for
 * the digits of pi", The American Mathematical Monthly 102, 1995). A four may come out as BASE and
 * more: what is above is carried once all are known. The data set has a 3 where the 957th digit of
 * pi is 8, and its values are certified with it. */
static size_t pi_digits(double *value)
{
    static int64_t left[(FOURS + 1) * TERMS + 1], four[FOURS + 1];
    for (size_t i = 0; i < LENGTH(left); i++)
        left[i] = BASE / 5;
    int64_t rest = 0;
    for (int k = 0; k <= FOURS; k++) {
        int64_t sum = 0;
        for (int i = (FOURS + 1 - k) * TERMS; i > 0; i--) {
            sum = sum * i + left[i] * BASE;
            left[i] = sum % (2 * i - 1);
            sum /= 2 * i - 1;
        }
        four[k] = rest + sum / BASE;
        rest = sum % BASE;
    }
    for (int k = FOURS; k > 0; k--)
        four[k - 1] += four[k] / BASE;
    for (size_t i = 0; i < MOST; i++) {
        static const int64_t unit[4] = {1000, 100, 10, 1};
        value[i] = (double)(four[i / 4] / unit[i % 4] % 10);
    }
    assert_true(value[MISPRINT] == 8.0);
    value[MISPRINT] = 3.0;
    return MOST;
}

static size_t num_acc_1(double *value)
{
    value[0] = 10000001.0;
    value[1] = 10000003.0;
    value[2] = 10000002.0;
    return 3;
}

/* whole + .2 once, then whole + .1 and whole + .3 by turns, 1,001 values in all. */
static size_t by_turns(int whole, double *value)
{
    value[0] = (whole * 10 + 2) / 10.0;
    for (size_t i = 1; i <= 1000; i++)
        value[i] = (whole * 10 + (i % 2 == 1 ? 1 : 3)) / 10.0;
    return 1001;
}

static size_t num_acc_2(double *value) { return by_turns(1, value); }
static size_t num_acc_3(double *value) { return by_turns(1000000, value); }
static size_t num_acc_4(double *value) { return by_turns(10000000, value); }

/* Certified mean and standard deviation, and how many digits of the latter must be right: of data
 * whose spread is a ten-millionth of their mean, doubles themselves hold no more than eight. */
static const struct {
    const char *name;
    size_t (*fill)(double *value);
    double mean, sd, sd_digits;
} SETS[] = {
    {"PiDigits", pi_digits, 4.53480000000000, 2.86733906028871, 14.0},
    {"Lottery", lottery, 518.958715596330, 291.699727470969, 14.0},
    {"Lew", lew, -177.435000000000, 277.332168044316, 14.0},
    {"Mavro", mavro, 2.00185600000000, 0.000429123454003053, 13.0},
    {"Michelso", michelso, 299.852400000000, 0.0790105478190518, 13.0},
    {"NumAcc1", num_acc_1, 10000002.0, 1.0, 13.0},
    {"NumAcc2", num_acc_2, 1.2, 0.1, 13.0},
    {"NumAcc3", num_acc_3, 1000000.2, 0.1, 9.0},
    {"NumAcc4", num_acc_4, 10000000.2, 0.1, 8.0},
};

static double digits(double x, double certified)
{
    const double apart = fabs(x - certified) / fabs(certified);
    return isnan(apart) ? 0.0 : apart == 0.0 ? CERTIFIED : fmin(-log10(apart), CERTIFIED);
}

/* As a collector does: leaf after leaf, each risen into the tree as it comes. */
static hr_moments gathered(const double *value, size_t n)
{
    hr_moments level[LEVELS];
    uint64_t leaves = 0;
    for (size_t at = 0; at < n; at += HR_LEAF)
        hr_moments_rise(level, leaves++,
                        hr_moments_of_leaf(value + at, n - at < HR_LEAF ? n - at : HR_LEAF));
    return hr_moments_risen(level, leaves);
}

static void test_certified_moments(void **state)
{
    (void)state;
    double value[MOST];
    for (size_t i = 0; i < LENGTH(SETS); i++) {
        const size_t n = SETS[i].fill(value);
        const hr_moments m = gathered(value, n);
        assert_int_equal(m.n, n);
        const double mean = digits(m.mean, SETS[i].mean);
        const double sd = digits(hr_moments_sd(m), SETS[i].sd);
        printf("    %-8s %4zu values: mean %4.1f digits, standard deviation %4.1f\n", SETS[i].name,
               n, mean, sd);
        assert_true(mean >= 14.0);
        assert_true(sd >= SETS[i].sd_digits);
    }
}

/* Where leaves are cut does not matter to what is right: one value a leaf is the hardest tree. */
static void test_certified_moments_of_single_values(void **state)
{
    (void)state;
    double value[MOST];
    static hr_moments leaf[MOST];
    for (size_t i = 0; i < LENGTH(SETS); i++) {
        const size_t n = SETS[i].fill(value);
        for (size_t k = 0; k < n; k++)
            leaf[k] = hr_moments_of_leaf(value + k, 1);
        const hr_moments m = hr_moments_tree(leaf, n);
        assert_true(digits(m.mean, SETS[i].mean) >= 14.0);
        assert_true(digits(hr_moments_sd(m), SETS[i].sd) >= SETS[i].sd_digits - 1.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_certified_moments),
        cmocka_unit_test(test_certified_moments_of_single_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
