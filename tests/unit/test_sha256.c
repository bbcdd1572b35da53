/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the examples of FIPS 180 and of NIST's example values. */
#include "support/near.h"

#include "base/sha256.h"

static void digest_is(const void *data, size_t bytes, size_t piece, const char *expected)
{
    hr_sha256 h;
    uint8_t digest[32];
    char hex[65];
    hr_sha256_begin(&h);
    for (size_t at = 0; at < bytes; at += piece)
        hr_sha256_add(&h, (const uint8_t *)data + at, bytes - at < piece ? bytes - at : piece);
    hr_sha256_end(&h, digest);
    hr_sha256_hex(digest, hex);
    assert_string_equal(hex, expected);
}

static void known_digests(void **state)
{
    (void)state;
    digest_is("", 0, 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_is("abc", 3, 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    digest_is(two, 56, 56, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_letters_in_any_pieces(void **state)
{
    (void)state;
    const char *expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    char *text = malloc(1000000);
    assert_non_null(text);
    memset(text, 'a', 1000000);
    digest_is(text, 1000000, 1000000, expected);
    digest_is(text, 1000000, 64, expected);
    digest_is(text, 1000000, 997, expected);
    free(text);
}

static void entity_numbers(void **state)
{
    (void)state;
    assert_int_equal(hr_entity_number(""), 0);
    assert_int_equal(hr_entity_number("abc"), 0xba7816bf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(a_million_letters_in_any_pieces),
        cmocka_unit_test(entity_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
