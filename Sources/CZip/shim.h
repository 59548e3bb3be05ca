// libzip, which opens the zip archives that workbooks are; only CRMOutput's ZipArchive reads it.
#include <zip.h>
