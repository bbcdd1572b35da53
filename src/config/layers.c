/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds, reads and stacks the files that a scenario rests on. It must not know any setting but
 * base, national and world, which name files. */
#define _POSIX_C_SOURCE 200809L
#include "config/layers.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "config/merge.h"
#include "base/near.h"
#include "config/set.h"
#include "config/shipped.h"

/* A text to be parsed: a file of the user's or one that ships. */
typedef struct {
    const char *name; /* as messages name it: a path as given, or the shipped name */
    bool shipped;
    const char *text;
    size_t bytes;
} source;

/* Who asks for a file, for messages. NULL place: the command line. */
typedef struct {
    hr_load *load;
    const hr_node *place;
    const char *what; /* "base", "world", ... */
} asking;

static void refuse(const asking *a, const char *hint, const char *name, const char *why)
{
    const char *file = a->place == NULL ? NULL : a->place->file;
    hr_diags_addf(a->load->diags, HR_ERROR, file, a->place == NULL ? 0 : a->place->line, hint,
                  "%s \"%s\" %s", a->what, name, why);
}

static const char *near_shipped(hr_load *l, const char *const *folder, const char *name)
{
    hr_near near;
    hr_near_begin(&near, name);
    for (size_t i = 0; hr_shipped_name(i) != NULL; i++)
        for (const char *const *f = folder; *f != NULL; f++) {
            const size_t length = strlen(*f);
            const char *known = hr_shipped_name(i);
            if (strncmp(known, *f, length) == 0 && known[length] == '/')
                hr_near_offer(&near, known + length + 1);
        }
    return hr_near_hint(l, &near);
}

/* ---- reading ---- */

static char *read_all(hr_load *l, int file, size_t bytes)
{
    char *text = hr_load_take(l, bytes + 1);
    size_t have = 0;
    while (text != NULL && have < bytes) {
        const ssize_t got = read(file, text + have, bytes - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return NULL;
        have += (size_t)got;
    }
    return text;
}

static bool read_file(const asking *a, const char *path, source *out)
{
    /* Non-blocking, so that a pipe without a writer is refused and not waited for. */
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        refuse(a, NULL, path,
               errno == ENOENT || errno == ENOTDIR ? "is not there" : "cannot be opened");
        return false;
    }
    struct stat about;
    const char *why = NULL;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        why = "is not a plain file";
    else if (about.st_size > HR_FILE_BYTES_MOST)
        why = "is larger than 8 MiB";
    *out = (source){.name = path};
    if (why == NULL) {
        out->bytes = (size_t)about.st_size;
        out->text = read_all(a->load, file, out->bytes);
        if (out->text == NULL)
            why = "cannot be read to its end";
    }
    close(file);
    if (why != NULL)
        refuse(a, NULL, path, why);
    return why == NULL;
}

static void ship(const char *name, source *out)
{
    *out = (source){.name = name, .shipped = true};
    out->text = hr_shipped_text(name, &out->bytes);
}

static void remember(hr_load *l, const source *s)
{
    hr_input *input = &l->input[l->inputs++];
    hr_sha256 hash;
    hr_sha256_begin(&hash);
    hr_sha256_add(&hash, s->text, s->bytes);
    hr_sha256_end(&hash, input->digest);
    input->name = s->name;
    input->shipped = s->shipped;
}

/* Parses a source: its raw root, or NULL. */
static hr_node *parse(const asking *a, const source *s)
{
    if (a->load->inputs == HR_FILES_MOST) {
        refuse(a, NULL, s->name, "is one file too many: at most 64");
        return NULL;
    }
    remember(a->load, s);
    return hr_tree_parse(a->load, s->name, 1, s->text, s->bytes);
}

/* ---- finding ---- */

static bool is_path(const char *name)
{
    const size_t length = strlen(name);
    return strchr(name, '/') != NULL || (length > 4 && strcmp(name + length - 4, ".cfg") == 0);
}

/* `name` beside the file that says it. */
static const char *beside(hr_load *l, const char *file, const char *name)
{
    const char *slash = file == NULL ? NULL : strrchr(file, '/');
    if (slash == NULL)
        return name;
    return hr_load_textf(l, "%.*s/%s", (int)(slash - file), file, name);
}

