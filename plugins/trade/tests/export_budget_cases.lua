-- Ten export budgets computed by hand; the formulas are in docs/guide/export-budget.md. A divisor such as
-- 0.8175 is the share of the price that is left for the costs. A program with exact fractions gave the same.

local fixtures = require "tests.support.fixtures"

local function check(values, expected)
  local budget = fixtures.budget(fixtures.product(), values)
  for field, text in pairs(expected) do
    expect.equal(field .. " " .. tostring(budget[field]), field .. " " .. text)
  end
end

test("case 1: purchase, rebate and margin alone", function()
  check({}, {
    purchase_total = "113000.00", -- 113.00 × 1000
    rebate = "13000.00", -- 113000 / 1.13 × 0.13
    base_cost = "100000.00", -- 113000 - 13000
    fob_price = "15.87", -- 100000 / 0.90 / (7 × 1000) = 15.8730…
    cfr_price = "nil", -- freight is not known
    cif_price = "nil",
    total = "15870.00",
    revenue = "111090.00", -- 15870 × 7
    profit = "11090.00", -- 111090 - 100000
    profit_rate = "9.98", -- 11090 / 111090 = 9.9828… %
    exchange_cost = "6.3012", -- 100000 / 15870 = 6.30119…
  })
end)

test("case 2: domestic costs, freight per cubic metre and insurance", function()
  check({
    packing_price = "2.50", inland_freight = "3000.00", port_charges = "1500.00", incoterm = "CIF",
    qty_per_carton = 50, cbm = "1", freight_rate = "100.00", freight_currency = "USD",
    freight_exchange_rate = "7",
    insurance_rate = "0.5",
  }, {
    cartons = "20", -- 1000 / 50
    domestic_total = "7000.00", -- 2.50 × 1000 + 3000 + 1500
    base_cost = "107000.00", -- 100000 + 7000
    freight_total = "14000.00", -- 100 × 20 CBM × 7
    fob_price = "16.98", -- 107000 / 0.90 / 7000 = 16.98412…
    cfr_price = "19.21", -- 121000 / 0.90 / 7000 = 19.20634…
    cif_price = "19.32", -- 121000 / (0.90 - 0.005 × 1.1 = 0.8945) / 7000 = 19.32444…
    revenue = "135240.00", -- 19.32 × 1000 × 7
    insurance = "743.82", -- 135240 × 1.1 × 0.005
    profit = "13496.18", -- 135240 - 107000 - 14000 - 743.82
    profit_rate = "9.98", -- 13496.18 / 135240 = 9.97942… %
  })
end)

local LAMPS = {
  quantity = "2400", purchase_price = "204.06", packing_price = "1.20", inland_freight = "2600.00",
  port_charges = "1850.00", exchange_rate = "7.0825", margin_rate = "15", commission_rate = "3",
  bank_rate = "0.25",
  incoterm = "CIF", freight_rate = "85.00", freight_currency = "USD", freight_exchange_rate = "7.0825",
  insurance_rate = "0.3",
}

local function lamps(basis)
  local values = { commission_basis = basis }
  for field, value in pairs(LAMPS) do
    values[field] = value
  end
  return values
end

test("case 3: commission on the price of the term, bank charges", function()
  check(lamps("price"), {
    purchase_total = "489744.00", -- 204.06 × 2400
    rebate = "56342.23", -- 489744 / 1.13 × 0.13 = 56342.2300…
    domestic_total = "7330.00", -- 1.20 × 2400 + 2600 + 1850
    base_cost = "440731.77", -- 489744 - 56342.23 + 7330
    total_cbm = "2.8000", -- 2400 / 24 = 100 cartons × 0.028
    freight_total = "1685.64", -- 85 × 2.8 × 7.0825 = 1685.635, a half goes up
    -- 440731.77 / (1 - 0.15 - 0.03 - 0.0025 = 0.8175) / (7.0825 × 2400 = 16998) = 31.71675…
    fob_price = "31.72",
    cfr_price = "31.84", -- 442417.41 / 0.8175 / 16998 = 31.83806…
    cif_price = "31.97", -- 442417.41 / (0.8175 - 0.003 × 1.1 = 0.8142) / 16998 = 31.96710…
    total = "76728.00", -- 31.97 × 2400
    revenue = "543426.06", -- 31.97 × 16998
    commission = "16302.78", -- 543426.06 × 3 % = 16302.7818
    bank_charges = "1358.57", -- 543426.06 × 0.25 % = 1358.56515
    insurance = "1793.31", -- 543426.06 × 0.33 % = 1793.305998
    profit = "81553.99", -- 543426.06 - 440731.77 - 1685.64 - 1793.31 - 16302.78 - 1358.57
    profit_rate = "15.01", -- 81553.99 / 543426.06 = 15.00737… %
    exchange_cost = "5.9684", -- 440731.77 / (31.72 × 2400 × 0.97 = 73844.16) = 5.96840…
  })
end)

