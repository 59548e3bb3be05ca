#define _GNU_SOURCE
#include "file_number.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static int number_of(int folder, const char *path, int flags, uint64_t *device, uint64_t *number) {
    struct statx status;
    if (statx(folder, path, flags, STATX_INO, &status) != 0)
        return errno;
    *device = makedev(status.stx_dev_major, status.stx_dev_minor);
    *number = status.stx_ino;
    return 0;
}

int crm_file_number(const char *path, uint64_t *device, uint64_t *number) {
    return number_of(AT_FDCWD, path, 0, device, number);
}

int crm_open_file_number(int descriptor, uint64_t *device, uint64_t *number) {
    return number_of(descriptor, "", AT_EMPTY_PATH, device, number);
}

int crm_open_folder(const char *path) { return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC); }

int crm_folder_change(int folder, int64_t *moment) {
    struct statx status;
    if (statx(folder, "", AT_EMPTY_PATH, STATX_CTIME, &status) != 0)
        return errno;
    *moment = (int64_t)status.stx_ctime.tv_sec * 1000000000 + status.stx_ctime.tv_nsec;
    return 0;
}