static const char *without_cfg(hr_load *l, const char *path)
{
    const size_t length = strlen(path);
    const bool cfg = length > 4 && strcmp(path + length - 4, ".cfg") == 0;
    return hr_load_text(l, path, cfg ? length - 4 : length);
}

/* A file named inside another one: beside it, or one that ships in one of the folders. */
static bool find(const asking *a, const char *name, bool inside_shipped, const char *const *folder,
                 source *out)
{
    if (name[0] == '/') {
        refuse(a, "name it from the folder of the file that says it", name, "is an absolute path");
        return false;
    }
    if (is_path(name) && !inside_shipped)
        return read_file(a, beside(a->load, a->place == NULL ? NULL : a->place->file, name), out);
    const char *known;
    if (is_path(name)) {
        size_t bytes;
        known = without_cfg(a->load, beside(a->load, a->place->file, name));
        known = hr_shipped_text(known, &bytes) == NULL ? NULL : known;
    } else {
        known = hr_shipped_find(folder, name);
    }
    if (known == NULL) {
        const char *hint = near_shipped(a->load, folder, name);
        refuse(a, hint != NULL ? hint : "a file of your own is named with its .cfg", name,
               "does not ship with the program");
        return false;
    }
    ship(known, out);
    return true;
}

static bool find_scenario(hr_load *l, const char *path, source *out)
{
    static const char *const FOLDERS[] = {"trusts", "templates", NULL};
    const asking a = {.load = l, .what = "the scenario"};
    struct stat about;
    size_t bytes;
    if (stat(path, &about) != 0 && errno == ENOENT) {
        const char *known =
            hr_shipped_text(path, &bytes) != NULL ? path : hr_shipped_find(FOLDERS, path);
        if (known != NULL) {
            ship(known, out);
            return true;
        }
        refuse(&a, near_shipped(l, FOLDERS, path), path, "is not there");
        return false;
    }
    return read_file(&a, path, out);
}

/* ---- stacks of files ---- */

typedef struct {
    const char *name;
    hr_node *raw;
} file;

typedef struct {
    file file[HR_BASES_MOST + 1]; /* the file itself first, then its base, the base's base, ... */
    int files;
} chain;

static bool is_shipped(const hr_load *l, const char *name)
{
    for (int i = 0; name != NULL && i < l->inputs; i++)
        if (l->input[i].shipped && strcmp(l->input[i].name, name) == 0)
            return true;
    return false;
}

/* What --set says stands in no file. */
const char *hr_layers_overlay(hr_load *l, const hr_node *said)
{
    static const char *const FOLDERS[] = {"overlays", "worlds", NULL};
    hr_node place = *said;
    if (said->line == 0)
        place.file = NULL;
    const asking a = {.load = l, .place = &place, .what = "overlay"};
    source from = {.name = NULL};
    size_t bytes;
    if (hr_shipped_text(said->text, &bytes) != NULL)
        return said->text;
    return find(&a, said->text, is_shipped(l, place.file), FOLDERS, &from) ? from.name : NULL;
}

bool hr_layers_is_file(const hr_load *l, const hr_node *said)
{
    size_t bytes;
    return is_path(said->text) && !is_shipped(l, said->file) &&
           hr_shipped_text(said->text, &bytes) == NULL;
}

/* Names without "x/../" and "./", so that one file has one name. */
static const char *plain_name(hr_load *l, const char *name)
{
    char *plain = hr_load_take(l, strlen(name) + 1);
    size_t length = 0;
    if (plain == NULL)
        return "";
    while (*name != '\0') {
        const size_t part = strcspn(name, "/");
        const bool up = part == 2 && name[0] == '.' && name[1] == '.';
        size_t last = length > 0 ? length - 1 : 0; /* start of the part before */
        while (last > 0 && plain[last - 1] != '/')
            last--;
        if (up && length > 0 && strncmp(plain + last, "../", 3) != 0) {
            length = last;
        } else if (!(part == 1 && name[0] == '.') && !(part == 0 && length > 0)) {
            memcpy(plain + length, name, part);
            length += part;
            if (name[part] == '/')
                plain[length++] = '/';
        }
        name += part + (name[part] == '/');
    }
    plain[length] = '\0';
    return plain;
}

