/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks the schema over the settings used and writes each into the block and the register. The only
 * rules of structure it knows: a candidate has its own school or a list of them, a row of the
 * pipeline stands for so many candidates, and some settings name rows or files. It must not know
 * what a setting does. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "config/block.h"
#include "config/shape.h"

enum { WRONGS_MOST = 256 };

typedef struct {
    hr_load *load;
    hr_block block;
    hr_assumption *row; /* owned; malloc */
    int rows, room;
    int start_year;
    const hr_node *root;
    const hr_node
        *wrong[WRONGS_MOST]; /* values as written that were refused: once said is enough */
    int wrongs;
    const hr_node *incomplete; /* a row of an overlay that was said to lack settings */
} building;

/* Where a group is read from and written to. */
typedef struct {
    const hr_group *group;
    hr_node *node;        /* NULL: nothing of it was said */
    size_t at;            /* offset in the block */
    const char *key;      /* of its quantities */
    const char *told;     /* of its rows in the register, and in messages */
    const char *id;       /* place of the pipeline: the id it stands under, else NULL */
    const char *name;     /* the same for the name */
    const hr_kin *listed; /* groups whose settings the register has already; NULL: none */
    int listed_groups;
    bool silent; /* second and later places of a row of the pipeline: no register, no messages */
} place;

bool hr_field_is_name(const hr_group *group, const hr_field *field)
{
    return strcmp(field->key, "id") == 0 ||
           (strcmp(group->key, "correlation") == 0 && strlen(field->key) == 1) ||
           (strcmp(group->key, "history") == 0 && strcmp(field->key, "year") == 0);
}

bool hr_field_is_file(const hr_group *group, const hr_field *field)
{
    return strcmp(group->key, "scenario") == 0 &&
           (strcmp(field->key, "base") == 0 || strcmp(field->key, "national") == 0 ||
            strcmp(field->key, "world") == 0);
}

bool hr_group_is_asked(const hr_group *group) { return strcmp(group->key, "stress") == 0; }

const char *hr_leaf_text(hr_load *l, const hr_node *leaf)
{
    const char *value = leaf->canonical == NULL ? "" : leaf->canonical;
    if (leaf->of_year == NULL)
        return value;
    if (leaf->kind == HR_NODE_GROUP)
        return hr_load_textf(l, "%.*sof_year = \"%s\"; }", (int)strlen(value) - 1, value,
                             leaf->of_year->text);
    return hr_load_textf(l, "{ value = %s; of_year = \"%s\"; }", value, leaf->of_year->text);
}

static const char *join(building *b, const char *path, const char *key)
{
    return path[0] == '\0' ? key : hr_load_textf(b->load, "%s.%s", path, key);
}

/* ---- the register ---- */

static bool listed_already(const place *p, const hr_field *field)
{
    for (int g = 0; p->listed != NULL && g < p->listed_groups; g++)
        if (hr_group_field(p->listed->group[g], field->key) != NULL)
            return true;
    return false;
}

static void list(building *b, const place *p, const hr_field *field, const hr_node *leaf,
                 const char *told, uint32_t quantity)
{
    if (p->silent || hr_field_is_name(p->group, field) || hr_group_is_asked(p->group) ||
        listed_already(p, field))
        return;
    if (b->rows == b->room) {
        const int room = 2 * b->room + 256;
        hr_assumption *grown = realloc(b->row, (size_t)room * sizeof *grown);
        if (grown == NULL) {
            b->load->no_memory = true;
            return;
        }
        b->row = grown;
        b->room = room;
    }
    const hr_meta *m = leaf->meta;
    b->row[b->rows++] = (hr_assumption){.key = told,
                                        .value = hr_leaf_text(b->load, leaf),
                                        .unit = field->unit,
                                        .meaning = field->meaning,
                                        .origin = leaf->origin,
                                        .file = leaf->file,
                                        .line = leaf->line,
                                        .source = m->source,
                                        .date = m->date,
                                        .owner = m->owner,
                                        .confidence = m->confidence,
                                        .note = m->note,
                                        .field = field,
                                        .quantity = quantity};
}

static int by_key(const void *left, const void *right)
{
    const hr_assumption *a = left, *b = right;
    return strcmp(a->key, b->key);
}

/* ---- one setting ---- */

static void put_int(building *b, size_t at, int32_t value)
{
    hr_block_put(&b->block, at, &value, sizeof value);
}

