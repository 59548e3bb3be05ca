// libedit's own interface; only CLineEditor reads it, because el_set and history are variadic.
#include <histedit.h>
