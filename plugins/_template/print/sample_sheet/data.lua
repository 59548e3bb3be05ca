-- What the sample sheet shows; "" stands for what is missing.

local function data(sample)
  return {
    code = sample.code,
    name = sample.name,
    status = sample:label("status"),
    amount = sample.amount or crm.decimal("0.00"),
    due_on = sample.due_on or "",
    notes = sample.notes or "",
  }
end

return {
  name = "sample_sheet",
  object = "sample",
  title = { ["zh-CN"] = "样例单", ["zh-TW"] = "樣例單", en = "Sample sheet" },
  data = data,
}