test("case 4: commission on the FOB price", function()
  check(lamps("fob"), {
    fob_price = "31.72", -- as in case 3: on FOB both are the same
    -- FOB is 440731.77 / 0.8175 = 539121.43 CNY, 3 % of it 16173.64
    cfr_price = "31.83", -- (442417.41 + 16173.64) / (1 - 0.15 - 0.0025 = 0.8475) / 16998 = 31.83376…
    cif_price = "31.96", -- (442417.41 + 16173.64) / (0.8475 - 0.0033 = 0.8442) / 16998 = 31.95820…
    revenue = "543256.08", -- 31.96 × 16998
    commission = "16175.30", -- 31.72 × 16998 = 539176.56, × 3 % = 16175.2968
    bank_charges = "1358.14", -- 543256.08 × 0.25 % = 1358.1402
    insurance = "1792.75", -- 543256.08 × 0.33 % = 1792.745064
    profit = "81512.48", -- 543256.08 - 440731.77 - 1685.64 - 1792.75 - 16175.30 - 1358.14
    profit_rate = "15.00", -- 81512.48 / 543256.08 = 15.00443… %
  })
end)

test("case 5: margin on cost, freight of the lot in CNY, partial rebate", function()
  check({
    quantity = "500", purchase_price = "50.00", rebate_rate = "9", exchange_rate = "8", incoterm = "CFR",
    currency = "EUR", margin_basis = "cost", margin_rate = "20", freight_basis = "lot",
    freight_rate = "4000.00",
    insurance_rate = "1", insurance_markup = "20",
  }, {
    purchase_total = "25000.00",
    rebate = "1991.15", -- 25000 / 1.13 × 0.09 = 1991.1504…
    base_cost = "23008.85",
    -- margin 23008.85 × 20 % = 4601.77, the same for each term
    fob_price = "6.90", -- 27610.62 / (8 × 500 = 4000) = 6.902655
    cfr_price = "7.90", -- 31610.62 / 4000 = 7.902655
    cif_price = "8.00", -- 31610.62 / (1 - 0.01 × 1.2 = 0.988) / 4000 = 7.99863…
    revenue = "31600.00", -- 7.90 × 4000
    insurance = "0.00", -- CFR: the buyer insures
    profit = "4591.15", -- 31600 - 23008.85 - 4000
    profit_rate = "19.95", -- of the cost: 4591.15 / 23008.85 = 19.95384… %
    exchange_cost = "6.6692", -- 23008.85 / (6.90 × 500) = 6.66923…
  })
end)

test("case 6: a currency without cents, two containers", function()
  check({
    quantity = "10000", purchase_price = "3.54", vat_rate = "9", rebate_rate = "9",
    packing_price = "0.05",
    inland_freight = "1200.00", port_charges = "980.50", other_costs = "300.00", currency = "JPY",
    exchange_rate = "0.0475", incoterm = "CIF", margin_rate = "12", commission_rate = "5",
    insurance_rate = "0.2",
    freight_basis = "container", containers = 2, freight_rate = "1450.00", freight_currency = "USD",
    freight_exchange_rate = "7.1",
  }, {
    purchase_total = "35400.00",
    rebate = "2922.94", -- 35400 / 1.09 × 0.09 = 2922.9357…
    domestic_total = "2980.50", -- 0.05 × 10000 + 1200 + 980.50 + 300
    base_cost = "35457.56",
    freight_total = "20590.00", -- 1450 × 2 × 7.1
    fob_price = "90.00", -- 35457.56 / (1 - 0.12 - 0.05 = 0.83) / (0.0475 × 10000 = 475) = 89.93674…
    cfr_price = "142.00", -- 56047.56 / 0.83 / 475 = 142.16248…
    cif_price = "143.00", -- 56047.56 / (0.83 - 0.0022 = 0.8278) / 475 = 142.54030…
    total = "1430000.00",
    revenue = "67925.00", -- 143 × 475
    commission = "3396.25",
    insurance = "149.44", -- 67925 × 0.22 % = 149.435, a half goes up
    profit = "8331.75", -- 67925 - 35457.56 - 20590 - 149.44 - 3396.25
    profit_rate = "12.27", -- 8331.75 / 67925 = 12.26610… %
    exchange_cost = "0.0415", -- 35457.56 / (90 × 10000 × 0.95) = 0.04147…
  })
end)

test("case 7: nothing rebated and no margin", function()
  check({
    quantity = "100", purchase_price = "275.01", rebate_rate = "0", exchange_rate = "7.1234",
    margin_rate = "0",
  }, {
    rebate = "0.00",
    base_cost = "27501.00",
    fob_price = "38.61", -- 27501 / 712.34 = 38.60656…
    revenue = "27503.45", -- 38.61 × 712.34 = 27503.4474
    profit = "2.45", -- what rounding up brings
    profit_rate = "0.01", -- 2.45 / 27503.45 = 0.0089 %
    exchange_cost = "7.1228", -- 27501 / 3861 = 7.12276…
  })
end)

