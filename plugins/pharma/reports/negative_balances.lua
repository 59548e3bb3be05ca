-- Distributors that shipped more of a batch than they received on record.
--
-- Opening stock is 0 for everybody. The flows hold no deliveries of the manufacturer unless they were recorded as
-- 厂家发货. Distributors of the first level buy from the manufacturer, so their negative balance is explained by its
-- delivery, which is missing on record; lower levels buy from distributors, so theirs has no known source (来源不明).

local balances = require "lib.balances"
local columns = require "lib.columns"
local lookup = require "lib.lookup"

local column = columns.column

local function add(rows, batch, distributors, level)
  local negative = {}
  for id, held in pairs(balances.of_batch(batch.id)) do
    local distributor = distributors[id]
    local balance = held.received - held.shipped
    if balance < 0 and (not level or distributor.level == level) then
      negative[#negative + 1] = {
        batch = batch.code,
        drug = batch.drug_name,
        code = distributor.code,
        name = distributor.name,
        level = distributor.level_label,
        received = held.received,
        shipped = held.shipped,
        balance = balance,
        cause = crm.t(distributor.level == "first" and "balance.no_delivery" or "balance.no_source"),
      }
    end
  end
  table.sort(negative, function(left, right)
    return left.code < right.code
  end)
  table.move(negative, 1, #negative, #rows + 1, rows)
end

-- A level as its value or its label in any language.
local function level_value(text)
  if not text then
    return nil
  end
  local labels = {
    first = "first", ["一级"] = "first", ["一級"] = "first",
    second = "second", ["二级"] = "second", ["二級"] = "second",
    third = "third", ["三级"] = "third", ["三級"] = "third",
  }
  return labels[text] or error({ code = "invalid_input", message = crm.t("lookup.bad_level", { text = text }) })
end

local function run(params)
  local level = level_value(params.level)
  local distributors, rows = balances.distributors(), {}
  if params.batch then
    add(rows, lookup.batch(params.batch), distributors, level)
  else
    for batch in crm.each("batch", nil, { sort = "code, id" }) do
      add(rows, batch, distributors, level)
    end
  end
  return {
    columns = {
      column("batch", "text", "批号", "批號", "Batch"),
      column("drug", "text", "药品", "藥品", "Drug"),
      column("code", "text", "商业公司编码", "商業公司編碼", "Distributor"),
      column("name", "text", "商业公司", "商業公司", "Name"),
      column("level", "text", "级别", "級別", "Level"),
      column("received", "integer", "收货数量", "收貨數量", "Received", true),
      column("shipped", "integer", "发货数量", "出貨數量", "Shipped", true),
      column("balance", "integer", "结存", "結存", "Balance", true),
      column("cause", "text", "可能原因", "可能原因", "Likely cause"),
    },
    rows = rows,
    notes = crm.t("balance.note", { count = #rows }),
  }
end

return {
  name = "negative_balances",
  title = { ["zh-CN"] = "批次负结存", ["zh-TW"] = "批次負結存", en = "Negative balances by batch and holder" },
  params = {
    columns.parameter("batch", "批号", "批號", "Batch number"),
    columns.parameter("level", "商业级别", "商業級別", "Level of the distributor"),
  },
  run = run,
}
