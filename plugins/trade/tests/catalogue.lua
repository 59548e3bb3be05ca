local fixtures = require "tests.support.fixtures"

local HEADINGS = {
  trade_category1 = "Homeware", trade_category2 = "Tools", trade_category3 = "Steel",
  trade_category4 = "Premium",
}

local function with(more)
  local values = {}
  for _, fields in ipairs({ HEADINGS, more or {} }) do
    for field, value in pairs(fields) do
      values[field] = value
    end
  end
  return values
end

test("four headings become four levels of categories, made once", function()
  local first = fixtures.product("HO-0000", with())
  local second = fixtures.product("HO-0001", with({ trade_category4 = "Basic" }))
  expect.equal(first.category.path, "Homeware/Tools/Steel/Premium")
  expect.equal(first.category.level, 4)
  expect.equal(second.category:id_of("parent"), first.category:id_of("parent"))
  -- Homeware, Tools, Steel, Premium and Basic
  expect.equal(crm.count("product_category"), 5)
end)

test("a category that the company translated is found by its English name", function()
  local first = fixtures.product("HO-0000", with())
  crm.update(first.category, { name = "高级款" })
  local second = fixtures.product("HO-0001", with())
  expect.equal(second:id_of("category"), first:id_of("category"))
  expect.equal(second.category.path, "Homeware/Tools/Steel/高级款")
end)

test("other headings move a product, and without headings its category stays", function()
  local product = fixtures.product("HO-0000", with())
  product = crm.update(product, { trade_category3 = "Wood" })
  expect.equal(product.category.path, "Homeware/Tools/Wood/Premium")
  product = crm.update(product, { name = "灯" })
  expect.equal(product.category.path, "Homeware/Tools/Wood/Premium")
end)

test("a gap in the headings and a slash are refused", function()
  expect.error(function()
    fixtures.product("HO-0000", with({ trade_category2 = "" }))
  end, "请补上 2 级类目")
  expect.error(function()
    fixtures.product("HO-0000", with({ trade_category4 = "A/B" }))
  end, "不能含有“/”")
end)

test("a rebate rate below one is a fraction", function()
  local function rate(text)
    return tostring(fixtures.product("P-" .. text, { trade_rebate_rate = text }).trade_rebate_rate)
  end
  expect.equal(rate("0.13"), "13.00")
  expect.equal(rate("0.09"), "9.00")
  expect.equal(rate("0.0"), "0.00")
  expect.equal(rate("13"), "13.00")
  expect.equal(rate("1"), "1.00")
end)

test("more than the VAT is not rebated, and nothing weighs less than its contents", function()
  expect.error(function()
    fixtures.product("HO-0000", { trade_vat_rate = "9", trade_rebate_rate = "13" })
  end, "退税率不能高于采购增值税率")
  expect.error(function()
    fixtures.product("HO-0000", { trade_gross_kg = "10", trade_net_kg = "10.1" })
  end, "净重不能大于毛重")
end)
