/* Stands between a program and the C library, and sees every call that touches a file below one folder.

   filecalls_arm(folder, at, log, error): the process kills itself before the at-th such call (0: never), or,
   with an `error`, that call and all after it that need room fail with it. Each call that changed something
   is written to the descriptor `log` (-1: nowhere), with its bytes.
   filecalls_seen(): how many calls there were.

   cc -shared -fPIC -O1 -o filecalls.so filecalls.c -ldl; then LD_PRELOAD. Linux with glibc. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static long fatal, seen;
static int armed, log_to = -1, failing;

void filecalls_arm(const char *path, long at, int log, int error) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    fatal = at, seen = 0, log_to = log, failing = error, armed = 1;
}

long filecalls_seen(void) { return seen; }

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int below(const char *path) {
    return armed && path && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || !path[folder_length]);
}

static void step(void) {
    if (++seen == fatal && !failing) kill(getpid(), SIGKILL);
}

/* Whether a call that needs room on the disk finds none; to be asked after `step`. */
static int refused(void) {
    if (!failing || !fatal || seen < fatal) return 0;
    errno = failing;
    return 1;
}

/* The path of a descriptor, or of a name below one; 0 where it is not below the folder. */
static int path_of(int fd, const char *name, char *path) {
    char link[64];
    ssize_t length;
    if (!armed) return 0;
    if (name && name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (name && fd == AT_FDCWD) {
        return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
        if (length < 0) return 0;
        path[length] = 0;
        if (name) snprintf(path + length, PATH_MAX - length, "/%s", name);
    }
    return below(path);
}

static void put(const void *data, size_t length) {
    const char *next = data;
    while (length) {
        ssize_t n = syscall(SYS_write, log_to, next, length);
        if (n <= 0) return;
        next += n, length -= n;
    }
}

static void note(const char *kind, const char *path, const char *other, long long at, const void *data, size_t length) {
    char head[2 * PATH_MAX + 64];
    int saved = errno;
    if (log_to >= 0) {
        int n = snprintf(head, sizeof head, "%s\t%s\t%s\t%lld\t%zu\n", kind, path, other, at, data ? length : 0);
        put(head, n);
        if (data) put(data, length);
    }
    errno = saved;
}

static int opened(int (*real)(int, const char *, int, ...), int dir, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int there = 0, ours = path_of(dir, name, path), fd;
    struct stat now;
    if (ours) {
        step();
        there = !syscall(SYS_newfstatat, AT_FDCWD, path, &now, 0);
        if (!there && (flags & O_CREAT) && refused()) return -1;
    }
    fd = real(dir, name, flags, mode);
    if (ours && fd >= 0) {
        if ((flags & O_CREAT) && !there) note("create", path, "", 0, 0, 0);
        else if (flags & O_TRUNC) note("truncate", path, "", 0, 0, 0);
    }
    return fd;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int openat(int dir, const char *name, int flags, ...) { MODE REAL(openat); return opened(real, dir, name, flags, mode); }
int openat64(int dir, const char *name, int flags, ...) { MODE REAL(openat64); return opened(real, dir, name, flags, mode); }
int open(const char *name, int flags, ...) { MODE REAL(openat); return opened(real, AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE REAL(openat64); return opened(real, AT_FDCWD, name, flags, mode); }

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    int ours = path_of(fd, 0, path);
    ssize_t n;
    REAL(write);
    if (ours) step();
    if (ours && refused()) return -1;
    n = real(fd, data, length);
    if (ours && n > 0) note("write", path, "", (long long)lseek(fd, 0, SEEK_CUR) - n, data, n);
    return n;
}

static ssize_t placed(ssize_t (*real)(int, const void *, size_t, off64_t), int fd, const void *data, size_t length, off64_t at) {
    char path[PATH_MAX];
    int ours = path_of(fd, 0, path);
    ssize_t n;
    if (ours) step();
    if (ours && refused()) return -1;
    n = real(fd, data, length, at);
    if (ours && n > 0) note("write", path, "", at, data, n);
    return n;
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { REAL(pwrite64); return placed(real, fd, data, length, at); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { REAL(pwrite64); return placed(real, fd, data, length, at); }

/* Faster ways to copy would hide the bytes: the program falls back to reading and writing. */
ssize_t sendfile64(int out, int in, off64_t *at, size_t n) { (void)out, (void)in, (void)at, (void)n; errno = ENOTSOCK; return -1; }
ssize_t sendfile(int out, int in, off_t *at, size_t n) { (void)out, (void)in, (void)at, (void)n; errno = ENOTSOCK; return -1; }
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t n, unsigned f) { (void)in, (void)a, (void)out, (void)b, (void)n, (void)f; errno = ENOSYS; return -1; }

#define BY_DESCRIPTOR(name, kind) \
    int name(int fd) { \
        char path[PATH_MAX]; \
        int ours = path_of(fd, 0, path), done; \
        REAL(name); \
        if (ours) step(); \
        if (ours && failing == EIO && refused()) return -1; \
        done = real(fd); \
        if (ours && !done) note(kind, path, "", 0, 0, 0); \
        return done; \
    }
BY_DESCRIPTOR(fsync, "sync")
BY_DESCRIPTOR(fdatasync, "sync")

#define CUT(name, type) \
    int name(int fd, type length) { \
        char path[PATH_MAX]; \
        int ours = path_of(fd, 0, path), done; \
        REAL(name); \
        if (ours) step(); \
        done = real(fd, length); \
        if (ours && !done) note("truncate", path, "", length, 0, 0); \
        return done; \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

static int moved(const char *kind, int from_dir, const char *from, int to_dir, const char *to, int (*act)(int, const char *, int, const char *)) {
    char one[PATH_MAX], other[PATH_MAX];
    int ours = path_of(from_dir, from, one), theirs = path_of(to_dir, to, other), done;
    if (ours || theirs) step();
    if ((ours || theirs) && kind[0] == 'l' && refused()) return -1;
    done = act(from_dir, from, to_dir, to);
    if ((ours || theirs) && !done) note(kind, one, other, 0, 0, 0);
    return done;
}
static int raw_rename(int a, const char *b, int c, const char *d) { return syscall(SYS_renameat2, a, b, c, d, 0); }
static int raw_link(int a, const char *b, int c, const char *d) { return syscall(SYS_linkat, a, b, c, d, 0); }
int rename(const char *from, const char *to) { return moved("rename", AT_FDCWD, from, AT_FDCWD, to, raw_rename); }
int renameat(int a, const char *from, int b, const char *to) { return moved("rename", a, from, b, to, raw_rename); }
int link(const char *from, const char *to) { return moved("link", AT_FDCWD, from, AT_FDCWD, to, raw_link); }
int linkat(int a, const char *from, int b, const char *to, int flags) { (void)flags; return moved("link", a, from, b, to, raw_link); }

static int named(const char *kind, int dir, const char *name, long (*act)(int, const char *, int), int value) {
    char path[PATH_MAX];
    int ours = path_of(dir, name, path), done;
    if (ours) step();
    if (ours && kind[0] == 'm' && refused()) return -1;
    done = (int)act(dir, name, value);
    if (ours && !done) note(kind, path, "", 0, 0, 0);
    return done;
}
static long raw_unlink(int dir, const char *name, int flags) { return syscall(SYS_unlinkat, dir, name, flags); }
static long raw_mkdir(int dir, const char *name, int mode) { return syscall(SYS_mkdirat, dir, name, mode); }
static long raw_chmod(int dir, const char *name, int mode) { return syscall(SYS_fchmodat, dir, name, mode); }
int unlink(const char *name) { return named("unlink", AT_FDCWD, name, raw_unlink, 0); }
int unlinkat(int dir, const char *name, int flags) { return named(flags & AT_REMOVEDIR ? "rmdir" : "unlink", dir, name, raw_unlink, flags); }
int rmdir(const char *name) { return named("rmdir", AT_FDCWD, name, raw_unlink, AT_REMOVEDIR); }
int mkdir(const char *name, mode_t mode) { return named("mkdir", AT_FDCWD, name, raw_mkdir, mode); }
int mkdirat(int dir, const char *name, mode_t mode) { return named("mkdir", dir, name, raw_mkdir, mode); }
int chmod(const char *name, mode_t mode) { return named("chmod", AT_FDCWD, name, raw_chmod, mode); }
