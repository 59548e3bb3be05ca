-- What a recall notice (召回通知) shows beside the recall's own fields: the batch, and everybody who is to be told.

local trace = require "lib.trace"

local function receiver(holder)
  return {
    code = holder.code,
    name = holder.name,
    phone = holder.record.phone or "",
    received = holder.received,
    shipped = holder.shipped,
    remaining = holder.remaining,
    path = holder.path,
  }
end

local function receivers(holders)
  local list = {}
  for index, holder in ipairs(holders) do
    list[index] = receiver(holder)
  end
  return list
end

local function data(recall)
  local batch = recall.batch
  local graph = trace.batch(batch)
  if #graph.hospitals + #graph.distributors == 0 then
    error({ code = "invalid_input", message = crm.t("recall_notice.no_flows", { batch = batch.code }) })
  end
  local settings = crm.plugin.settings
  return {
    manufacturer = settings.manufacturer,
    manufacturer_en = settings.manufacturer_en,
    recall_phone = recall.phone or settings.recall_phone,
    responsible_name = recall.responsible and recall.responsible.name or "",
    complaint_code = recall.complaint and recall.complaint.code or "",
    drug = {
      name = batch.drug.name,
      name_en = batch.drug.name_en or batch.drug.name,
      strength = batch.drug.strength or "",
      approval_number = batch.drug.approval_number or "",
      unit = batch.drug.unit or "",
    },
    item = {
      code = batch.code,
      made_on = batch.made_on,
      expires_on = batch.expires_on,
      quantity = batch.quantity,
    },
    hospital_list = receivers(graph.hospitals),
    distributor_list = receivers(graph.distributors),
    hospital_count = #graph.hospitals,
    distributor_count = #graph.distributors,
    total_hospitals = graph.totals.hospitals,
    total_remaining = graph.totals.remaining,
    total = graph.totals.in_circulation,
  }
end

return {
  name = "recall_notice",
  object = "drug_recall",
  title = { ["zh-CN"] = "召回通知", ["zh-TW"] = "召回通知", en = "Recall notice" },
  data = data,
}
