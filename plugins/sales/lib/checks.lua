-- What several validators ask.

local checks = {}

-- The field by which a record is named in messages.
local NAMED_BY = { contact = "name", opportunity = "code", quote = "code" }

--- A contact, opportunity or quote must belong to the customer of the record.
function checks.belongs_to_customer(record, field, fail)
  local other = record[field]
  if not other or not record.customer or other:id_of("customer") == record:id_of("customer") then
    return
  end
  fail(field, crm.t("check.other_customer", {
    record = other[NAMED_BY[field]],
    customer = record.customer.name,
  }))
end

--- Fields of a document that is no longer a draft stay as they are.
function checks.unchanged(record, fields, fail)
  if record:is_new() or record.status == "draft" or record:old("status") == "draft" then
    return
  end
  for _, field in ipairs(fields) do
    if record:changed(field) then
      fail(field, crm.t("check.locked", { code = record.code, status = record:label("status") }))
    end
  end
end

return checks
