-- The inquiry follows its quotation: quoted when it goes out, won or lost with it. Lines follow the terms of
-- a draft.

local budgets = require "lib.budgets"
local quotations = require "lib.quotations"

local function follow(inquiry, rec)
  if rec.status == "sent" and inquiry.status == "qualified" then
    crm.update(inquiry, { quotation = rec, status = "quoted" })
  elseif rec.status == "sent" and (inquiry.status == "quoted" or inquiry.status == "won") then
    crm.update(inquiry, { quotation = rec })
  elseif rec.status == "accepted" and inquiry.status == "quoted" then
    crm.update(inquiry, { quotation = rec, status = "won" })
  elseif rec.status == "rejected" and inquiry.status == "quoted" then
    crm.update(inquiry, { quotation = rec, status = "lost", lost_reason = rec.lost_reason })
  end
end

-- A price that was the budget's for the old term becomes that for the new one; one that was typed stays.
local function price_lines(rec)
  for _, line in ipairs(rec.lines) do
    local price = line.unit_price
    if line.budget and price == budgets.price(line.budget, rec:old("incoterm")) then
      price = budgets.price(line.budget, rec.incoterm) or price
    end
    crm.update(line, { unit_price = price, cost_cny = "" })
  end
  quotations.add_up(crm.get("export_quotation", rec.id))
end

local function terms_changed(rec)
  return rec:changed("incoterm") or rec:changed("currency") or rec:changed("exchange_rate")
end

return function(rec)
  if rec.inquiry and rec:changed("status") then
    follow(rec.inquiry, rec)
  end
  if not rec:is_new() and terms_changed(rec) then
    price_lines(rec)
  end
end
