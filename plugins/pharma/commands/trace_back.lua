-- Where a hospital got a batch from (质量反查): its suppliers, and the way the goods took to each of them.

local columns = require "lib.columns"
local lookup = require "lib.lookup"
local trace = require "lib.trace"

local column = columns.column

local function run(args)
  local batch, hospital = lookup.batch(args.batch), lookup.hospital(args.hospital or "")
  local suppliers = trace.suppliers(batch.id, hospital.id)
  local names = { batch = batch.code, hospital = hospital.name, code = hospital.code }
  if #suppliers == 0 then
    return crm.t("trace_back.none", names)
  end
  local paths = {}
  for _, distributor in ipairs(trace.batch(batch).distributors) do
    paths[distributor.id] = distributor.path
  end
  local rows = {}
  for index, supplier in ipairs(suppliers) do
    local distributor = supplier.distributor
    rows[index] = {
      code = distributor and distributor.code or "",
      name = distributor and distributor.name or crm.plugin.settings.manufacturer,
      quantity = supplier.quantity,
      first = supplier.first,
      last = supplier.last,
      path = distributor and paths[distributor.id] .. " → " .. hospital.code or hospital.code,
    }
  end
  return {
    text = crm.t("trace_back.title", names),
    columns = {
      column("code", "text", "供货方编码", "供貨方編碼", "Supplier"),
      column("name", "text", "供货方", "供貨方", "Name"),
      column("quantity", "integer", "数量", "數量", "Quantity", true),
      column("first", "date", "首次到货", "首次到貨", "First delivery"),
      column("last", "date", "最近到货", "最近到貨", "Last delivery"),
      column("path", "text", "路径", "路徑", "Path"),
    },
    rows = rows,
  }
end

return {
  name = "trace_back",
  title = { ["zh-CN"] = "质量反查", ["zh-TW"] = "品質反查", en = "Trace back to the suppliers" },
  params = {
    columns.parameter("batch", "批号", "批號", "Batch number", true),
    columns.parameter("hospital", "医院编码", "醫院編碼", "Hospital code", true),
  },
  run = run,
}