/* `called` is the setting's name in messages: that of the whole table where one value stands for
 * it. */
static void put_real(building *b, const place *p, const hr_field *field, hr_node *leaf, size_t at,
                     const char *tail, const char *called)
{
    hr_value value;
    if (!hr_value_real(b->load, field, leaf, join(b, p->told, called), &value))
        return;
    const hr_real real = hr_block_quantity(&b->block, field, &value, join(b, p->key, tail));
    hr_block_put(&b->block, at, &real, sizeof real);
    list(b, p, field, leaf, join(b, p->told, tail), real);
}

static void put_list(building *b, const place *p, const hr_field *field, hr_node *leaf, size_t at,
                     const char *told)
{
    double *value = NULL;
    int count = 0;
    if (!hr_value_list(b->load, field, leaf, told, &value, &count))
        return;
    const hr_span span = hr_block_doubles(&b->block, value, count);
    hr_block_put(&b->block, at, &span, sizeof span);
    list(b, p, field, leaf, told, 0);
}

static void put_text(building *b, const place *p, const hr_field *field, hr_node *leaf, size_t at,
                     const char *told)
{
    const char *text = NULL;
    if (!hr_value_text(b->load, leaf, told, &text))
        return;
    if (p->id != NULL && strcmp(field->key, "id") == 0)
        text = p->id;
    else if (p->name != NULL && strcmp(field->key, "name") == 0)
        text = p->name;
    const hr_text put = hr_field_is_file(p->group, field) ? 0 : hr_block_text(&b->block, text);
    hr_block_put(&b->block, at, &put, sizeof put);
    if (!hr_field_is_file(p->group, field))
        list(b, p, field, leaf, told, 0);
}

/* The start year, from which others count, and a closed year. */
static bool stands_alone(const hr_field *field)
{
    return strcmp(field->key, "start_year") == 0 || strcmp(field->key, "year") == 0;
}

/* A number, whole number, flag, word, year or month. */
static void put_plain(building *b, const place *p, const hr_field *field, hr_node *leaf, size_t at,
                      const char *told)
{
    int32_t whole = HR_NOT_GIVEN;
    double number = 0;
    bool sound = false;
    switch (field->type) {
    case HR_TYPE_NUMBER: sound = hr_value_number(b->load, field, leaf, told, &number); break;
    case HR_TYPE_INT: sound = hr_value_int(b->load, field, leaf, told, &whole); break;
    case HR_TYPE_FLAG: sound = hr_value_flag(b->load, leaf, told, &whole); break;
    case HR_TYPE_CHOICE: sound = hr_value_choice(b->load, field, leaf, told, &whole); break;
    case HR_TYPE_YEAR:
        sound = hr_value_year(b->load, leaf, told, stands_alone(field) ? 0 : b->start_year, &whole);
        break;
    default: sound = hr_value_month(b->load, leaf, told, b->start_year, &whole); break;
    }
    if (!sound)
        return;
    if (field->type == HR_TYPE_NUMBER)
        hr_block_put(&b->block, at, &number, sizeof number);
    else
        put_int(b, at, whole);
    list(b, p, field, leaf, told, 0);
}

static bool known_wrong(const building *b, const hr_node *leaf)
{
    for (int i = 0; i < b->wrongs; i++)
        if (b->wrong[i] == leaf->written)
            return true;
    return false;
}

static void remember_wrong(building *b, const hr_node *leaf)
{
    if (leaf->canonical == NULL && b->wrongs < WRONGS_MOST)
        b->wrong[b->wrongs++] = leaf->written;
}

static void put_leaf(building *b, const place *p, const hr_field *field, hr_node *leaf, size_t at)
{
    const char *told = join(b, p->told, field->key);
    if (known_wrong(b, leaf))
        return;
    if (field->type == HR_TYPE_REAL)
        put_real(b, p, field, leaf, at, field->key, field->key);
    else if (field->type == HR_TYPE_LIST)
        put_list(b, p, field, leaf, at, told);
    else if (field->type == HR_TYPE_TEXT)
        put_text(b, p, field, leaf, at, told);
    else
        put_plain(b, p, field, leaf, at, told);
    remember_wrong(b, leaf);
}

