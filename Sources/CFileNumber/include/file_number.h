#ifndef CRM_FILE_NUMBER_H
#define CRM_FILE_NUMBER_H

#include <stdint.h>

// Which file a path leads to, through links: its device and its number there. Returns 0, else the number of the error.
//
// It asks for nothing but the number: who asks for the times of a file makes the system give the next write a time of its own, and
// a commit that waits for the disk takes half as long again.
int crm_file_number(const char *path, uint64_t *device, uint64_t *number);

// The same of a file that is open.
int crm_open_file_number(int descriptor, uint64_t *device, uint64_t *number);

// Opens a folder for asking about it alone; -1 when that is not possible.
int crm_open_folder(const char *path);

// When something was last made, removed or renamed in a folder that is open, in nanoseconds since 1970. Returns 0, else the number
// of the error.
int crm_folder_change(int folder, int64_t *moment);

#endif
