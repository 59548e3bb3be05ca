-- Wires the plugin; every hook, validator, report and print template has a file of its own.

crm.on("sample", "before_validate", require "hooks.sample_before_validate")
crm.validate("sample", require "hooks.sample_validate")
crm.report(require "reports.sample_totals")
crm.print_template(require "print.sample_sheet.data")
