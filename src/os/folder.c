/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An output folder written beside its name and renamed whole. It must not know what is written. */
#include "os/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WHY_BYTES = 512, PIECE_BYTES = 1 << 20 };

struct hr_folder {
    char *path;  /* the name it will have */
    char *work;  /* "PATH.partial-PID" */
    char *aside; /* "PATH.old-PID" */
    int file;    /* the file being written, or -1 */
    char *name;  /* its path */
    bool failed; /* a piece of it failed */
};

/* One sentence with the system's reason; kept for the thread until the next call. */
static const char *because(const char *what, const char *path)
{
    static _Thread_local char sentence[WHY_BYTES];
    const int error = errno;
    (void)snprintf(sentence, sizeof sentence, "cannot %s \"%.300s\": %s", what, path,
                   strerror(error));
    return sentence;
}

static const char *refused(const char *path, const char *reason)
{
    static _Thread_local char sentence[WHY_BYTES];
    (void)snprintf(sentence, sizeof sentence, "\"%.300s\" %s", path, reason);
    return sentence;
}

static char *joined(const char *first, const char *between, const char *last)
{
    const size_t bytes = strlen(first) + strlen(between) + strlen(last) + 1;
    char *text = malloc(bytes);
    if (text)
        (void)snprintf(text, bytes, "%s%s%s", first, between, last);
    return text;
}

