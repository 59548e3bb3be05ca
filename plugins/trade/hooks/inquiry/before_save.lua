-- An inquiry that somebody works on becomes a lead; mails of one exchange share it.

local mails = require "lib.mails"
local text = require "lib.text"

local function lead_of_exchange(rec)
  local earlier = crm.find("inquiry", "thread = ? and lead is not empty and id <> ?", {
    params = { rec.thread, rec.id or 0 },
    sort = "id",
    limit = 1,
  })[1]
  return earlier and earlier.lead
end

local function interest_of(rec)
  local parts = { rec.product_sku or rec.subject }
  if rec.quantity then
    parts[#parts + 1] = text.plain(rec.quantity) .. " " .. (rec.unit or "")
  end
  if rec.incoterm then
    parts[#parts + 1] = rec.incoterm .. (rec.port and " " .. rec:label("port") or "")
  end
  return table.concat(parts, ", ")
end

local function new_lead(rec)
  return crm.create("lead", {
    name = rec.from_name or rec.from_email,
    company = rec.company,
    email = rec.from_email,
    country = rec.country,
    kind = "trade_buyer",
    source = "trade_inquiry",
    owner = rec.owner,
    interest = interest_of(rec),
  })
end

return function(rec)
  if rec.lead or rec.status == "ignored" or not mails.becomes_lead(rec.kind) then
    return
  end
  rec.lead = lead_of_exchange(rec) or new_lead(rec)
end