static void put_absent(building *b, const hr_field *field, size_t at)
{
    const double nan = __builtin_nan("");
    if (field->type == HR_TYPE_NUMBER)
        hr_block_put(&b->block, at, &nan, sizeof nan);
    else if (field->type == HR_TYPE_INT || field->type == HR_TYPE_FLAG ||
             field->type == HR_TYPE_CHOICE || field->type == HR_TYPE_YEAR ||
             field->type == HR_TYPE_MONTH)
        put_int(b, at, HR_NOT_GIVEN);
}

/* ---- missing settings ---- */

/* What to write for a setting; "..." where only the user can know. */
static const char *example(building *b, const hr_field *field)
{
    switch (field->type) {
    case HR_TYPE_TEXT:
    case HR_TYPE_CHOICE: return "\"...\"";
    case HR_TYPE_YEAR: return "\"2026/27\"";
    case HR_TYPE_MONTH: return "\"2027-09\"";
    case HR_TYPE_FLAG: return "true";
    case HR_TYPE_INT: return field->low == field->high ? hr_printed(b->load, field->low) : "...";
    default: return "...";
    }
}

/* write phase = "..."; (one of nursery, infant, ...) */
static const char *wanted(building *b, const hr_field *field)
{
    const char *write = hr_load_textf(b->load, "write %s = %s;", field->key, example(b, field));
    if (field->type == HR_TYPE_INT && field->low == field->high)
        return write;
    if (field->type != HR_TYPE_CHOICE)
        return hr_load_textf(b->load, "%s (%s)", write, field->meaning);
    return hr_load_textf(b->load, "%s (one of %s)", write,
                         hr_choices_text(b->load, (hr_choice_set)field->set));
}

/* A row that an overlay brings to a scenario without defaults, such as a resolved.cfg: said once.
 */
static bool is_bare_row(building *b, const hr_node *at, const char *whose)
{
    const hr_node *national = hr_node_get(b->root, "national");
    if (at == b->root || at->origin != HR_ORIGIN_OVERLAY || national == NULL ||
        national->text == NULL || strcmp(national->text, "none") != 0)
        return false;
    if (b->incomplete != at)
        hr_diags_addf(b->load->diags, HR_ERROR, at->file, at->line,
                      "lay it over the scenario that a resolved.cfg comes from",
                      "%s takes what it does not say from defaults, and the scenario has none",
                      whose);
    b->incomplete = at;
    return true;
}

static void missing(building *b, const place *p, const hr_field *field, const char *tail)
{
    if (p->silent || field->need == HR_NEED_OPTIONAL || listed_already(p, field))
        return;
    if (strcmp(field->key, "wished") == 0 && p->listed != NULL)
        return; /* a row of the pipeline opens when it comes forward */
    const hr_node *at = p->node == NULL ? b->root : p->node;
    const char *whose = p->told[0] == '\0' ? "the scenario" : p->told;
    if (field->need == HR_NEED_REQUIRED)
        hr_diags_addf(b->load->diags, HR_ERROR, at->file, at->line, wanted(b, field),
                      "%s does not give its %s", whose, tail);
    else if (!is_bare_row(b, at, whose))
        hr_diags_addf(b->load->diags, HR_ERROR, at->file, at->line,
                      "give it, or name national defaults that do",
                      "%s has no %s and the national defaults give none", whose, tail);
}

/* ---- groups and rows ---- */

static void put_group(building *b, const place *p);

static void put_table(building *b, const place *p, const hr_field *field, hr_node *table)
{
    const hr_choice_set set = (hr_choice_set)field->set;
    for (int m = 0; m < hr_choice_count(set); m++) {
        const char *word = hr_choice_word(set, m);
        hr_node *leaf = hr_node_get_mutable(table, word);
        const char *tail = hr_load_textf(b->load, "%s.%s", field->key, word);
        if (leaf == NULL) {
            missing(b, p, field, tail);
        } else if (!known_wrong(b, leaf)) {
            const bool shared = leaf->next != NULL && leaf->next->written == leaf->written;
            put_real(b, p, field, leaf, p->at + field->offset + (size_t)m * sizeof(hr_real), tail,
                     shared ? field->key : tail);
            remember_wrong(b, leaf);
        }
    }
}

