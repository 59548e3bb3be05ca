#define _GNU_SOURCE
#include "CLineEditor.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <histedit.h>

struct crmedit {
    EditLine *edit;
    History *history;
    const char *prompt;
    crmedit_complete complete;
    void *context;
    int cancelled;
};

void crmedit_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    const char *codeset = nl_langinfo(CODESET);
    if (!codeset || strcmp(codeset, "UTF-8") != 0) {
        if (!setlocale(LC_CTYPE, "C.UTF-8")) { setlocale(LC_CTYPE, "en_US.UTF-8"); }
    }
}

static crmedit *owner(EditLine *edit) {
    void *data = NULL;
    el_get(edit, EL_CLIENTDATA, &data);
    return data;
}

static char *prompt_of(EditLine *edit) {
    crmedit *editor = owner(edit);
    // libedit takes a plain char * but only reads it.
    return editor ? (char *)editor->prompt : "";
}

// Ctrl-C. The terminal sends it as a character while a line is read, so no signal is involved.
static unsigned char cancel(EditLine *edit, int character) {
    (void)character;
    crmedit *editor = owner(edit);
    if (editor) { editor->cancelled = 1; }
    // What is written next comes after the line, not over it.
    const LineInfo *info = el_line(edit);
    if (info->cursor < info->lastchar) {
        el_cursor(edit, (int)(info->lastchar - info->cursor));
        el_set(edit, EL_REFRESH);
    }
    return CC_NEWLINE;
}

// Ctrl-Z, which is a character too while a line is read.
static unsigned char suspend(EditLine *edit, int character) {
    (void)character;
    el_set(edit, EL_PREP_TERM, 0);
    raise(SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
}

// The bytes of the line before its end, with a zero byte, so that the callback sees ordinary text.
static char *line_text(const LineInfo *info) {
    size_t length = (size_t)(info->lastchar - info->buffer);
    char *text = malloc(length + 1);
    if (!text) { return NULL; }
    memcpy(text, info->buffer, length);
    text[length] = 0;
    return text;
}

static unsigned char complete(EditLine *edit, int character) {
    (void)character;
    crmedit *editor = owner(edit);
    if (!editor || !editor->complete) { return CC_ERROR; }
    const LineInfo *info = el_line(edit);
    size_t cursor = (size_t)(info->cursor - info->buffer);
    char *text = line_text(info);
    if (!text) { return CC_ERROR; }
    crmedit_completion result = {0, NULL, NULL};
    editor->complete(editor->context, text, cursor, &result);
    free(text);

    unsigned char outcome = CC_ERROR;
    if (result.listing) {
        printf("\n%s\n", result.listing);
        fflush(stdout);
        outcome = CC_REDISPLAY;
    }
    if (result.delete_scalars > 0) { el_deletestr(edit, (int)result.delete_scalars); }
    if (result.insert && *result.insert && el_insertstr(edit, result.insert) == 0) {
        outcome = result.listing ? CC_REDISPLAY : CC_REFRESH;
    }
    free(result.insert);
    free(result.listing);
    return outcome;
}

crmedit *crmedit_open(const char *program, int history_size, crmedit_complete callback, void *context) {
    crmedit *editor = calloc(1, sizeof *editor);
    if (!editor) { return NULL; }
    editor->prompt = "";
    editor->complete = callback;
    editor->context = context;
    editor->edit = el_init(program, stdin, stdout, stderr);
    editor->history = history_init();
    if (!editor->edit || !editor->history) {
        crmedit_close(editor);
        return NULL;
    }
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, history_size);
    history(editor->history, &event, H_SETUNIQUE, 1);

    EditLine *edit = editor->edit;
    el_set(edit, EL_CLIENTDATA, editor);
    el_set(edit, EL_EDITOR, "emacs");
    el_set(edit, EL_HIST, history, editor->history);
    el_set(edit, EL_PROMPT, prompt_of);
    el_set(edit, EL_SIGNAL, 0);
    // While a line is read Ctrl-C is a character; while anything runs it is the signal as usual.
    el_set(edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(edit, EL_ADDFN, "crm-suspend", "Puts the shell to sleep", suspend);
    el_set(edit, EL_BIND, "^Z", "crm-suspend", NULL);
    el_set(edit, EL_ADDFN, "crm-cancel", "Throws the line away", cancel);
    el_set(edit, EL_ADDFN, "crm-complete", "Completes the word at the cursor", complete);
    el_set(edit, EL_BIND, "^C", "crm-cancel", NULL);
    el_set(edit, EL_BIND, "^I", "crm-complete", NULL);
    // libedit's incremental search ends at the first sign beyond ASCII; this one looks for what has been typed.
    el_set(edit, EL_BIND, "^R", "ed-search-prev-history", NULL);
    el_set(edit, EL_BIND, "^D", "em-delete-or-list", NULL);
    el_set(edit, EL_BIND, "\\e[3~", "ed-delete-next-char", NULL);
    el_set(edit, EL_BIND, "\\e[1~", "ed-move-to-beg", NULL);
    el_set(edit, EL_BIND, "\\e[4~", "ed-move-to-end", NULL);
    el_set(edit, EL_BIND, "\\e[1;5D", "ed-prev-word", NULL);
    el_set(edit, EL_BIND, "\\e[1;5C", "em-next-word", NULL);
    return editor;
}

void crmedit_close(crmedit *editor) {
    if (!editor) { return; }
    if (editor->edit) { el_end(editor->edit); }
    if (editor->history) { history_end(editor->history); }
    free(editor);
}

crmedit_status crmedit_read(crmedit *editor, const char *prompt, char **line) {
    *line = NULL;
    editor->prompt = prompt;
    editor->cancelled = 0;
    fflush(NULL);
    // The window may have been resized while something else ran.
    el_resize(editor->edit);
    int count = 0;
    errno = 0;
    const char *text = el_gets(editor->edit, &count);
    editor->prompt = "";
    if (editor->cancelled) {
        el_reset(editor->edit);
        return CRMEDIT_CANCELLED;
    }
    if (!text || count <= 0) {
        if (errno == EINTR) {
            el_reset(editor->edit);
            return CRMEDIT_CANCELLED;
        }
        return CRMEDIT_END;
    }
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) { length--; }
    *line = strndup(text, length);
    return *line ? CRMEDIT_LINE : CRMEDIT_END;
}

void crmedit_add_history(crmedit *editor, const char *entry) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
}

int crmedit_load_history(crmedit *editor, const char *path) {
    HistEvent event;
    return history(editor->history, &event, H_LOAD, path) < 0 ? -1 : 0;
}

int crmedit_save_history(crmedit *editor, const char *path) {
    // The file is made beforehand, so that its rights are right from the first byte.
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) { return -1; }
    fchmod(file, S_IRUSR | S_IWUSR);
    close(file);
    HistEvent event;
    return history(editor->history, &event, H_SAVE, path) < 0 ? -1 : 0;
}

int crmedit_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) { return 0; }
    return size.ws_col;
}
