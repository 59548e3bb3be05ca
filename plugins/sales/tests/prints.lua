local fixtures = require "tests.support.fixtures"

local paper = require "lib.paper"

test("a quote shows buyer, seller, lines and sums", function()
  local owner = fixtures.salesperson("王伟", { mobile = "13800000001" })
  local customer = fixtures.customer("武汉达川农业有限公司", "13900000001", {
    owner = owner, address = "文化大道 110 号", name_en = "Wuhan Dachuan Agriculture Co., Ltd.",
  })
  local seed = fixtures.product("SD-001", "玉米种子", "1200.00", {
    name_en = "Maize seed", spec = "5kg", unit = "袋", unit_en = "bags",
  })
  local rows = fixtures.odd_rows()
  rows[4] = { product = seed, quantity = "1.500", tax_rate = "9.00" }
  local quote = fixtures.document("quote", customer, rows, { discount_rate = "7.50", notes = "运费另计" })
  local data = paper.data(quote)
  expect.equal(data.company.name, "示例贸易有限公司")
  expect.equal(data.buyer.name, "武汉达川农业有限公司")
  expect.equal(data.buyer.name_en, "Wuhan Dachuan Agriculture Co., Ltd.")
  expect.equal(data.buyer.contact, "李明")
  expect.equal(data.buyer.phone, "13900000001")
  expect.equal(data.seller.name .. " " .. data.seller.mobile, "王伟 13800000001")
  expect.equal(data.remarks, "运费另计")
  expect.equal(#data.items, 4)
  local third, fourth = data.items[3], data.items[4]
  expect.equal(third.discount_rate, "5%")
  expect.equal(third.amount, "82.13")
  expect.equal(third.code, "")
  expect.equal(third.description_en, "丙")
  expect.equal(fourth.quantity, "1.5")
  expect.equal(fourth.unit_price, "1,200.00")
  expect.equal(fourth.discount_rate, "")
  expect.equal(fourth.tax_rate, "9")
  expect.equal(fourth.description, "玉米种子 5kg")
  expect.equal(fourth.description_en, "Maize seed 5kg")
  expect.equal(fourth.unit .. " " .. fourth.unit_en, "袋 bags")
  expect.equal(third.unit_en, third.unit)
  -- 232.10 + 1,800.00 and 7.5 %: 152.4075
  expect.equal(data.sums.subtotal, "2,032.10")
  expect.equal(data.sums.discount_rate, "7.5")
  expect.equal(data.sums.discount, "152.41")
  expect.equal(data.sums.net, "1,879.69")
end)

test("without discounts there is no column and no row for them", function()
  local order = fixtures.order(fixtures.customer("甲公司", "13900000001"))
  local data = paper.data(order)
  expect.equal(data.has_discounts, false)
  expect.equal(data.items[1].has_discounts, false)
  expect.equal(data.sums.discount, "")
  expect.equal(data.sums.total, "113.00")
  expect.equal(data.seller.name, "")
end)

test("a document without lines has nothing to print", function()
  local quote = crm.create("quote", { customer = fixtures.customer("甲公司", "13900000001") })
  expect.error(function() paper.data(quote) end, "请先增加明细")
end)
