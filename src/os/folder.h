/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An output folder that is written beside its name and renamed whole, so that a reader never sees
 * half of it. Files inside are written to the end, flushed, synced and checked. */
#ifndef HR_OS_FOLDER_H
#define HR_OS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hr_folder hr_folder;

/* Prepares to write `path`: makes "PATH.partial-PID" beside it and removes old ones of dead
 * processes. NULL on failure with *why set to one sentence (borrowed until the next call). Refuses
 * an existing non-empty folder unless `force`; with `force` only a folder that holds a
 * manifest.json of headroom is replaced. */
hr_folder *hr_folder_begin(const char *path, bool force, const char **why);

/* Would hr_folder_begin be refused as things stand? False: *why. Touches nothing, so that it can be
 * asked before work that takes long; hr_folder_begin asks it again. */
bool hr_folder_may_begin(const char *path, bool force, const char **why);

/* Path of the folder as it is being written, for tools that write there themselves. */
const char *hr_folder_work(const hr_folder *f);

/* Writes a file (name relative, with at most one level of folder) from memory. False: *why. */
bool hr_folder_write(hr_folder *f, const char *name, const void *data, size_t bytes,
                     const char **why);

/* The same in pieces: one file at a time. hr_folder_end closes it, even after a piece that failed.
 */
bool hr_folder_start(hr_folder *f, const char *name, const char **why);
bool hr_folder_add(hr_folder *f, const void *data, size_t bytes, const char **why);
bool hr_folder_end(hr_folder *f, const char **why);

/* Takes a file out again, such as a tool's script. Missing is fine. */
void hr_folder_remove(hr_folder *f, const char *name);

/* Renames the folder to its name (an old one is moved aside and removed). False: *why; nothing is
 * left under the name but what was there. Frees f either way. */
bool hr_folder_commit(hr_folder *f, const char **why);

/* Removes what was written. NULL is fine. Frees f. */
void hr_folder_abandon(hr_folder *f);

/* Reads a whole regular file of at most `most` bytes; NULL: *why. The caller frees the result (NUL
 * added after *bytes bytes). */
char *hr_file_read(const char *path, size_t most, size_t *bytes, const char **why);

/* The same piece by piece, for files too long for memory: `take` hears each piece and may stop by
 * answering false, which is no failure. False: *why. */
typedef bool (*hr_file_piece)(void *user, const char *data, size_t bytes);
bool hr_file_pieces(const char *path, hr_file_piece take, void *user, const char **why);

/* Is a name there, whatever it is? */
bool hr_file_is_there(const char *path);

/* Is `path` the folder `folder`, or inside it, once links are followed? False when either is not
 * there. */
bool hr_file_is_in(const char *path, const char *folder);

#endif
