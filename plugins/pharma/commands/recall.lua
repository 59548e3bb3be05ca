-- The recall list of a batch: whom to call, what they received and what they may still have.

local columns = require "lib.columns"
local lookup = require "lib.lookup"
local trace = require "lib.trace"

local column = columns.column

local function row(holder)
  local record = holder.record
  local is_hospital = holder.kind == "hospital"
  return {
    kind = crm.t("recall." .. holder.kind),
    code = holder.code,
    name = holder.name,
    level = record:label("level"),
    city = record.city and record:label("city") or "",
    phone = record.phone or "",
    depth = holder.depth,
    received = holder.received,
    shipped = holder.shipped,
    remaining = is_hospital and holder.received or holder.remaining,
    shortage = holder.shortage or 0,
    last = holder.last,
    path = holder.path,
  }
end

--- The rows of the recall list: hospitals first, then distributors, each by code.
local function rows(graph)
  local list = {}
  for _, hospital in ipairs(graph.hospitals) do
    list[#list + 1] = row(hospital)
  end
  for _, distributor in ipairs(graph.distributors) do
    list[#list + 1] = row(distributor)
  end
  return list
end

local function summary(batch, graph)
  local totals = graph.totals
  local lines = {
    crm.t("recall.title", {
      batch = batch.code,
      drug = batch.drug.name,
      made_on = tostring(batch.made_on),
      expires_on = tostring(batch.expires_on),
      quantity = batch.quantity,
    }),
    crm.t("recall.whom", { hospitals = #graph.hospitals, distributors = #graph.distributors }),
    crm.t("recall.balance", totals),
  }
  if totals.shortage > 0 then
    lines[#lines + 1] = crm.t("recall.shortage", totals)
  end
  if #graph.hospitals + #graph.distributors == 0 then
    lines = { lines[1], crm.t("recall.no_flows") }
  end
  return table.concat(lines, "\n")
end

local function run(args)
  local batch = lookup.batch(args.batch)
  local graph = trace.batch(batch)
  return {
    text = summary(batch, graph),
    columns = {
      column("kind", "text", "类别", "類別", "Kind"),
      column("code", "text", "编码", "編碼", "Code"),
      column("name", "text", "名称", "名稱", "Name"),
      column("level", "text", "级别", "級別", "Level"),
      column("city", "text", "城市", "城市", "City"),
      column("phone", "text", "电话", "電話", "Phone"),
      column("depth", "integer", "层级", "層級", "Step"),
      column("received", "integer", "收货数量", "收貨數量", "Received", true),
      column("shipped", "integer", "转出数量", "轉出數量", "Shipped on", true),
      column("remaining", "integer", "应召回数量", "應召回數量", "To recover", true),
      column("shortage", "integer", "缺上游数量", "缺上游數量", "Without source", true),
      column("last", "date", "最近收货", "最近收貨", "Last receipt"),
      column("path", "text", "路径", "路徑", "Path"),
    },
    rows = rows(graph),
  }
end

return {
  name = "recall",
  title = { ["zh-CN"] = "召回清单", ["zh-TW"] = "召回清單", en = "Recall list" },
  params = { columns.parameter("batch", "批号", "批號", "Batch number", true) },
  run = run,
}
