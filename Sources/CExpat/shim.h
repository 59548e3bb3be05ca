// expat, which reads XML as a stream; only CRMOutput's XMLStream reads it.
#include <expat.h>