static void put_rows(building *b, const place *p, const hr_field *field, hr_node *rows)
{
    const hr_group *group = hr_schema_find(field->child);
    const hr_span span = {.at = hr_block_take(&b->block, group->bytes * (size_t)rows->children),
                          .count = (uint32_t)rows->children};
    hr_block_put(&b->block, p->at + field->offset, &span, sizeof span);
    size_t at = span.at;
    for (hr_node *c = rows->child; c != NULL; c = c->next, at += group->bytes) {
        const char *tail = hr_load_textf(b->load, "%s.%s", field->key, c->name);
        const place row = {.group = group,
                           .node = c,
                           .at = at,
                           .key = join(b, p->key, tail),
                           .told = join(b, p->told, tail),
                           .silent = p->silent};
        put_group(b, &row);
    }
}

/* Rows that say what is asked are read as all are, and are no part of the block: it is what the
 * scenario is, and a resolved.cfg, which leaves some of them out, gives the same. */
static void read_asked(building *b, const place *p, const hr_field *field, hr_node *rows)
{
    const hr_block own = b->block;
    hr_block_begin(&b->block);
    const place apart = {.group = p->group, .node = p->node, .key = p->key, .told = p->told};
    put_rows(b, &apart, field, rows);
    const bool no_memory = b->block.no_memory;
    hr_block_free(&b->block);
    b->block = own;
    b->block.no_memory = own.no_memory || no_memory;
}

static void put_one(building *b, const place *p, const hr_field *field)
{
    hr_node *node = hr_node_get_mutable(p->node, field->key);
    const place one = {.group = hr_schema_find(field->child),
                       .node = node,
                       .at = p->at + field->offset,
                       .key = join(b, p->key, field->key),
                       .told = join(b, p->told, field->key),
                       .silent = p->silent};
    put_group(b, &one);
}

static bool by_hand(const place *p, const hr_field *field)
{
    return strcmp(p->group->key, "scenario") == 0 && field->type == HR_TYPE_ROWS &&
           strcmp(field->key, "candidates") == 0;
}

static void put_group(building *b, const place *p)
{
    for (int f = 0; f < p->group->fields; f++) {
        const hr_field *field = &p->group->field[f];
        const size_t at = p->at + field->offset;
        hr_node *node = hr_node_get_mutable(p->node, field->key);
        if (by_hand(p, field))
            continue;
        if (field->type == HR_TYPE_ONE) {
            put_one(b, p, field);
        } else if (field->type == HR_TYPE_ROWS) {
            const bool asked = hr_group_is_asked(hr_schema_find(field->child));
            if (node != NULL && node->children > 0)
                (asked ? read_asked : put_rows)(b, p, field, node);
        } else if (field->type == HR_TYPE_BY) {
            put_table(b, p, field, node);
        } else if (node != NULL) {
            put_leaf(b, p, field, node, at);
        } else {
            put_absent(b, field, at);
            missing(b, p, field, field->key);
        }
    }
}

/* ---- candidates ---- */

typedef struct {
    hr_node *node;
    const char *id;
    int pipeline; /* index of its row, or -1 */
    int slot;
} candidate;

static int by_id(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    return strcmp(a->id, b->id);
}

static int slots_of(const hr_node *row)
{
    const hr_node *slots = hr_node_get(row, "slots");
    const bool sound =
        slots != NULL && slots->kind == HR_NODE_NUMBER && slots->number >= 1 && slots->number <= 60;
    return sound ? (int)slots->number : 1;
}

static candidate *all_candidates(building *b, hr_node *root, int *count)
{
    const hr_node *named = hr_node_get(root, "candidates"),
                  *pipeline = hr_node_get(root, "pipeline");
    *count = named == NULL ? 0 : named->children;
    for (const hr_node *c = pipeline == NULL ? NULL : pipeline->child; c != NULL; c = c->next)
        *count += slots_of(c);
    candidate *all = hr_load_take(b->load, (size_t)*count * sizeof *all + 1);
    if (all == NULL)
        return NULL;
    int n = 0, row = 0;
    for (hr_node *c = named == NULL ? NULL : named->child; c != NULL; c = c->next)
        all[n++] = (candidate){.node = c, .id = c->name, .pipeline = -1, .slot = 0};
    for (hr_node *c = pipeline == NULL ? NULL : pipeline->child; c != NULL; c = c->next, row++)
        for (int slot = 0; slot < slots_of(c); slot++)
            all[n++] = (candidate){.node = c,
                                   .pipeline = row,
                                   .slot = slot,
                                   .id = hr_load_textf(b->load, "%s-%02d", c->name, slot + 1)};
    qsort(all, (size_t)n, sizeof *all, by_id);
    return all;
}

