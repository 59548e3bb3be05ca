-- Every batch with what went out, where it is, and whether the figures agree (帐帐相符).
--
-- distributed = deliveries of the manufacturer on record + shortage = into hospitals + with distributors;
-- undistributed = quantity made - distributed. A negative one says that more is in the market than was made.

local balances = require "lib.balances"
local columns = require "lib.columns"

local column = columns.column

-- Quantities of each batch by kind of flow.
local function by_kind(where, params)
  local sums = crm.aggregate("flow", {
    where = where,
    params = params,
    group = { batch = "batch", kind = "kind" },
    measures = { quantity = "sum(quantity)" },
  })
  local result = {}
  for _, sum in ipairs(sums) do
    local id = sum.batch.id
    result[id] = result[id] or { factory = 0, transfer = 0, sale = 0 }
    result[id][sum.kind] = sum.quantity
  end
  return result
end

-- What hospitals received, whoever delivered it.
local function into_hospitals()
  local result = {}
  local sums = crm.aggregate("flow", {
    where = "receiver_hospital is not empty",
    group = { batch = "batch" },
    measures = { quantity = "sum(quantity)" },
  })
  for _, sum in ipairs(sums) do
    result[sum.batch.id] = sum.quantity
  end
  return result
end

local function ledger(batch, kinds, hospitals)
  local remaining, shortage = 0, 0
  for _, held in pairs(balances.of_batch(batch.id)) do
    local balance = held.received - held.shipped
    remaining = remaining + math.max(balance, 0)
    shortage = shortage + math.max(-balance, 0)
  end
  local factory = kinds and kinds.factory or 0
  local distributed = factory + shortage
  return {
    batch = batch.code,
    drug = batch.drug_name,
    expires_on = batch.expires_on,
    quantity = batch.quantity,
    factory = factory,
    shortage = shortage,
    hospitals = hospitals,
    remaining = remaining,
    undistributed = batch.quantity - distributed,
    difference = distributed - hospitals - remaining,
  }
end

local function run(params)
  local kinds, hospitals, rows = by_kind(), into_hospitals(), {}
  local where = params.drug and "drug_name contains ?" or nil
  for batch in crm.each("batch", where, { params = { params.drug }, sort = "code, id" }) do
    rows[#rows + 1] = ledger(batch, kinds[batch.id], hospitals[batch.id] or 0)
  end
  return {
    columns = {
      column("batch", "text", "批号", "批號", "Batch"),
      column("drug", "text", "药品", "藥品", "Drug"),
      column("expires_on", "date", "有效期至", "有效期至", "Expires on"),
      column("quantity", "integer", "生产数量", "生產數量", "Made", true),
      column("factory", "integer", "厂家发货", "廠家出貨", "Delivered on record", true),
      column("shortage", "integer", "缺上游数量", "缺上游數量", "Without source", true),
      column("hospitals", "integer", "流入医院", "流入醫院", "Into hospitals", true),
      column("remaining", "integer", "商业结存", "商業結存", "With distributors", true),
      column("undistributed", "integer", "未流出", "未流出", "Not distributed", true),
      column("difference", "integer", "差额", "差額", "Difference", true),
    },
    rows = rows,
    notes = crm.t("ledger.note"),
  }
end

return {
  name = "batch_ledger",
  title = { ["zh-CN"] = "批次台账", ["zh-TW"] = "批次台帳", en = "Batch ledger" },
  params = { columns.parameter("drug", "药品名称", "藥品名稱", "Name of the drug") },
  run = run,
}
