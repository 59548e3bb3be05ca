local fixtures = require "tests.support.fixtures"

test("a budget takes what it is not given from inquiry, buyer, product and the rate of the day", function()
  fixtures.rate("USD", "7.0825")
  local product, buyer = fixtures.product(), fixtures.buyer()
  local budget = crm.create("export_budget", { inquiry = fixtures.inquiry() })
  expect.equal(budget.code, "EB202611-0001")
  expect.equal(budget:id_of("product"), product.id)
  expect.equal(budget:id_of("buyer"), buyer.id)
  expect.equal(tostring(budget.quantity), "2400.000")
  expect.equal(budget.incoterm, "CIF")
  expect.equal(tostring(budget.exchange_rate), "7.082500")
  expect.equal(tostring(budget.freight_exchange_rate), "7.082500")
  expect.equal(tostring(budget.purchase_price), "204.0600")
  expect.equal(tostring(budget.vat_rate), "13.00")
  expect.equal(tostring(budget.rebate_rate), "13.00")
  expect.equal(budget.margin_basis, "price")
  expect.equal(tostring(budget.total_cbm), "2.8000")
  -- (489744.00 - 56342.23) / 0.90 / (7.0825 × 2400) = 28.33028…
  expect.equal(tostring(budget.fob_price), "28.33")
  expect.equal(budget.cif_price, nil)
  expect.equal(budget.price, nil)
end)

test("the latest rate that is valid on the day counts", function()
  fixtures.rate("USD", "7.0825")
  crm.create("exchange_rate", { currency = "USD", valid_from = crm.date.date(2026, 11, 20), rate = "7.1" })
  crm.create("exchange_rate", { currency = "USD", valid_from = crm.date.date(2026, 12, 1), rate = "7.2" })
  local budget = fixtures.budget(fixtures.product(), { exchange_rate = "" })
  expect.equal(tostring(budget.exchange_rate), "7.100000")
  budget = fixtures.budget(fixtures.product("HO-0001"), { exchange_rate = "", prepared_on = "2026-11-19" })
  expect.equal(tostring(budget.exchange_rate), "7.082500")
end)

test("another product brings its own costs, what was typed stays", function()
  local budget = fixtures.budget(fixtures.product())
  local other = fixtures.product("GA-0001", { trade_cost = "226.00" })
  budget = crm.update(budget, { product = other })
  -- 226000 - 26000 = 200000; 200000 / 0.90 / 7000 = 31.74603…
  expect.equal(tostring(budget.fob_price), "31.75")
  budget = crm.update(budget, { purchase_price = "113.00" })
  expect.equal(tostring(budget.fob_price), "15.87")
end)

test("containers are counted by room and by weight, and follow the quantity until they are typed", function()
  local product = fixtures.product("HO-0000", {
    trade_qty_per_carton = 10, trade_cbm = "0.3", trade_gross_kg = "20",
  })
  local budget = fixtures.budget(product, { container = "20GP" })
  -- 100 cartons × 0.3 = 30 CBM of 28
  expect.equal(budget.containers, 2)
  budget = crm.update(budget, { quantity = "100" })
  expect.equal(budget.containers, 1)
  -- 10 cartons × 2500 kg = 25 t of 21.7 t
  budget = crm.update(budget, { gross_kg = "2500" })
  expect.equal(tostring(budget.total_gross_kg), "25000.000")
  budget = crm.update(budget, { quantity = "101" })
  -- 101 × 230 kg net + 11 × 200 kg packing (8 % of 2500) = 25.43 t
  expect.equal(budget.containers, 2)
  budget = crm.update(budget, { containers = 3 })
  expect.equal(budget.containers, 3)
end)

test("amounts of any size stay exact", function()
  -- 98765.4321 × 1,000,000 = 98,765,432,100.00; / 1.13 × 0.13 = 11,362,394,843.36 (…843.3628)
  -- 87,403,037,256.64 / 0.90 / 7,000,000 = 13873.498… : 97,114,485,840.7111… / 7,000,000 = 13873.49797…
  local budget = fixtures.budget(fixtures.product(), { quantity = "1000000", purchase_price = "98765.4321" })
  expect.equal(tostring(budget.rebate), "11362394843.36")
  expect.equal(tostring(budget.base_cost), "87403037256.64")
  expect.equal(tostring(budget.fob_price), "13873.50")
end)

