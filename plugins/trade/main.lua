-- Wires the plugin: every hook, validator, report, print template and command has a file of its own. A hook's
-- file is hooks/OBJECT_EVENT.lua, a validator's hooks/OBJECT_validate.lua.

local HOOKS = {
  { "product", "before_validate" },
  { "exchange_rate", "before_validate" },
  { "buyer", "before_save", "after_save" },
  { "inquiry", "before_validate", "before_save", "before_delete" },
  { "export_budget", "before_validate", "before_save" },
  { "export_quotation", "before_validate", "after_save", "settle", "before_delete" },
  { "export_quotation_line", "before_validate", "before_save", "after_save", "before_delete" },
  { "proforma", "before_validate", "before_save", "after_save", "settle", "before_delete" },
  { "proforma_line", "before_validate", "before_save", "after_save", "before_delete" },
  { "packing_list", "before_validate", "after_save", "settle", "before_delete" },
  { "packing_list_line", "before_validate", "after_save", "before_delete" },
  { "sample_request", "before_validate", "before_delete" },
}
local VALIDATED = {
  "product", "exporter", "export_budget", "export_quotation", "export_quotation_line", "proforma",
  "proforma_line", "packing_list", "packing_list_line",
}

for _, entry in ipairs(HOOKS) do
  local object = entry[1]
  for index = 2, #entry do
    crm.on(object, entry[index], require("hooks." .. object .. "_" .. entry[index]))
  end
end
for _, object in ipairs(VALIDATED) do
  crm.validate(object, require("hooks." .. object .. "_validate"))
end
-- A line that goes changes the totals as one that comes.
for _, object in ipairs({ "export_quotation_line", "proforma_line", "packing_list_line" }) do
  crm.on(object, "after_delete", require("hooks." .. object .. "_after_save"))
end

crm.code_rule("export_quotation", "code", require("lib.papers").code_rule("QT", "quoted_on"))
crm.code_rule("proforma", "code", require("lib.papers").code_rule("PI", "issued_on"))

for _, name in ipairs({ "inquiries", "revisions", "rebates" }) do
  crm.report(require("reports." .. name))
end
for _, name in ipairs({ "export_budget", "export_quotation", "proforma", "packing_list" }) do
  crm.print_template(require("print." .. name .. ".data"))
end
for _, name in ipairs({
  "inquiry_to_budget", "budget_to_quotation", "revise_quotation", "revise_proforma", "quotation_to_proforma",
  "proforma_to_packing_list",
}) do
  crm.command(require("commands." .. name))
end
