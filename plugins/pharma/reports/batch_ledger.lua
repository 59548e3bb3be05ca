-- Every batch with what went out, where it is, and whether the figures agree (帐帐相符).
--
-- distributed = deliveries of the manufacturer on record + shortage = into hospitals + with distributors;
-- undistributed = quantity made - distributed. A negative one says that more is in the market than was made.

local balances = require "lib.balances"
local columns = require "lib.columns"
local lookup = require "lib.lookup"

local column = columns.column

-- What the manufacturer delivered of a batch on record, and what hospitals received of it.
local function deliveries(batch_id)
  local sum = crm.aggregate("flow", {
    where = "batch = ? and receiver_hospital is not empty",
    params = { batch_id },
    measures = { quantity = "sum(quantity)" },
  })[1]
  local factory = crm.aggregate("flow", {
    where = "batch = ? and kind = 'factory'",
    params = { batch_id },
    measures = { quantity = "sum(quantity)" },
  })[1]
  return factory.quantity or 0, sum.quantity or 0
end

local function ledger(batch)
  local remaining, shortage = 0, 0
  for _, held in pairs(balances.of_batch(batch.id)) do
    local balance = held.received - held.shipped
    remaining = remaining + math.max(balance, 0)
    shortage = shortage + math.max(-balance, 0)
  end
  local factory, hospitals = deliveries(batch.id)
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
  local rows = {}
  if params.drug then
    lookup.check_drug(params.drug)
  end
  local where = params.drug and "drug_name contains ?" or nil
  for batch in crm.each("batch", where, { params = { params.drug }, sort = "code, id" }) do
    rows[#rows + 1] = ledger(batch)
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
