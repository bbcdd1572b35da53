/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few calls of jansson that the report uses, each checked. It must not know what is written. */
#include "report/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/buffer.h"
#include "report/clean.h"

void hr_json_put(hr_json *j, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        j->failed = true;
}

void hr_json_append(hr_json *j, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        j->failed = true;
}

json_t *hr_json_text(hr_json *j, const char *text)
{
    if (!text || text[0] == '\0')
        return json_null();
    const char *clean = hr_clean_utf8(j->arena, text);
    if (!clean)
        j->failed = true;
    return clean ? json_string(clean) : json_null();
}

json_t *hr_json_real(double value) { return isfinite(value) ? json_real(value) : json_null(); }

void hr_json_estimate(hr_json *j, json_t *object, const char *value_key, hr_estimate e)
{
    hr_json_put(j, object, value_key, hr_json_real(e.value));
    hr_json_put(j, object, "se", hr_json_real(e.se));
    hr_json_put(j, object, "lo", hr_json_real(e.lo));
    hr_json_put(j, object, "hi", hr_json_real(e.hi));
}

json_t *hr_json_chance(hr_json *j, hr_estimate e)
{
    json_t *object = json_object();
    hr_json_estimate(j, object, "p", e);
    return object;
}

char *hr_json_finish(hr_json *j, json_t *root)
{
    hr_buffer b = {0};
    /* dumped into memory of jansson's, then copied: callers free with one function */
    char *dump = j->failed ? NULL : json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    if (dump) {
        hr_buffer_add(&b, dump);
        hr_buffer_add(&b, "\n");
    } else {
        b.failed = true;
    }
    free(dump);
    json_decref(root);
    return hr_buffer_take(&b);
}