static bool is_dot(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

/* Removes a folder that headroom wrote: files and one level of folders. Links are removed, not
 * followed. */
static void remove_tree(const char *path, int depth)
{
    DIR *dir = depth > 2 ? NULL : opendir(path);
    if (dir) {
        const struct dirent *entry;
        while ((entry = readdir(dir))) {
            char *inside = is_dot(entry->d_name) ? NULL : joined(path, "/", entry->d_name);
            struct stat about;
            if (inside && lstat(inside, &about) == 0) {
                if (S_ISDIR(about.st_mode))
                    remove_tree(inside, depth + 1);
                else
                    (void)unlink(inside);
            }
            free(inside);
        }
        (void)closedir(dir);
    }
    (void)rmdir(path);
}

/* Splits "a/b" into its folder and the last name; the folder of a bare name is ".". */
static char *folder_of(const char *path, const char **last)
{
    const char *slash = strrchr(path, '/');
    *last = slash ? slash + 1 : path;
    if (!slash)
        return joined(".", "", "");
    char *folder = joined(path, "", "");
    if (folder)
        folder[slash == path ? 1 : slash - path] = '\0';
    return folder;
}

/* What dead processes left beside the name: "NAME.partial-PID" and "NAME.old-PID". */
static void remove_leftovers(const char *path)
{
    const char *last;
    char *folder = folder_of(path, &last);
    DIR *dir = folder ? opendir(folder) : NULL;
    const struct dirent *entry;
    const size_t length = strlen(last);
    while (dir && (entry = readdir(dir))) {
        if (strncmp(entry->d_name, last, length) != 0)
            continue;
        const char *tail = entry->d_name + length;
        const size_t skip = strncmp(tail, ".partial-", 9) == 0 ? 9
                            : strncmp(tail, ".old-", 5) == 0   ? 5
                                                               : 0;
        char *end = NULL;
        const long pid = skip ? strtol(tail + skip, &end, 10) : 0;
        if (pid <= 0 || *end != '\0' || kill((pid_t)pid, 0) == 0 || errno == EPERM)
            continue;
        char *inside = joined(folder, "/", entry->d_name);
        if (inside)
            remove_tree(inside, 0);
        free(inside);
    }
    if (dir)
        (void)closedir(dir);
    free(folder);
}

static bool is_empty(const char *path)
{
    DIR *dir = opendir(path);
    bool empty = dir != NULL;
    const struct dirent *entry;
    while (dir && empty && (entry = readdir(dir)))
        empty = is_dot(entry->d_name);
    if (dir)
        (void)closedir(dir);
    return empty;
}

/* Is there a manifest.json that says that headroom wrote it? */
static bool is_ours(const char *path)
{
    char *manifest = joined(path, "/", "manifest.json");
    size_t bytes;
    const char *why;
    char *text = manifest ? hr_file_read(manifest, (size_t)64 << 20, &bytes, &why) : NULL;
    const bool ours = text && strstr(text, "\"program\": \"headroom\"");
    free(text);
    free(manifest);
    return ours;
}

/* May the name be taken? NULL, or why not. */
static const char *check_name(const char *path, bool force)
{
    struct stat about;
    if (path[0] == '\0')
        return "the name of the output folder is empty";
    if (lstat(path, &about) != 0)
        return errno == ENOENT ? NULL : because("look at", path);
    if (!S_ISDIR(about.st_mode))
        return refused(path, "is there already and is not a folder");
    if (is_empty(path))
        return NULL;
    if (!force)
        return refused(path, "is a folder that is not empty; --force replaces it");
    return is_ours(path)
               ? NULL
               : refused(path,
                         "holds no manifest of headroom: it is not replaced even with --force");
}

static char *without_slashes(const char *path)
{
    char *name = joined(path, "", "");
    for (size_t n = name ? strlen(name) : 0; n > 1 && name[n - 1] == '/'; n--)
        name[n - 1] = '\0';
    return name;
}

/* Could a folder be made where the name will stand? NULL, or why not. */
static const char *check_parent(const char *path)
{
    const char *last, *why = NULL;
    char *parent = folder_of(path, &last);
    if (!parent)
        return "memory is short";
    if (access(parent, W_OK | X_OK) != 0)
        why = because("write into the folder", parent);
    struct stat about;
    if (!why && (stat(parent, &about) != 0 || !S_ISDIR(about.st_mode)))
        why = refused(parent, "is not a folder");
    free(parent);
    return why;
}

bool hr_folder_may_begin(const char *path, bool force, const char **why)
{
    char *name = without_slashes(path);
    *why = name ? check_name(name, force) : "memory is short";
    if (!*why)
        *why = check_parent(name);
    free(name);
    return !*why;
}

static void free_folder(hr_folder *f)
{
    if (f->file >= 0)
        (void)close(f->file);
    free(f->path);
    free(f->work);
    free(f->aside);
    free(f->name);
    free(f);
}

hr_folder *hr_folder_begin(const char *path, bool force, const char **why)
{
    char pid[24];
    (void)snprintf(pid, sizeof pid, "%ld", (long)getpid());
    hr_folder *f = calloc(1, sizeof *f);
    *why = "memory is short";
    if (!f)
        return NULL;
    f->file = -1;
    f->path = without_slashes(path);
    f->work = f->path ? joined(f->path, ".partial-", pid) : NULL;
    f->aside = f->path ? joined(f->path, ".old-", pid) : NULL;
    if (!f->work || !f->aside)
        goto fail;
    if (!hr_folder_may_begin(f->path, force, why))
        goto fail;
    remove_leftovers(f->path);
    remove_tree(f->work, 0);
    if (mkdir(f->work, 0777) != 0) {
        *why = because("make the folder", f->work);
        goto fail;
    }
    return f;
fail:
    free_folder(f);
    return NULL;
}

const char *hr_folder_work(const hr_folder *f) { return f->work; }

bool hr_folder_start(hr_folder *f, const char *name, const char **why)
{
    free(f->name);
    f->name = joined(f->work, "/", name);
    f->failed = true;
    if (!f->name) {
        *why = "memory is short";
        return false;
    }
    char *slash = strrchr(f->name, '/');
    *slash = '\0';
    const bool there = mkdir(f->name, 0777) == 0 || errno == EEXIST;
    *slash = '/';
    f->file =
        there ? open(f->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666) : -1;
    if (f->file < 0)
        *why = because("write", f->name);
    f->failed = f->file < 0;
    return !f->failed;
}

bool hr_folder_add(hr_folder *f, const void *data, size_t bytes, const char **why)
{
    const char *from = data;
    while (bytes > 0 && !f->failed) {
        const ssize_t written = write(f->file, from, bytes);
        if (written > 0) {
            from += written;
            bytes -= (size_t)written;
        } else if (written < 0 && errno != EINTR) {
            *why = because("write", f->name);
            f->failed = true;
        }
    }
    return !f->failed;
}

bool hr_folder_end(hr_folder *f, const char **why)
{
    if (f->file >= 0 && !f->failed && fsync(f->file) != 0 && errno != EINVAL) {
        *why = because("write", f->name);
        f->failed = true;
    }
    if (f->file >= 0 && close(f->file) != 0 && !f->failed) {
        *why = because("write", f->name);
        f->failed = true;
    }
    f->file = -1;
    return !f->failed;
}

bool hr_folder_write(hr_folder *f, const char *name, const void *data, size_t bytes,
                     const char **why)
{
    const bool started = hr_folder_start(f, name, why);
    const bool added = started && hr_folder_add(f, data, bytes, why);
    const char *end_why = NULL;
    const bool ended = started && hr_folder_end(f, &end_why);
    if (added && !ended)
        *why = end_why;
    return added && ended;
}

void hr_folder_remove(hr_folder *f, const char *name)
{
    char *path = joined(f->work, "/", name);
    if (path)
        (void)unlink(path);
    free(path);
}

/* A name is safe on disk only once its folder is. */
static void sync_folder(const char *path)
{
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    (void)fsync(folder);
    (void)close(folder);
}

bool hr_folder_commit(hr_folder *f, const char **why)
{
    bool done = false, aside = false;
    sync_folder(f->work);
    /* an empty folder goes; one that is not empty was found to be ours and is moved aside */
    if (rmdir(f->path) != 0 && errno != ENOENT) {
        aside = rename(f->path, f->aside) == 0;
        if (!aside) {
            *why = because("move aside", f->path);
            goto out;
        }
    }
    if (rename(f->work, f->path) != 0) {
        *why = because("rename to", f->path);
        if (aside)
            (void)rename(f->aside, f->path);
        goto out;
    }
    done = true;
    if (aside)
        remove_tree(f->aside, 0);
    const char *last;
    char *parent = folder_of(f->path, &last);
    if (parent)
        sync_folder(parent);
    free(parent);
out:
    if (!done)
        remove_tree(f->work, 0);
    free_folder(f);
    return done;
}

void hr_folder_abandon(hr_folder *f)
{
    if (!f)
        return;
    remove_tree(f->work, 0);
    free_folder(f);
}

static char *read_open_file(int file, const char *path, size_t most, size_t *bytes,
                            const char **why)
{
    struct stat about;
    if (fstat(file, &about) != 0) {
        *why = because("read", path);
        return NULL;
    }
    if (!S_ISREG(about.st_mode) || about.st_size < 0 || (unsigned long long)about.st_size > most) {
        *why = refused(path, S_ISREG(about.st_mode) ? "is too large" : "is not a file");
        return NULL;
    }
    const size_t size = (size_t)about.st_size;
    char *text = malloc(size + 1);
    size_t got = 0;
    *why = "memory is short";
    while (text && got < size) {
        const ssize_t n = read(file, text + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            *why =
                n < 0 ? because("read", path) : refused(path, "became shorter while it was read");
            free(text);
            return NULL;
        }
        got += (size_t)n;
    }
    if (text) {
        text[got] = '\0';
        *bytes = got;
    }
    return text;
}

/* O_NONBLOCK: a named pipe must not hold us before we see that it is none of ours. */
static int open_to_read(const char *path, const char **why)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        *why = because("read", path);
    return file;
}

