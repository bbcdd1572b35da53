/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs another program without a shell. It must not know which. */
#define _GNU_SOURCE 1 /* posix_spawn_file_actions_addchdir_np */
#include "os/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The environment without the user's language, and without what makes gnuplot read other files. */
static char **plain_environment(void)
{
    static char locale[] = "LC_ALL=C";
    static const char *const dropped[] = {
        "LC_ALL=", "LANG=", "LANGUAGE=", "GNUPLOT_LIB=", "GNUTERM=", "GNUPLOT_FONTPATH="};
    size_t count = 0;
    while (environ && environ[count])
        count++;
    char **plain = calloc(count + 2, sizeof *plain);
    size_t kept = 0;
    for (size_t i = 0; plain && i < count; i++) {
        bool keep = true;
        for (size_t d = 0; d < sizeof dropped / sizeof dropped[0]; d++)
            keep = keep && strncmp(environ[i], dropped[d], strlen(dropped[d])) != 0;
        if (keep)
            plain[kept++] = environ[i];
    }
    if (plain)
        plain[kept] = locale;
    return plain;
}

/* Reads what is said until the end of it or the deadline; what does not fit is read and dropped. */
static void hear(int from, double deadline, char *said, size_t said_bytes)
{
    size_t kept = 0;
    for (;;) {
        const double left = deadline - now();
        struct pollfd wait = {.fd = from, .events = POLLIN};
        const int ready = left > 0.0 ? poll(&wait, 1, (int)(1000.0 * left) + 1) : 0;
        if (ready < 0 && errno == EINTR)
            continue; /* a read now would wait past the deadline */
        if (ready <= 0)
            break;
        char piece[512];
        const ssize_t got = read(from, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        for (ssize_t i = 0; i < got && kept + 1 < said_bytes; i++)
            said[kept++] = piece[i];
    }
    if (said_bytes)
        said[kept] = '\0';
}

/* Waits for the child until the deadline; kills its whole group after that. */
static hr_program_end await(pid_t child, double deadline)
{
    int status = 0;
    bool late = false;
    for (;;) {
        const pid_t ended = waitpid(child, &status, late ? 0 : WNOHANG);
        if (ended == child)
            break;
        if (ended < 0 && errno != EINTR)
            return HR_PROGRAM_FAILED;
        if (!late && now() >= deadline) {
            (void)kill(-child, SIGKILL);
            late = true;
        }
        const struct timespec nap = {.tv_nsec = 5000000};
        if (!late)
            (void)nanosleep(&nap, NULL);
    }
    if (late)
        return HR_PROGRAM_TIMEOUT;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return HR_PROGRAM_ABSENT;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? HR_PROGRAM_OK : HR_PROGRAM_FAILED;
}

/* Its own process group, default signals, nothing to read, its errors into `errors`. */
static int prepare(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, int errors,
                   const char *folder)
{
    sigset_t usual, none;
    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    static const int signals[] = {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        (void)sigaddset(&usual, signals[i]);
    const short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    int error = posix_spawnattr_setflags(attributes, flags);
    error = error ? error : posix_spawnattr_setpgroup(attributes, 0);
    error = error ? error : posix_spawnattr_setsigdefault(attributes, &usual);
    error = error ? error : posix_spawnattr_setsigmask(attributes, &none);
    error = error ? error : posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    error = error ? error : posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0);
    error = error ? error : posix_spawn_file_actions_adddup2(actions, errors, 2);
    return error || !folder ? error : posix_spawn_file_actions_addchdir_np(actions, folder);
}

static int start(pid_t *child, const char *const *argv, const char *folder, int errors)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    char **environment = plain_environment();
    int error = environment ? posix_spawnattr_init(&attributes) : ENOMEM;
    if (error) {
        free(environment);
        return error;
    }
    error = posix_spawn_file_actions_init(&actions);
    if (!error) {
        error = prepare(&attributes, &actions, errors, folder);
        /* posix_spawn takes char *const[] for history's sake and changes nothing */
        if (!error)
            error = posix_spawnp(child, argv[0], &actions, &attributes,
                                 (char *const *)(uintptr_t)argv, environment);
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)posix_spawnattr_destroy(&attributes);
    free(environment);
    return error;
}

hr_program_end hr_program_run(const char *const *argv, const char *folder, int seconds, char *said,
                              size_t said_bytes)
{
    int ends[2];
    if (said_bytes)
        said[0] = '\0';
    if (pipe2(ends, O_CLOEXEC) != 0)
        return HR_PROGRAM_FAILED;
    const double deadline = now() + seconds;
    pid_t child = 0;
    const int error = start(&child, argv, folder, ends[1]);
    (void)close(ends[1]);
    if (error == 0)
        hear(ends[0], deadline, said, said_bytes);
    (void)close(ends[0]);
    if (error)
        return error == ENOENT ? HR_PROGRAM_ABSENT : HR_PROGRAM_FAILED;
    return await(child, deadline);
}
