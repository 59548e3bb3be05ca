-- Wires the plugin: every hook, validator, report, print template and command has a file of its own.

crm.on("customer", "before_validate", require "hooks.customer_before_validate")
crm.on("customer", "after_save", require "hooks.customer_after_save")
crm.validate("customer", require "hooks.customer_validate")
crm.validate("contact", require "hooks.contact_validate")

crm.on("follow_up", "before_validate", require "hooks.follow_up_before_validate")
crm.on("follow_up", "after_save", require "hooks.follow_up_after_save")
crm.on("follow_up", "after_delete", require "hooks.follow_up_after_delete")
crm.validate("follow_up", require "hooks.follow_up_validate")

crm.on("lead", "before_validate", require "hooks.lead_before_validate")
crm.on("lead", "before_delete", require "hooks.lead_before_delete")
crm.on("opportunity", "before_validate", require "hooks.opportunity_before_validate")
crm.on("opportunity", "before_delete", require "hooks.opportunity_before_delete")
crm.validate("opportunity", require "hooks.opportunity_validate")

crm.on("product_category", "before_validate", require "hooks.product_category_before_validate")
crm.on("product_category", "after_save", require "hooks.product_category_after_save")
crm.validate("product_category", require "hooks.product_category_validate")

crm.on("quote", "before_validate", require "hooks.quote_before_validate")
crm.on("quote", "after_save", require "hooks.quote_after_save")
crm.validate("quote", require "hooks.quote_validate")
crm.on("sales_order", "before_validate", require "hooks.sales_order_before_validate")
crm.on("sales_order", "after_save", require "hooks.sales_order_after_save")
crm.validate("sales_order", require "hooks.sales_order_validate")

for head, line in pairs({ quote = "quote_line", sales_order = "sales_order_line" }) do
  crm.on(head, "before_delete", require "hooks.document_before_delete")
  crm.on(head, "settle", require "hooks.document_settle")
  for _, event in ipairs({ "before_validate", "before_save", "after_save", "before_delete", "after_delete" }) do
    crm.on(line, event, require("hooks.line_" .. event))
  end
  crm.validate(line, require "hooks.line_validate")
end

crm.on("receipt", "before_validate", require "hooks.receipt_before_validate")
crm.on("receipt", "before_delete", require "hooks.receipt_before_delete")
crm.validate("receipt", require "hooks.receipt_validate")
crm.on("receipt_allocation", "before_validate", require "hooks.receipt_allocation_before_validate")
crm.on("receipt_allocation", "after_save", require "hooks.receipt_allocation_after_save")
crm.on("receipt_allocation", "before_delete", require "hooks.receipt_allocation_before_delete")
crm.on("receipt_allocation", "after_delete", require "hooks.receipt_allocation_after_delete")
crm.validate("receipt_allocation", require "hooks.receipt_allocation_validate")

for _, name in ipairs({
  "customers_by_class", "customer_trend", "follow_ups_overdue", "sales_funnel", "sales_ranking", "receivables_ageing",
}) do
  crm.report(require("reports." .. name))
end

for _, name in ipairs({ "quote", "sales_order" }) do
  crm.print_template(require("print." .. name .. ".data"))
end
for _, name in ipairs({ "convert_lead", "quote_to_order" }) do
  crm.command(require("commands." .. name))
end
