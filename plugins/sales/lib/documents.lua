-- Quotes and orders: how heads and lines belong together, and how their money is kept right.

local lines = require "lib.lines"

local documents = {}

local ZERO = crm.decimal("0.00")

local KINDS = {
  quote = { head = "quote", line = "quote_line", via = "quote" },
  quote_line = { head = "quote", line = "quote_line", via = "quote" },
  sales_order = { head = "sales_order", line = "sales_order_line", via = "order" },
  sales_order_line = { head = "sales_order", line = "sales_order_line", via = "order" },
}

local MEASURES = {
  subtotal = "sum(amount)",
  discount = "sum(discount_share)",
  tax = "sum(tax)",
  total = "sum(total)",
}

-- Lines that refresh() is saving, with the share it gives them. A share that somebody typed is not here, so
-- it is computed anew.
local given_shares = {}

--- How the documents of an object, or of an object of lines, are made up: head, line, via.
function documents.kind(record)
  return KINDS[record:object()]
end

--- The head of a line, nil when there is none.
function documents.head(line)
  return line[documents.kind(line).via]
end

-- The statuses from which a document may be set back to draft at once.
local REOPENS = { sent = true, rejected = true, expired = true, confirmed = true, cancelled = true }

--- Why the lines of a document that is no draft stay as they are, with what can be done about it.
function documents.locked(head)
  local key = REOPENS[head.status] and "line.locked" or "line.locked_late"
  return crm.t(key, { code = head.code, status = head:label("status") })
end

--- The lines of a document in their order.
function documents.lines(head)
  local kind = documents.kind(head)
  local found = {}
  for line in crm.each(kind.line, kind.via .. " = ?", { params = { head.id }, sort = "id" }) do
    found[#found + 1] = line
  end
  return found
end

--- What the stored lines of a document add up to: subtotal, discount, net, tax, total.
function documents.sums(head)
  if head:is_new() then
    return { subtotal = ZERO, discount = ZERO, net = ZERO, tax = ZERO, total = ZERO }
  end
  local kind = documents.kind(head)
  local row = crm.aggregate(kind.line, {
    where = kind.via .. " = ?",
    params = { head.id },
    measures = MEASURES,
  })[1] or {}
  local sums = {}
  for name in pairs(MEASURES) do
    sums[name] = row[name] or ZERO
  end
  sums.net = sums.subtotal - sums.discount
  return sums
end

--- Spreads the whole discount over the lines of a document again and brings its sums up to date.
function documents.refresh(head)
  local items = documents.lines(head)
  local computed = lines.document(items, head.discount_rate)
  for index, line in ipairs(items) do
    local share = computed.lines[index].discount_share
    if line.discount_share ~= share then
      local key = line:object() .. line.id
      given_shares[key] = share
      crm.update(line, { discount_share = share })
      given_shares[key] = nil
    end
  end
  crm.update(head, {})
end

--- Whether a line is being saved by refresh(), with the share that it gave.
function documents.is_refreshing(line)
  local share = given_shares[line:object() .. line.id]
  return share ~= nil and share == line.discount_share
end

--- Whether lines and terms may change: only drafts do.
function documents.is_open(head)
  return head.status == "draft"
end

--- What is filled into a new document from its customer, opportunity and the settings.
function documents.fill(head)
  if head.opportunity and not head.customer then
    head.customer = head.opportunity.customer
  end
  local customer = head.customer
  if not head.owner then
    head.owner = head.opportunity and head.opportunity.owner or customer and customer.owner
  end
  if head:is_new() and not head.contact then
    head.contact = head.opportunity and head.opportunity.contact
      or customer and documents.primary_contact(customer)
  end
  if not head.discount_rate then
    head.discount_rate = customer and customer.grade and customer.grade.discount_rate or ZERO
  end
end

--- The primary contact of a customer, nil when there is none.
function documents.primary_contact(customer)
  return crm.find("contact", "customer = ? and primary = true", { params = { customer.id }, limit = 1 })[1]
end

return documents
