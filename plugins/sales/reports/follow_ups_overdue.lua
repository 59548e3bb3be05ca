-- Customers whose next contact is past (跟进逾期); with ahead also those of the coming days (本周需联系).

local columns = require "lib.columns"
local records = require "lib.records"

local function condition(params, owner)
  local where = "next_contact_on < ? and status <> 'lost'"
  local values = { crm.date.today() + (params.ahead > 0 and params.ahead + 1 or 0) }
  if owner then
    where = where .. " and owner = ?"
    values[2] = owner.id
  end
  return where, values
end

local function run(params)
  local owner = records.salesperson(params.owner)
  local where, values = condition(params, owner)
  local today, rows = crm.date.today(), {}
  for customer in crm.each("customer", where, { params = values, sort = "next_contact_on, code, id" }) do
    rows[#rows + 1] = {
      owner = customer.owner and customer.owner.name or crm.t("report.none"),
      code = customer.code,
      customer = customer.name,
      grade = customer.grade and customer.grade.code or "",
      contact = customer.contact_name or "",
      mobile = customer.mobile or "",
      last_contact_on = customer.last_contact_on,
      next_contact_on = customer.next_contact_on,
      days = today - customer.next_contact_on,
    }
  end
  return {
    columns = {
      columns.column("code", "text", { "客户编号", "客戶編號", "Code" }),
      columns.column("customer", "text", { "客户", "客戶", "Customer" }),
      columns.column("grade", "text", { "等级", "等級", "Grade" }),
      columns.column("owner", "text", { "业务员", "業務員", "Salesperson" }),
      columns.column("contact", "text", { "联系人", "聯絡人", "Contact" }),
      columns.column("mobile", "text", { "手机", "手機", "Mobile phone" }),
      columns.column("last_contact_on", "date", { "最近联系", "最近聯絡", "Last contact" }),
      columns.column("next_contact_on", "date", { "应联系", "應聯絡", "Due" }),
      columns.column("days", "integer", { "逾期天数", "逾期天數", "Days overdue" }),
    },
    rows = rows,
    notes = crm.t("report.overdue_note", { count = tostring(#rows) }),
  }
end

return {
  name = "follow_ups_overdue",
  title = { ["zh-CN"] = "客户跟进逾期", ["zh-TW"] = "客戶跟進逾期", en = "Overdue follow-ups" },
  params = {
    { name = "owner", type = "text", default = "",
      label = { ["zh-CN"] = "业务员", ["zh-TW"] = "業務員", en = "Salesperson" } },
    { name = "ahead", type = "integer", default = 0,
      label = {
        ["zh-CN"] = "也列出今后几天（0 为只列逾期）",
        ["zh-TW"] = "也列出今後幾天（0 為只列逾期）",
        en = "Also the coming days (0: overdue only)",
      } },
  },
  run = run,
}