static bool in_chain(hr_load *l, const chain *c, const hr_node *place, const char *name)
{
    for (int i = 0; i < c->files; i++) {
        if (strcmp(plain_name(l, c->file[i].name), plain_name(l, name)) != 0)
            continue;
        const char *ring = "";
        for (int j = i; j < c->files; j++)
            ring = hr_load_textf(l, "%s%s -> ", ring, c->file[j].name);
        hr_diags_addf(l->diags, HR_ERROR, place->file, place->line, "take one of these bases out",
                      "the bases go round in a ring: %s%s", ring, c->file[i].name);
        return true;
    }
    return false;
}

/* The file and the bases it rests on. False when one of them cannot be had. */
static bool load_chain(const asking *first, source from, chain *out)
{
    static const char *const FOLDERS[] = {"trusts", "templates", "overlays",
                                          "worlds", "national",  NULL};
    hr_load *l = first->load;
    asking a = *first;
    out->files = 0;
    for (;;) {
        hr_node *raw = parse(&a, &from);
        if (raw == NULL)
            return false;
        out->file[out->files++] = (file){.name = from.name, .raw = raw};
        const hr_node *base = hr_node_get(raw, "base");
        if (base == NULL || base->kind != HR_NODE_TEXT)
            return true;
        a = (asking){.load = l, .place = base, .what = "base"};
        const bool inside = from.shipped;
        const char *named = is_path(base->text) ? beside(l, from.name, base->text) : base->text;
        if (in_chain(l, out, base, inside ? without_cfg(l, named) : named))
            return false;
        if (out->files == HR_BASES_MOST + 1) {
            refuse(&a, NULL, base->text, "is one base too many: at most 10 on top of each other");
            return false;
        }
        if (!find(&a, base->text, inside, FOLDERS, &from))
            return false;
    }
}

static hr_node *lay_chain(hr_load *l, const chain *c, hr_origin origin, hr_node *under)
{
    for (int i = c->files - 1; i >= 0; i--)
        under = hr_merge(l, under, hr_shape_layer(l, c->file[i].raw, origin));
    return under;
}

enum { OVERLAYS_MOST = 32 };

typedef struct {
    chain scenario, world, national;
    chain *overlay; /* from the lowest: worlds laid under, then overlays */
    int overlays;
} stack;

/* A world says how the years go, and nothing of the trust that goes through them. */
static bool is_background(const asking *a, const chain *c)
{
    static const char *const OWN[] = {"format", "name", "start_year", "schools"};
    for (int i = 0; i < c->files; i++)
        for (size_t k = 0; k < sizeof OWN / sizeof OWN[0]; k++) {
            const hr_node *said = hr_node_get(c->file[i].raw, OWN[k]);
            if (said == NULL)
                continue;
            hr_diags_addf(a->load->diags, HR_ERROR, said->file, said->line,
                          "name a scenario before the worlds, or leave out what is the trust's own",
                          "a world may not say %s: it is laid over scenarios", OWN[k]);
            return false;
        }
    return true;
}

/* The files of all changes of a kind. */
static bool load_changes(hr_load *l, const hr_change *change, size_t changes, hr_change_kind kind,
                         stack *s)
{
    static const char *const FOLDERS[] = {"overlays", "worlds", NULL};
    const bool under = kind == HR_CHANGE_UNDER;
    bool sound = true;
    for (size_t i = 0; i < changes; i++) {
        if (change[i].kind != kind)
            continue;
        const asking a = {.load = l, .what = under ? "world" : "overlay"};
        const char *name = change[i].text;
        source from;
        size_t bytes;
        if (s->overlays == OVERLAYS_MOST) {
            refuse(&a, NULL, name, "is one too many: at most 32");
            return false;
        }
        if (hr_shipped_text(name, &bytes) != NULL && (!under || strncmp(name, "worlds/", 7) == 0))
            ship(name, &from);
        else if (!(is_path(name) ? read_file(&a, name, &from)
                                 : find(&a, name, false, FOLDERS + under, &from))) {
            sound = false;
            continue;
        }
        chain *files = &s->overlay[s->overlays++];
        sound = load_chain(&a, from, files) && (!under || is_background(&a, files)) && sound;
    }
    return sound;
}

