-- A proforma invoice is made of an accepted quotation, once, and stays as it went out.

local papers = require "lib.papers"

local FROZEN = {
  "code", "revision", "original", "quotation", "issued_on", "deposit_rate",
  table.unpack(papers.TERMS),
}

local function quotation_accepted(rec, fail)
  if rec.quotation.status ~= "accepted" then
    fail("quotation", crm.t("proforma.quotation_not_accepted", {
      code = rec.quotation.code,
      status = rec.quotation:label("status"),
    }))
  end
end

local function only_one(rec, fail)
  local other = crm.find("proforma", "quotation = ? and status not in ('cancelled', 'superseded')", {
    params = { rec:id_of("quotation") }, limit = 1,
  })[1]
  if other and rec:id_of("original") ~= (other:id_of("original") or other.id) then
    fail("quotation", crm.t("proforma.second", { code = rec.quotation.code, other = other.code }))
  end
end

return function(rec, fail)
  papers.check_frozen(rec, fail, FROZEN)
  papers.check_superseded(rec, fail)
  if rec.quotation and rec:is_new() then
    quotation_accepted(rec, fail)
    only_one(rec, fail)
  end
end
