-- Wires the plugin: every hook, validator, report, print template and command has a file of its own.

crm.on("customer", "after_save", require "hooks.customer_after_save")
crm.on("booth", "before_validate", require "hooks.booth_before_validate")
crm.on("participation", "before_validate", require "hooks.participation_before_validate")
crm.on("participation", "before_save", require "hooks.participation_before_save")
crm.on("participation", "before_delete", require "hooks.participation_before_delete")

crm.validate("contact", require "hooks.contact_validate")
crm.validate("booth", require "hooks.booth_validate")
crm.validate("participation", require "hooks.participation_validate")

crm.report(require "reports.hall_sales")
crm.print_template(require "print.booth_confirmation.data")

crm.command(require "commands.booth_map")
crm.command(require "commands.assign_booth")