local function refused(values, message)
  local product = crm.find("product", "code = 'HO-0000'")[1] or fixtures.product()
  expect.error(function()
    fixtures.budget(product, values)
  end, message)
end

test("percentages that leave nothing of the price are refused with their sum", function()
  refused({ margin_rate = "60", commission_rate = "40" },
    "FOB 价无解：佣金 40%、银行费 0%、利润 60%、保险 0% 合计 100%，必须小于 100%")
end)

test("commission on FOB may leave a price only for CFR", function()
  refused({ margin_rate = "60", commission_rate = "40", commission_basis = "fob" }, "FOB 价无解")
end)

test("insurance counts for CIF", function()
  -- 90 + 9 + 1 × 1.1 = 100.1
  refused({ margin_rate = "90", bank_rate = "9", insurance_rate = "1" },
    "CIF 价无解：佣金 0%、银行费 9%、利润 90%、保险 1.1% 合计 100.1%")
end)

test("a margin on cost may be more than 100 %", function()
  local budget = fixtures.budget(fixtures.product(), { margin_basis = "cost", margin_rate = "150" })
  -- 250000 / 7000 = 35.714…
  expect.equal(tostring(budget.fob_price), "35.71")
end)

test("impossible figures are refused by name", function()
  refused({ exchange_rate = "0" }, "汇率必须大于 0")
  refused({ exchange_rate = "-7" }, "汇率必须大于 0")
  refused({ quantity = "0" }, "数量必须大于 0")
  refused({ purchase_price = "-1" }, "采购单价必须大于 0")
  refused({ packing_price = "-0.01" }, "包装费不能为负数")
  refused({ inland_freight = "-1" }, "国内运费不能为负数")
  refused({ port_charges = "-1" }, "港杂费不能为负数")
  refused({ freight_rate = "-1" }, "海运费率不能为负数")
  refused({ rebate_rate = "14" }, "退税率不能高于增值税率")
  refused({ commission_rate = "-1" }, "佣金率")
  refused({ margin_rate = "-1" }, "利润率")
  refused({ incoterm = "DDP" }, "预算单只计算 FOB、CFR、CIF 价")
end)

test("what is missing is named with the place to mend it", function()
  refused({ exchange_rate = "", currency = "CHF" }, "没有 CHF 的汇率")
  refused({ freight_rate = "10", freight_basis = "container" }, "请选择集装箱或填写箱量")
  expect.error(function()
    fixtures.budget(fixtures.product("X-1", { trade_cost = "" }), { purchase_price = "" })
  end, "在产品 X-1 填写采购成本")
  expect.error(function()
    fixtures.budget(fixtures.product("X-2", { trade_rebate_rate = "" }), { rebate_rate = "" })
  end, "不退税时填 0")
  expect.error(function()
    fixtures.budget(fixtures.product("X-3", { trade_cbm = "" }), { freight_rate = "10" })
  end, "需要每箱数量、体积和毛重")
end)

test("one rate of a currency is valid from a day on", function()
  fixtures.rate("USD", "7.0825")
  expect.error(function()
    fixtures.rate("USD", "7.1")
  end)
  expect.error(function()
    fixtures.rate("EUR", "0")
  end, "汇率必须大于 0")
end)

test("freight in the currency of the offer has its exchange rate, in another one that of the day", function()
  fixtures.rate("USD", "7.0825")
  local product = fixtures.product()
  local same = fixtures.budget(product, { freight_currency = "USD", freight_exchange_rate = "" })
  expect.equal(tostring(same.freight_exchange_rate), "7.000000")
  local other = fixtures.budget(product, {
    currency = "EUR", freight_currency = "USD", freight_exchange_rate = "",
  })
  expect.equal(tostring(other.freight_exchange_rate), "7.082500")
end)

test("won has no cents either", function()
  local budget = fixtures.budget(fixtures.product(), { currency = "KRW", exchange_rate = "0.005" })
  -- 100000 / 0.90 / 5 = 22222.2…
  expect.equal(tostring(budget.fob_price), "22222.00")
end)

test("freight without a premium gives a CFR price but no CIF price", function()
  local budget = fixtures.budget(fixtures.product(), { freight_basis = "lot", freight_rate = "1000" })
  -- 101000 / 0.90 / 7000 = 16.0317…
  expect.equal(tostring(budget.cfr_price), "16.03")
  expect.equal(budget.cif_price, nil)
end)

