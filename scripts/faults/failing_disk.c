/* Loaded before the C library by fsync_errors.py: as long as the file named by FAULT_RATE holds a number above 0, that
   many of a thousand calls that make the database durable or write to it fail with EIO, without having been done. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_ulong drawn;

static long number_in(const char *name) {
    const char *path = getenv(name);
    char text[32] = "";
    if (!path) return 0;
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    int file = real_open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
    close(file);
    return atol(text);
}

/* Whether this call on this file is to fail; the draws follow from FAULT_SEED alone. */
static int fails(int file) {
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (!strstr(path, "baton.sqlite") || strstr(path, "-shm")) return 0;
    long rate = number_in("FAULT_RATE");
    if (rate <= 0) return 0;
    const char *seed = getenv("FAULT_SEED");
    unsigned long number = atomic_fetch_add(&drawn, 1) + (seed ? strtoul(seed, 0, 10) : 0) * 1000003UL;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9UL;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebUL;
    number ^= number >> 31;
    if ((long)(number % 1000) >= rate) return 0;
    const char *count = getenv("FAULT_COUNT");
    if (count) {
        int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
        int out = real_open(count, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (out >= 0) {
            if (write(out, ".", 1) < 0) { /* only a count */ }
            close(out);
        }
    }
    errno = EIO;
    return 1;
}

int fsync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    return fails(file) ? -1 : real(file);
}

int fdatasync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    return fails(file) ? -1 : real(file);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    /* Writes are many: they fail a fiftieth as often. */
    static atomic_ulong writes;
    if (atomic_fetch_add(&writes, 1) % 50 == 49 && fails(file)) return -1;
    return real(file, bytes, count, place);
}
