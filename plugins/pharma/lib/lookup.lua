-- Finding the records that commands and reports are about: by hospital/1, by their codes, or by a name that one alone has.

local records = require "sales/lib.records"

local lookup = {}

local function find(object, code, key, name)
  local record = records.meant(object, code, name)
  if not record then
    error({ code = "not_found", message = crm.t(key, { code = code }) })
  end
  return record
end

--- The batch with this number. Raises when there is none, or none was given.
function lookup.batch(code)
  if not code or code == "" then
    error({ code = "invalid_input", message = crm.t("lookup.batch_needed") })
  end
  return find("batch", code, "lookup.no_batch")
end

--- The hospital with this code or name. Raises when there is none.
function lookup.hospital(code)
  return find("hospital", code, "lookup.no_hospital", "name")
end

--- The distributor with this code or name. Raises when there is none.
function lookup.distributor(code)
  return find("distributor", code, "lookup.no_distributor", "name")
end

--- The medical representative with this code or name. Raises when there is none.
function lookup.representative(code)
  return find("salesperson", code, "lookup.no_representative", "name")
end

--- Raises when no drug has this text in its name.
function lookup.check_drug(text)
  if crm.count("drug", "name contains ?", { params = { text } }) == 0 then
    error({ code = "not_found", message = crm.t("lookup.no_drug", { text = text }) })
  end
end

--- First and last day of a month written as 2026-11, 202611 or 2026年11月; of the present month without a text.
function lookup.month(text)
  local today = crm.date.today()
  local year, month = today.year, today.month
  if text and text ~= "" then
    local first, second = text:match("^%s*(%d%d%d%d)%D*(%d%d?)%D*$")
    year, month = math.tointeger(tonumber(first)), math.tointeger(tonumber(second))
    if not month or month < 1 or month > 12 then
      error({ code = "invalid_input", message = crm.t("lookup.bad_month", { text = text }) })
    end
  end
  local first_day = crm.date.date(year, month, 1)
  return first_day, first_day:add_months(1) - 1
end

return lookup
