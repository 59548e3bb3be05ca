-- Records that the tests start from.

local fixtures = {}

local function merged(values, more)
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return values
end

--- The rate of a currency from 1 November 2026 on.
function fixtures.rate(currency, rate)
  return crm.create("exchange_rate", {
    currency = currency, valid_from = crm.date.date(2026, 11, 1), rate = rate,
  })
end

function fixtures.exporter(more)
  return crm.create("exporter", merged({
    name = "宁波样例进出口有限公司",
    name_en = "Ningbo Sample Import and Export Co., Ltd.",
    address_en = "88 Example Road, Ningbo, China",
    port = "CNNGB",
    bank = "Bank of Samples, Ningbo Branch",
    bank_account = "4000 1234 5678",
    swift = "SMPLCNBN",
    is_default = true,
  }, more))
end

--- A lamp that costs 204.06 with VAT of 13 %, rebate 13 %, in cartons of 24.
function fixtures.product(code, more)
  return crm.create("product", merged({
    code = code or "HO-0000",
    name = "台灯",
    name_en = "Azure lamp",
    unit = "PCS",
    trade_cost = "204.06",
    trade_rebate_rate = "13",
    trade_qty_per_carton = 24,
    trade_cbm = "0.028",
    trade_gross_kg = "10.8",
    trade_net_kg = "10.2",
  }, more))
end

function fixtures.buyer(more)
  return crm.create("buyer", merged({
    name = "Tran-Whitaker Ltd",
    country = "Kazakhstan",
    contact_name = "Tara Sutton",
    email = "tara@tran-whitaker.example",
  }, more))
end

--- An inquiry mail; more: further fields.
function fixtures.inquiry(more)
  return crm.create("inquiry", merged({
    subject = "Inquiry Azure lamp HO-0000",
    from_name = "Tara Sutton",
    from_email = "tara@tran-whitaker.example",
    company = "Tran-Whitaker Ltd",
    country = "Kazakhstan",
    received_on = crm.date.date(2026, 11, 2),
    product_sku = "HO-0000",
    quantity = "2400",
    incoterm = "CIF",
    port = "NLRTM",
    delivery_days = 45,
  }, more))
end

--- A budget of 1,000 pieces with everything given, so that nothing is filled in; more: further fields.
function fixtures.budget(product, more)
  return crm.create("export_budget", merged({
    product = product,
    quantity = "1000",
    currency = "USD",
    exchange_rate = "7",
    incoterm = "FOB",
    purchase_price = "113.00",
    vat_rate = "13",
    rebate_rate = "13",
    freight_currency = "CNY",
    freight_exchange_rate = "1",
    margin_rate = "10",
    margin_basis = "price",
  }, more))
end

--- A draft quotation in USD for a new buyer by the default exporter, with one line; more: further fields.
function fixtures.quotation(line, more)
  fixtures.exporter()
  local made = crm.create("export_quotation", merged({
    buyer = fixtures.buyer(), exchange_rate = "7", lines = { line },
  }, more))
  return crm.get("export_quotation", made.id)
end

--- A line of 500 lamps at a typed price; more: further fields.
function fixtures.typed_line(more)
  return merged({ product = fixtures.product(), quantity = "500", unit_price = "15.87" }, more)
end

return fixtures
