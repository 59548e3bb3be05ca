-- Number and amount of samples by status.

local function run(params)
  local rows, by_status = {}, {}
  local condition = params.status and "status = ?" or nil
  for sample in crm.each("sample", condition, { params = { params.status } }) do
    local row = by_status[sample.status]
    if not row then
      row = { status = sample:label("status"), samples = 0, amount = crm.decimal("0.00") }
      by_status[sample.status] = row
      rows[#rows + 1] = row
    end
    row.samples = row.samples + 1
    row.amount = row.amount + (sample.amount or crm.decimal("0.00"))
  end
  table.sort(rows, function(left, right)
    return left.status < right.status
  end)
  return {
    columns = {
      { name = "status", type = "text",
        label = { ["zh-CN"] = "状态", ["zh-TW"] = "狀態", en = "Status" } },
      { name = "samples", type = "integer", total = true,
        label = { ["zh-CN"] = "数量", ["zh-TW"] = "數量", en = "Samples" } },
      { name = "amount", type = "currency", total = true,
        label = { ["zh-CN"] = "金额", ["zh-TW"] = "金額", en = "Amount" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "status", value = "amount" },
  }
end

return {
  name = "sample_totals",
  title = { ["zh-CN"] = "样例汇总", ["zh-TW"] = "樣例彙總", en = "Samples by status" },
  params = {
    { name = "status", type = "text", default = "",
      label = { ["zh-CN"] = "状态", ["zh-TW"] = "狀態", en = "Status" } },
  },
  run = run,
}