static const char *slot_name(building *b, const candidate *c)
{
    const char *name = hr_node_text(c->node, "name");
    return name == NULL ? NULL : hr_load_textf(b->load, "%s %d", name, c->slot + 1);
}

static void put_candidate(building *b, const candidate *c, size_t at)
{
    const bool slot = c->pipeline >= 0;
    const hr_kin kin = hr_kin_of(hr_schema_find(slot ? "pipeline" : "candidate"));
    const hr_group *own = hr_schema_find("candidate"), *school = hr_schema_find("school");
    place p = {.group = own,
               .node = c->node,
               .at = at,
               .key = hr_load_textf(b->load, "candidates.%s", c->id),
               .told =
                   hr_load_textf(b->load, "%s.%s", slot ? "pipeline" : "candidates", c->node->name),
               .silent = c->slot > 0};
    if (slot) {
        p.id = c->id;
        p.name = slot_name(b, c);
        p.listed = &kin;
        p.listed_groups = 1;
    }
    put_group(b, &p);
    const hr_node *merged = hr_node_get(c->node, "schools");
    if (merged != NULL && merged->children > 0)
        return;
    const hr_span span = {.at = hr_block_take(&b->block, school->bytes), .count = 1};
    hr_block_put(&b->block, at + hr_group_field(own, "schools")->offset, &span, sizeof span);
    p.group = school;
    p.at = span.at;
    p.listed = &kin;
    p.listed_groups = kin.groups - 1;
    put_group(b, &p);
}

static void put_candidates(building *b, hr_node *root)
{
    const size_t bytes = hr_schema_find("candidate")->bytes;
    int count = 0;
    const candidate *all = all_candidates(b, root, &count);
    if (all == NULL || count == 0)
        return;
    const hr_span span = {.at = hr_block_take(&b->block, bytes * (size_t)count),
                          .count = (uint32_t)count};
    hr_span rows = {.at = hr_block_take(&b->block, sizeof(int32_t) * (size_t)count),
                    .count = (uint32_t)count};
    hr_span slots = {.at = hr_block_take(&b->block, sizeof(int32_t) * (size_t)count),
                     .count = (uint32_t)count};
    hr_block_put(&b->block, offsetof(hr_params, candidates), &span, sizeof span);
    hr_block_put(&b->block, offsetof(hr_params, pipeline_of), &rows, sizeof rows);
    hr_block_put(&b->block, offsetof(hr_params, slot_of), &slots, sizeof slots);
    for (int i = 0; i < count; i++) {
        put_int(b, rows.at + sizeof(int32_t) * (size_t)i, all[i].pipeline);
        put_int(b, slots.at + sizeof(int32_t) * (size_t)i, all[i].slot);
        put_candidate(b, &all[i], span.at + bytes * (size_t)i);
    }
}

static bool hand_over(building *b, hr_built *out)
{
    out->params = hr_block_end(&b->block, b->load);
    out->assumptions = b->rows;
    out->assumption = hr_load_take(b->load, (size_t)b->rows * sizeof *b->row + 1);
    if (out->assumption == NULL || b->load->no_memory)
        return false;
    if (b->rows > 0) {
        qsort(b->row, (size_t)b->rows, sizeof *b->row, by_key);
        memcpy(out->assumption, b->row, (size_t)b->rows * sizeof *b->row);
    }
    return true;
}

bool hr_build(hr_load *l, hr_node *root, hr_built *out)
{
    building b = {.load = l, .root = root};
    const hr_node *start = hr_node_get(root, "start_year");
    b.start_year = start != NULL && start->kind == HR_NODE_TEXT ? hr_year_of_label(start->text) : 0;
    if (b.start_year == 0)
        b.start_year = 2000; /* the missing or wrong year is itself an error */
    l->start_year = b.start_year;
    hr_block_begin(&b.block);
    const place p = {.group = hr_schema_find("scenario"),
                     .node = root,
                     .at = offsetof(hr_params, scenario),
                     .key = "",
                     .told = ""};
    put_group(&b, &p);
    put_candidates(&b, root);
    const bool sound =
        !l->no_memory && hand_over(&b, out) && hr_diags_errors(l->diags) == l->errors_before;
    hr_block_free(&b.block);
    free(b.row);
    return sound;
}