static bool load_overlays(hr_load *l, const hr_change *change, size_t changes, stack *s)
{
    s->overlay = hr_load_take(l, OVERLAYS_MOST * sizeof *s->overlay);
    if (s->overlay == NULL)
        return false;
    const bool sound = load_changes(l, change, changes, HR_CHANGE_UNDER, s);
    return load_changes(l, change, changes, HR_CHANGE_WITH, s) && sound;
}

static const hr_node *said_in(const chain *c, const char *key)
{
    for (int i = 0; i < c->files; i++) {
        const hr_node *node = hr_node_get(c->file[i].raw, key);
        if (node != NULL && node->kind == HR_NODE_TEXT)
            return node;
    }
    return NULL;
}

/* What the scenario and its changes say of `key`, the last word winning. */
static const hr_node *said_last(hr_load *l, const stack *s, const hr_change *change, size_t changes,
                                const char *key)
{
    const hr_node *said = said_in(&s->scenario, key);
    for (int i = 0; i < s->overlays; i++) {
        const hr_node *own = said_in(&s->overlay[i], key);
        said = own == NULL ? said : own;
    }
    const size_t length = strlen(key);
    for (size_t i = 0; i < changes; i++)
        if (change[i].kind == HR_CHANGE_SET && strncmp(change[i].text, key, length) == 0 &&
            change[i].text[length] == '=') {
            hr_node *node = hr_node_new(l, HR_NODE_TEXT, key, NULL);
            if (node != NULL)
                node->text = hr_set_bare_text(l, change[i].text + length + 1);
            said = node;
        }
    return said;
}

/* National defaults or world: none, one that ships, or a file. */
static bool load_background(hr_load *l, const hr_node *said, const char *what, const char *folder,
                            bool inside_shipped, chain *out)
{
    const char *const folders[] = {folder, NULL};
    const asking a = {.load = l, .place = said->file == NULL ? NULL : said, .what = what};
    source from;
    out->files = 0;
    if (strcmp(said->text, "none") == 0)
        return true;
    if (!find(&a, said->text, inside_shipped, folders, &from))
        return false;
    return load_chain(&a, from, out);
}

static bool load_backgrounds(hr_load *l, const hr_change *change, size_t changes, stack *s)
{
    static const hr_node ENGLAND = {.kind = HR_NODE_TEXT, .text = "england"};
    const hr_node *national = said_last(l, s, change, changes, "national");
    const hr_node *world = said_last(l, s, change, changes, "world");
    if (national == NULL)
        national = &ENGLAND;
    bool sound = load_background(l, national, "national", "national", is_shipped(l, national->file),
                                 &s->national);
    if (world != NULL)
        sound =
            load_background(l, world, "world", "worlds", is_shipped(l, world->file), &s->world) &&
            sound;
    return sound;
}

hr_node *hr_layers_merged(hr_load *l, const char *path, const hr_change *change, size_t changes)
{
    const asking a = {.load = l, .what = "the scenario"};
    stack *s = hr_load_take(l, sizeof *s);
    source from;
    if (s == NULL)
        return NULL;
    bool sound = find_scenario(l, path, &from) && load_chain(&a, from, &s->scenario);
    sound = load_overlays(l, change, changes, s) && sound;
    if (!sound || !load_backgrounds(l, change, changes, s))
        return NULL;
    hr_node *root = lay_chain(l, &s->national, HR_ORIGIN_DEFAULT, NULL);
    root = lay_chain(l, &s->world, HR_ORIGIN_DEFAULT, root);
    root = lay_chain(l, &s->scenario, HR_ORIGIN_SCENARIO, root);
    for (int i = 0; i < s->overlays; i++)
        root = lay_chain(l, &s->overlay[i], HR_ORIGIN_OVERLAY, root);
    for (size_t i = 0; i < changes; i++)
        if (change[i].kind == HR_CHANGE_SET)
            root = hr_set_lay(l, root, change[i].text);
    if (root != NULL) {
        root->file = s->scenario.file[0].name; /* whatever was laid over it last */
        root->line = 0;
    }
    return root;
}
