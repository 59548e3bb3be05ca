-- An order of a qualified distributor, eight academic events, and a complaint that led to a recall.

local decimal = crm.decimal
local shift = ...

local function one(object, code)
  return crm.find(object, "code = ?", { params = { code }, limit = 1 })[1]
end

local function make_order()
  local distributor = one("distributor", "D001")
  local product = one("drug", "YP-0001").product
  local order = crm.create("sales_order", {
    customer = distributor:id_of("customer"),
    lines = { { product = product, quantity = decimal("500"), unit_price = decimal("18.60") } },
  })
  crm.update("sales_order/" .. order.id, { status = "confirmed" })
end

local EVENTS = {
  { "央视健康频道专题", "tv_advertisement", "YP-0001", "260000.00", "258000.00", 0 },
  { "医药导报整版广告", "print_advertisement", "YP-0002", "48000.00", "48000.00", 0 },
  { "社区健康手册投递", "direct_mail", "YP-0003", "30000.00", "27450.00", 0 },
  { "骨科联合门诊", "joint_clinic", "YP-0001", "15000.00", "13200.00", 60 },
  { "心血管用药专家研讨会", "expert_seminar", "YP-0002", "80000.00", "76800.00", 120 },
  { "合理用药讲座", "lecture", "YP-0003", "12000.00", "11250.00", 90 },
  { "新品上市推广会", "drug_presentation", "YP-0004", "60000.00", "63000.00", 150 },
  { "专家义诊进社区", "free_clinic", "YP-0005", "9000.00", "8100.00", 300 },
}
local PROVINCES = { "shanghai", "guangdong", "beijing", "sichuan", "hubei", "jiangsu", "hunan", "chongqing" }

local function make_events()
  local organiser = one("salesperson", "MR01")
  for index, entry in ipairs(EVENTS) do
    local name, kind, drug, budget, cost, attended = table.unpack(entry)
    local event = crm.create("academic_event", {
      name = name,
      kind = kind,
      drug = one("drug", drug),
      province = PROVINCES[index],
      organiser = organiser,
      held_on = crm.date.date(2026, 10, index) + shift,
      budget = decimal(budget),
    })
    crm.update(event, { status = "approved" })
    crm.update("academic_event/" .. event.id, {
      status = "held",
      cost = decimal(cost),
      attended = attended,
      overrun_reason = decimal(cost) > decimal(budget) and "增加分会场" or nil,
    })
  end
end

local function make_complaint()
  local complaint = crm.create("complaint", {
    batch = one("batch", "B251003050"),
    hospital = one("hospital", "H0131"),
    complainant = "药剂科",
    kind = "contamination",
    description = "开启包装后发现片剂表面有黑色斑点",
  })
  crm.update(complaint, { status = "tracing", defect_class = "class_2" })
  crm.update("complaint/" .. complaint.id, { status = "recalled", conclusion = "留样复检确认，启动二级召回" })
  local recall = crm.find("drug_recall", "complaint = ?", { params = { complaint.id } })[1]
  crm.update(recall, { status = "notified", responsible = one("salesperson", "MR03").id })
  crm.update("drug_recall/" .. recall.id, { status = "returning", recovered = 640 })
end

if crm.count("complaint") == 0 then
  make_order()
  make_events()
  make_complaint()
end