char *hr_file_read(const char *path, size_t most, size_t *bytes, const char **why)
{
    const int file = open_to_read(path, why);
    if (file < 0)
        return NULL;
    char *text = read_open_file(file, path, most, bytes, why);
    (void)close(file);
    return text;
}

static bool read_pieces(int file, const char *path, hr_file_piece take, void *user, char *piece,
                        const char **why)
{
    struct stat about;
    if (fstat(file, &about) == 0 && !S_ISREG(about.st_mode)) {
        *why = refused(path, "is not a file");
        return false;
    }
    for (;;) {
        const ssize_t n = read(file, piece, PIECE_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            *why = because("read", path);
        if (n <= 0 || !take(user, piece, (size_t)n))
            return n >= 0;
    }
}

bool hr_file_pieces(const char *path, hr_file_piece take, void *user, const char **why)
{
    char *piece = malloc(PIECE_BYTES);
    *why = "memory is short";
    const int file = piece ? open_to_read(path, why) : -1;
    const bool read_all = file >= 0 && read_pieces(file, path, take, user, piece, why);
    if (file >= 0)
        (void)close(file);
    free(piece);
    return read_all;
}

bool hr_file_is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* From the path's folder to the root, one ".." after another. */
bool hr_file_is_in(const char *path, const char *folder)
{
    enum { LEVELS = 128 };
    struct stat about, outer, before = {0};
    if (stat(path, &about) != 0 || stat(folder, &outer) != 0)
        return false;
    const char *last;
    char *at = S_ISDIR(about.st_mode) ? joined(path, "", "") : folder_of(path, &last);
    bool in = same_file(&about, &outer);
    for (int i = 0; i < LEVELS && at && !in; i++) {
        if (stat(at, &about) != 0 || (i > 0 && same_file(&about, &before)))
            break;
        in = same_file(&about, &outer);
        before = about;
        char *up = joined(at, "/", "..");
        free(at);
        at = up;
    }
    free(at);
    return in;
}
