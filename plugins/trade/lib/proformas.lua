-- Totals of proforma invoices, and the sales order that a confirmed one becomes.

local currencies = require "lib.currencies"
local papers = require "lib.papers"
local text = require "lib.text"

local proformas = {}

local FIELDS = {
  "total", "total_cny", "deposit", "balance", "cartons", "total_cbm", "total_gross_kg", "total_net_kg",
}

--- Computes the totals of a proforma invoice from its lines and saves them when they differ.
function proformas.add_up(proforma)
  local totals = papers.totals(proforma, proforma.lines)
  totals.deposit = papers.share(totals.total, proforma.deposit_rate or crm.decimal(0), proforma.currency)
  totals.balance = totals.total - totals.deposit
  papers.store(proforma, totals, FIELDS)
end

--- Makes the sales order of a proforma invoice and confirms it, in CNY at its exchange rate and without tax,
--- since exports bear none. Sales refuses one above the credit limit of the customer.
function proformas.order(proforma)
  local lines = {}
  for index, line in ipairs(proforma.lines) do
    lines[index] = {
      product = line.product,
      description = line.description,
      unit = line.unit,
      quantity = line.quantity,
      unit_price = (line.unit_price * proforma.exchange_rate):round(2),
      tax_rate = "0",
    }
  end
  local order = crm.create("sales_order", {
    customer = proforma.buyer.customer,
    owner = proforma.owner,
    ordered_on = proforma.issued_on,
    lines = lines,
    notes = crm.t("proforma.order_note", {
      code = proforma.code,
      currency = proforma.currency,
      total = text.money(proforma.total, currencies.places(proforma.currency)),
      rate = text.plain(proforma.exchange_rate),
    }),
  })
  return crm.update(order, { status = "confirmed" })
end

-- What a proforma invoice's status makes of its order, and from which statuses.
local FOLLOWS = {
  shipped = { status = "delivered", from = { confirmed = true } },
  cancelled = { status = "cancelled", from = { draft = true, confirmed = true } },
}

--- Brings the order of a proforma invoice along: delivered when it is shipped, cancelled with it.
function proformas.order_follows(proforma)
  local follow, order = FOLLOWS[proforma.status], proforma.sales_order
  if follow and order and follow.from[order.status] then
    crm.update(order, { status = follow.status })
  end
end

return proformas
