-- A quotation that went out stays as it was; it is revised instead.

local currencies = require "lib.currencies"
local papers = require "lib.papers"

local FROZEN = {
  "code", "revision", "original", "inquiry", "quoted_on", "valid_until",
  table.unpack(papers.TERMS),
}

return function(rec, fail)
  papers.check_frozen(rec, fail, FROZEN)
  papers.check_superseded(rec, fail)
  if rec.currency and not rec.exchange_rate and not currencies.rate(rec.currency, rec.quoted_on) then
    fail("exchange_rate", crm.t("budget.missing_exchange_rate", { currency = rec.currency }))
  end
end