test("case 8: a price of just half a cent more goes up", function()
  check({ quantity = "1", purchase_price = "1.13", exchange_rate = "8", margin_rate = "0" }, {
    base_cost = "1.00", -- 1.13 - 0.13
    fob_price = "0.13", -- 1 / 8 = 0.125
    revenue = "1.04", -- 0.13 × 8
    profit = "0.04",
    profit_rate = "3.85", -- 0.04 / 1.04 = 3.84615… %
    exchange_cost = "7.6923", -- 1 / 0.13 = 7.69230…
  })
end)

test("case 9: one container that the goods do not fill", function()
  check({
    quantity = "700", purchase_price = "180.90", rebate_rate = "9", packing_price = "0.80",
    inland_freight = "1100.00",
    port_charges = "700.00", exchange_rate = "7.0825", incoterm = "CFR", commission_rate = "2",
    bank_rate = "0.125",
    insurance_rate = "0.85", freight_basis = "container", container = "20GP", freight_rate = "2150.00",
    freight_currency = "USD", freight_exchange_rate = "7.0825",
  }, {
    containers = "1", -- 700 / 24 -> 30 cartons × 0.028 = 0.84 CBM of 28
    purchase_total = "126630.00",
    rebate = "10085.58", -- 126630 / 1.13 × 0.09 = 10085.5752…
    domestic_total = "2360.00", -- 560 + 1100 + 700
    base_cost = "118904.42",
    freight_total = "15227.38", -- 2150 × 7.0825 = 15227.375, a half goes up
    -- 118904.42 / (1 - 0.10 - 0.02 - 0.00125 = 0.87875) / (7.0825 × 700 = 4957.75) = 27.29279…
    fob_price = "27.29",
    cfr_price = "30.79", -- 134131.80 / 0.87875 / 4957.75 = 30.78802…
    cif_price = "31.12", -- 134131.80 / (0.87875 - 0.00935 = 0.8694) / 4957.75 = 31.11913…
    revenue = "152649.12", -- 30.79 × 4957.75 = 152649.1225
    commission = "3052.98", -- 3052.982…
    bank_charges = "190.81", -- 190.811…
    profit = "15273.53", -- 152649.12 - 118904.42 - 15227.38 - 3052.98 - 190.81
    profit_rate = "10.01", -- 15273.53 / 152649.12 = 10.00564… %
    exchange_cost = "6.3514", -- 118904.42 / (27.29 × 700 × 0.98 = 18720.94) = 6.35141…
  })
end)

test("case 10: odd figures everywhere, margin on cost, commission on FOB, freight per revenue ton",
function()
  check({
    quantity = "1001", purchase_price = "292.64", rebate_rate = "9", packing_price = "1.1111",
    inland_freight = "1234.56", port_charges = "789.01", other_costs = "10.99", currency = "GBP",
    exchange_rate = "9.123456", incoterm = "CIF", margin_basis = "cost", margin_rate = "8.88",
    commission_rate = "2.5",
    commission_basis = "fob", bank_rate = "0.333", insurance_rate = "0.4567",
    freight_basis = "revenue_ton",
    qty_per_carton = 143, cbm = "1", gross_kg = "2100", freight_rate = "63.75", freight_currency = "USD",
    freight_exchange_rate = "7.0825",
  }, {
    cartons = "7", -- 1001 / 143; 7 CBM but 14.7 t: the tonnes count
    purchase_total = "292932.64",
    rebate = "23330.92", -- 292932.64 / 1.13 × 0.09 = 23330.9182…
    packing_total = "1112.21", -- 1.1111 × 1001 = 1112.2111
    base_cost = "272748.49", -- 292932.64 - 23330.92 + 1112.21 + 1234.56 + 789.01 + 10.99
    freight_total = "6637.19", -- 63.75 × 14.7 × 7.0825 = 6637.1878…
    -- margin 272748.49 × 8.88 % = 24220.07 (24220.0659…); with it FOB must bring 296968.56
    -- 296968.56 / (1 - 0.025 - 0.00333 = 0.97167) / (9.123456 × 1001 = 9132.579456) = 33.46556…
    fob_price = "33.47",
    -- commission on FOB: 296968.56 / 0.97167 × 2.5 % = 7640.67 (7640.6742…)
    cfr_price = "34.19", -- (303605.75 + 7640.67) / (1 - 0.00333 = 0.99667) / 9132.579456 = 34.19475…
    cif_price = "34.37", -- 311246.42 / (0.99667 - 0.004567 × 1.1 = 0.9916463) / 9132.579456 = 34.36798…
    total = "34404.37", -- 34.37 × 1001
    revenue = "313886.76", -- 34404.37 × 9.123456 = 313886.755…
    commission = "7641.69", -- 33.47 × 9132.579456 × 2.5 % = 7641.685…
    bank_charges = "1045.24", -- 1045.242…
    insurance = "1576.87", -- 313886.755 × 0.50237 % = 1576.872…
    profit = "24237.28", -- 313886.76 - 272748.49 - 6637.19 - 1576.87 - 7641.69 - 1045.24
    profit_rate = "8.89", -- of the cost: 24237.28 / 272748.49 = 8.88631… %
    exchange_cost = "8.3496", -- 272748.49 / (33.47 × 1001 × 0.975) = 8.34964…
  })
end)
