// The client library of PostgreSQL, for tests of what is written for it.
#include <libpq-fe.h>
