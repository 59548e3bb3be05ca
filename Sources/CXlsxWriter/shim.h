// libxlsxwriter, which writes workbooks; only CRMOutput's WorkbookWriter uses it.
#include <xlsxwriter.h>
