-- Makes a customer, a contact and an opportunity of a lead (线索转化). A customer that is there already, by the
-- duplicate rule of customers, is taken instead of a second one.

local records = require "lib.records"

local function check(lead)
  if lead.status == "converted" then
    error({ code = "invalid_input", message = crm.t("convert_lead.already", {
      lead = lead.code,
      customer = lead.customer and lead.customer.name or "",
    }) })
  end
  if lead.status == "lost" then
    error({ code = "invalid_input", message = crm.t("convert_lead.lost", { lead = lead.code }) })
  end
end

-- The customer that a new one with these values would double, from the error of the duplicate rule.
local function doubled(problem)
  if type(problem) ~= "table" then
    return nil
  end
  for _, issue in ipairs(problem.fields or {}) do
    if issue.code == "duplicate" and issue.record then
      return crm.get(issue.record)
    end
  end
  return nil
end

local function make_customer(lead)
  local ok, result = pcall(crm.create, "customer", {
    name = lead.company or lead.name,
    contact_name = lead.name,
    mobile = lead.mobile,
    phone = lead.phone,
    email = lead.email,
    province = lead.province,
    city = lead.city,
    source = lead.source,
    owner = lead.owner,
    notes = lead.notes,
  })
  if ok then
    return result, false
  end
  local customer = doubled(result)
  if not customer then
    error(result, 0)
  end
  return customer, true
end

local function make_contact(lead, customer)
  local contact = crm.find("contact", "customer = ? and name = ?", {
    params = { customer.id, lead.name },
    limit = 1,
  })[1]
  return contact or crm.create("contact", {
    customer = customer,
    name = lead.name,
    mobile = lead.mobile,
    phone = lead.phone,
    email = lead.email,
  })
end

local function make_opportunity(lead, customer, contact)
  return crm.create("opportunity", {
    name = crm.t("convert_lead.opportunity", {
      customer = customer.short_name or customer.name,
      interest = lead.interest or crm.t("convert_lead.purchase"),
    }),
    customer = customer,
    contact = contact,
    owner = lead.owner,
    source = lead.source,
    stage = "qualify",
  })
end

local function run(args)
  local lead = records.find("lead", args.lead, "name")
  check(lead)
  local customer, is_known = lead.customer, lead.customer ~= nil
  if not customer then
    customer, is_known = make_customer(lead)
  end
  local contact = make_contact(lead, customer)
  local opportunity = make_opportunity(lead, customer, contact)
  if lead.status ~= "qualified" then
    lead = crm.update(lead, { status = "qualified" })
  end
  crm.update(lead, {
    status = "converted",
    customer = customer,
    contact = contact,
    opportunity = opportunity,
  })
  return crm.t(is_known and "convert_lead.done_known" or "convert_lead.done", {
    lead = lead.code,
    customer = customer.code .. " " .. customer.name,
    contact = contact.name,
    opportunity = opportunity.code,
  })
end

return {
  name = "convert_lead",
  title = { ["zh-CN"] = "线索转化", ["zh-TW"] = "轉換名單", en = "Convert a lead" },
  params = {
    { name = "lead", type = "text", required = true,
      label = { ["zh-CN"] = "线索编号", ["zh-TW"] = "名單編號", en = "Lead code" } },
  },
  run = run,
}
