-- What quotes and orders show on paper beside their own fields, which the page has already in its language.
-- Every name is always there: "" stands for what is missing.

local documents = require "lib.documents"

local paper = {}

-- A number without zeros at its end: 27.000 is "27".
local function plain(number)
  local text = tostring(number or 0)
  if text:find(".", 1, true) then
    text = text:gsub("0+$", ""):gsub("%.$", "")
  end
  return text
end

local function company()
  local settings = crm.plugin.settings
  return {
    name = settings.company_name,
    name_en = settings.company_name_en,
    address = settings.company_address,
    address_en = settings.company_address_en,
    phone = settings.company_phone,
    tax_number = settings.company_tax_number,
    bank = settings.company_bank,
    bank_en = settings.company_bank_en,
    bank_account = settings.company_bank_account,
  }
end

local function buyer(head)
  local customer, contact = head.customer, head.contact
  return {
    name = customer.name,
    name_en = customer.name_en or customer.name,
    tax_number = customer.tax_number or "",
    address = customer.address or "",
    contact = contact and contact.name or customer.contact_name or "",
    phone = contact and (contact.mobile or contact.phone) or customer.mobile or customer.phone or "",
    email = contact and contact.email or customer.email or "",
  }
end

local function seller(head)
  local owner = head.owner
  return { name = owner and owner.name or "", mobile = owner and owner.mobile or "" }
end

-- What a line sells in English, as far as the product says; else its description.
local function description_en(line)
  local product = line.product
  if not product or not product.name_en or not line.description:find(product.name, 1, true) then
    return line.description
  end
  return product.spec and product.name_en .. " " .. product.spec or product.name_en
end

local function unit_en(line)
  local product = line.product
  return product and product.unit_en and line.unit == product.unit and product.unit_en or line.unit or ""
end

local function items(lines, has_discounts)
  local rows = {}
  for number, line in ipairs(lines) do
    rows[number] = {
      number = number,
      code = line.product and line.product.code or "",
      description = line.description,
      description_en = description_en(line),
      unit = line.unit or "",
      unit_en = unit_en(line),
      quantity = plain(line.quantity),
      unit_price = line.unit_price:format(),
      discount_rate = line.discount_rate:is_zero() and "" or plain(line.discount_rate) .. "%",
      has_discounts = has_discounts,
      amount = line.amount:format(),
      tax_rate = plain(line.tax_rate),
    }
  end
  return rows
end

local function any_discount(lines)
  for _, line in ipairs(lines) do
    if not line.discount_rate:is_zero() then
      return true
    end
  end
  return false
end

--- The data of the print of a quote or an order.
function paper.data(head)
  local lines = documents.lines(head)
  if #lines == 0 then
    error({ code = "invalid_input", message = crm.t("paper.no_lines", { code = head.code }) })
  end
  local has_discounts = any_discount(lines)
  return {
    company = company(),
    buyer = buyer(head),
    seller = seller(head),
    has_discounts = has_discounts,
    items = items(lines, has_discounts),
    sums = {
      subtotal = head.subtotal:format(),
      discount_rate = plain(head.discount_rate),
      discount = head.discount:is_zero() and "" or head.discount:format(),
      net = head.net:format(),
      tax = head.tax:format(),
      total = head.total:format(),
    },
    total = head.total,
    remarks = head.notes or "",
  }
end

return paper
