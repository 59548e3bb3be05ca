-- Registers a lead as a visitor of a show, once; the lead is qualified by it.

local records = require "sales/lib.records"
local shows = require "lib.shows"

local function find_lead(code)
  local lead = records.meant("lead", code, "name")
  if not lead then
    error({ code = "not_found", message = crm.t("register_visitor.no_lead", { code = code or "" }) })
  end
  return lead
end

local function run(args)
  local lead, show = find_lead(args.lead), shows.find(args.show)
  local known = crm.find("visitor", "show = ? and lead = ?", { params = { show.id, lead.id }, limit = 1 })[1]
  if known then
    error({
      code = "already_exists",
      message = crm.t("register_visitor.known", { code = lead.code, badge = known.code, show = show.name }),
    })
  end
  local contact = lead.contact
  local visitor = crm.create("visitor", {
    show = show,
    lead = lead,
    customer = lead.customer,
    name = lead.name,
    company = lead.company,
    job_title = contact and contact.title or nil,
    mobile = lead.mobile or contact and contact.mobile or nil,
    email = lead.email,
    province = lead.province,
    interests = lead.customer and lead.customer:label("exhibition_product_class") or nil,
  })
  if lead.status == "new" or lead.status == "working" then
    crm.update(lead, { status = "qualified" })
  end
  return crm.t("register_visitor.done", { badge = visitor.code, name = visitor.name, show = show.name })
end

return {
  name = "register_visitor",
  title = { ["zh-CN"] = "线索登记为观众", ["zh-TW"] = "名單登記為觀眾", en = "Register a lead as a visitor" },
  params = {
    { name = "lead", type = "text", required = true,
      label = { ["zh-CN"] = "线索编号", ["zh-TW"] = "名單編號", en = "Lead code" } },
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