test("a margin on cost is rounded to the fen", function()
  local zero = crm.decimal("0.00")
  local costs = require("lib.pricing").costs({
    quantity = crm.decimal(1), purchase_price = crm.decimal("10.05"), vat_rate = zero, rebate_rate = zero,
    packing_price = zero, inland_freight = zero, port_charges = zero, other_costs = zero,
    margin_basis = "cost", margin_rate = crm.decimal("10.00"),
  })
  -- 10.05 × 10 % = 1.005, a half goes up
  expect.equal(tostring(costs.margin), "1.01")
end)

test("the weight of a partial carton is that of the product's net weight, or else estimated", function()
  local product = fixtures.product()
  -- 10.2 × 500 / 24 = 212.5 and 21 × 0.6
  expect.equal(tostring(fixtures.budget(product, { quantity = "500" }).total_gross_kg), "225.100")
  -- 12 kg less 8 % is 11.04; 11.04 × 500 / 24 = 230 and 21 × 0.96 = 20.16
  local heavier = fixtures.budget(product, { quantity = "500", gross_kg = "12" })
  expect.equal(tostring(heavier.total_gross_kg), "250.160")
end)

test("a budget takes the term of its inquiry when it can be solved", function()
  local product = fixtures.product()
  for _, term in ipairs({ "CFR", "CIF" }) do
    local budget = fixtures.budget(product, { inquiry = fixtures.inquiry({ incoterm = term }) })
    expect.equal(budget.incoterm, term)
  end
  expect.equal(fixtures.budget(product, { inquiry = fixtures.inquiry({ incoterm = "DDP" }) }).incoterm, "FOB")
end)

test("what is beyond the range of amounts is refused with the field, not with an error of the computation", function()
  local product = fixtures.product()
  local budget = fixtures.budget(product, { qty_per_carton = 24, cbm = "0.028", gross_kg = "10.8" })
  local function no(values, message)
    expect.error(function() crm.update(budget, values) end, message)
  end
  no({ quantity = "99999999999999" }, "「数量」不能大于")
  no({ gross_kg = "999999999999" }, "「每箱毛重(KGS)」不能大于")
  no({ cbm = "-1" }, "「每箱体积(CBM)」不能小于 0")
  no({ gross_kg = "-1" }, "「每箱毛重(KGS)」不能小于 0")
  no({ purchase_price = "900000000000" }, "数量 × 单价超过")
  no({ packing_price = "99999999999" }, "数量 × 单价超过")
  no({ freight_rate = "999999999999", freight_basis = "lot" }, "海运费超过")
  expect.equal(tostring(crm.get("export_budget", budget.id).quantity), "1000.000")
end)

test("percentages are of the revenue as the sheet shows it, to the fen", function()
  -- 500 × 16.22 × 7.1015 = 57,593.165 → 57,593.17; × 3 % = 1,727.7951 → 1,727.80 (of 57,593.165: 1,727.79)
  local budget = fixtures.budget(fixtures.product(), {
    quantity = "500", exchange_rate = "7.1015", purchase_price = "111.36", commission_rate = "3",
  })
  -- 55,680 − 6,405.66 = 49,274.34; / 0.87 / 3,550.75 = 15.95…
  expect.equal(tostring(budget.fob_price), "15.95")
  local pricing = require "lib.pricing"
  local budgets = require "lib.budgets"
  local input = budgets.input(budget)
  local outcome = pricing.outcome(input, pricing.costs(input), { FOB = crm.decimal("16.22") }, "FOB")
  expect.equal(tostring(outcome.revenue), "57593.17")
  expect.equal(tostring(outcome.commission), "1727.80")
end)

test("a rate for 100 units is refused", function()
  expect.error(function() fixtures.rate("USD", "708.25") end, "汇率须小于 100")
  local product = fixtures.product()
  expect.error(function() fixtures.budget(product, { exchange_rate = "708.25" }) end, "汇率须小于 100")
end)

test("a rate that is on record is not missed beside another mistake", function()
  fixtures.rate("USD", "7.1")
  local ok, problem = pcall(crm.create, "export_budget", { product = "NOPE", quantity = "5" })
  expect.equal(ok, false)
  expect.truthy(tostring(problem):find("NOPE", 1, true))
  expect.equal(tostring(problem):find("汇率", 1, true), nil)
end)
