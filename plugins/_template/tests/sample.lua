local function sample(more)
  local values = { name = "样例", amount = crm.decimal("100.00") }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("sample", values)
end

test("samples are numbered through the year", function()
  expect.equal(sample().code, "S2026-0001")
  expect.equal(sample().code, "S2026-0002")
end)

test("a new sample is due after thirty days, unless somebody says otherwise", function()
  -- thirty days after 21 November 2026
  expect.equal(tostring(sample().due_on), "2026-12-21")
  expect.equal(tostring(sample({ due_on = crm.date.date(2027, 1, 15) }).due_on), "2027-01-15")
end)

test("an amount is not negative", function()
  expect.error(function()
    sample({ amount = crm.decimal("-0.01") })
  end, "金额不能小于 0")
end)

test("a sample that is done stays done", function()
  local done = sample({ status = "done" })
  expect.error(function()
    crm.update(done, { status = "open" })
  end, "不能重新打开")
end)

test("the report adds up by status", function()
  sample({ amount = crm.decimal("100.00") })
  sample({ amount = crm.decimal("20.50") })
  sample({ amount = crm.decimal("7.00"), status = "done" })
  local result = require("reports.sample_totals").run({ status = "open" })
  expect.equal(#result.rows, 1)
  expect.equal(result.rows[1].samples, 2)
  expect.equal(tostring(result.rows[1].amount), "120.50")
end)

test("the sheet counts the days until the sample is due", function()
  expect.equal(require("print.sample_sheet.data").data(sample()).days_left, 30)
end)
