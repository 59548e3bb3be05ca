// A line editor for a terminal, over libedit: history, completion, cancelling with Ctrl-C, UTF-8 in any locale.
//
// All text is UTF-8 and ends with a zero byte. One editor belongs to one thread at a time.

#ifndef CRM_LINE_EDITOR_H
#define CRM_LINE_EDITOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct crmedit crmedit;

/// How reading a line ended.
typedef enum {
    CRMEDIT_LINE,       ///< A line was entered.
    CRMEDIT_END,        ///< Ctrl-D on an empty line, or the terminal is gone.
    CRMEDIT_CANCELLED,  ///< Ctrl-C: the line was thrown away.
} crmedit_status;

/// What a completion changes. The texts are made with malloc and freed by the editor; NULL means nothing.
typedef struct {
    size_t delete_scalars;  ///< How many Unicode scalars before the cursor are taken away first.
    char *insert;           ///< What is put in at the cursor.
    char *listing;          ///< What is shown below the line, without a line feed at its end.
} crmedit_completion;

/// Completes `line` at byte `cursor`. Called on the thread that reads.
typedef void (*crmedit_complete)(void *context, const char *line, size_t cursor, crmedit_completion *result);

/// Makes character handling follow UTF-8 even where the environment says LANG=C. Call once, before any other thread.
void crmedit_use_utf8(void);

/// Opens an editor on the terminal of standard input; NULL when there is not enough memory or no usable terminal.
crmedit *crmedit_open(const char *program, int history_size, crmedit_complete complete, void *context);

/// Ends an editor and frees what it holds. NULL is allowed.
void crmedit_close(crmedit *editor);

/// Reads one line. With CRMEDIT_LINE, `*line` is a text without line feed, to be freed by the caller.
crmedit_status crmedit_read(crmedit *editor, const char *prompt, char **line);

/// Adds an entry to the history, unless it repeats the last one.
void crmedit_add_history(crmedit *editor, const char *entry);

/// Reads the history from a file; 0 when it worked.
int crmedit_load_history(crmedit *editor, const char *path);

/// Writes the history to a file that only its owner may read; 0 when it worked.
int crmedit_save_history(crmedit *editor, const char *path);

/// The number of columns of the terminal behind a file descriptor; 0 when it is none.
int crmedit_columns(int descriptor);

#ifdef __cplusplus
}
#endif

#endif
