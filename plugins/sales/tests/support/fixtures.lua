-- Records that the tests start from.

local fixtures = {}

local decimal = crm.decimal

local function with(values, more)
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return values
end

--- The customer grade with this code.
function fixtures.grade(code)
  return crm.find("customer_grade", "code = ?", { params = { code }, limit = 1 })[1]
end

function fixtures.salesperson(name, more)
  return crm.create("salesperson", with({ name = name, department = "销售一部" }, more))
end

function fixtures.customer(name, mobile, more)
  local values = { name = name, mobile = mobile, contact_name = "李明", contact_title = "总经理" }
  return crm.create("customer", with(values, more))
end

--- A product; price and cost as texts.
function fixtures.product(code, name, price, more)
  return crm.create("product", with({ code = code, name = name, unit = "件", list_price = price }, more))
end

--- A product that costs 100.00 before tax at 13 %, without the record.
local function hundred()
  return { description = "服务", quantity = "1", unit_price = "100.00", tax_rate = "13.00" }
end

--- A document of a customer: object is "quote" or "sales_order"; rows default to one of 100.00 + 13 %.
function fixtures.document(object, customer, rows, more)
  local head = crm.create(object, with({ customer = customer, lines = rows or { hundred() } }, more))
  return crm.get(object, head.id)
end

--- A confirmed order of 100.00 + 13 % for each of the given number of lines.
function fixtures.order(customer, count, more)
  local rows = {}
  for index = 1, count or 1 do
    rows[index] = hundred()
  end
  local order = fixtures.document("sales_order", customer, rows, more)
  return crm.update(order, { status = "confirmed" })
end

--- Rows that come to 99.99, 49.98 and 82.13 before tax.
function fixtures.odd_rows()
  return {
    { description = "甲", quantity = "3", unit_price = "33.33", tax_rate = "13.00" },
    { description = "乙", quantity = "2.5", unit_price = "19.99", tax_rate = "13.00" },
    { description = "丙", quantity = "7", unit_price = "12.35", discount_rate = "5.00", tax_rate = "9.00" },
  }
end

--- Whether a decimal is the number written as a text.
function fixtures.same(amount, text)
  expect.equal(tostring(amount), tostring(decimal(text)))
end

return fixtures
