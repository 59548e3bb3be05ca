-- What the sample sheet shows beside the sample's own fields, which the page has already.

local function data(sample)
  return { days_left = sample.due_on and sample.due_on - crm.date.today() or "" }
end

return {
  name = "sample_sheet",
  object = "sample",
  title = { ["zh-CN"] = "样例单", ["zh-TW"] = "樣例單", en = "Sample sheet" },
  data = data,
}
