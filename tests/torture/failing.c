/* Loaded before the C library: the n-th call that changes a file fails, and all after it
   as long as `fail_at` says so. Counts only regular files, so that the process can still
   print what it has to say. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, first;
static int error, sticky;

void fail_at(long n, int with, int stay) { calls = 0; first = n; error = with; sticky = stay; }
long calls_made(void) { return calls; }

static int fails(int fd)
{
    struct stat st;
    int before = errno;
    int regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    errno = before;
    if (!regular)
        return 0;
    calls++;
    if (first == 0 || calls < first || (calls > first && !sticky))
        return 0;
    errno = error;
    return 1;
}

#define REAL(name) static typeof(&name) real; if (!real) real = (typeof(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *b, size_t n) { REAL(write); return fails(fd) ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite); return fails(fd) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { REAL(pwrite64); return fails(fd) ? -1 : real(fd, b, n, o); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return fails(fd) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return fails(fd) ? -1 : real(fd, n); }
int fsync(int fd) { REAL(fsync); return fails(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fails(fd) ? -1 : real(fd); }
