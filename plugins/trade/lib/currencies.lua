-- Currencies: the places of their amounts, what they are worth, and how they are called on paper.

local currencies = {}

local WITHOUT_CENTS = { JPY = true, KRW = true }

local NAMES = {
  USD = "US DOLLARS",
  EUR = "EUROS",
  GBP = "POUNDS STERLING",
  JPY = "JAPANESE YEN",
  HKD = "HONG KONG DOLLARS",
  AUD = "AUSTRALIAN DOLLARS",
  CAD = "CANADIAN DOLLARS",
  SGD = "SINGAPORE DOLLARS",
  CHF = "SWISS FRANCS",
  NZD = "NEW ZEALAND DOLLARS",
  KRW = "SOUTH KOREAN WON",
  CNY = "RENMINBI YUAN",
}

--- How many places prices and amounts in a currency have.
function currencies.places(currency)
  return WITHOUT_CENTS[currency] and 0 or 2
end

--- The English name of a currency before an amount in words; in Chinese papers its label stands there.
function currencies.name(currency)
  return NAMES[currency] or currency
end

--- CNY for one unit of a currency on a day: the latest rate that is valid by then. Nil when there is none.
function currencies.rate(currency, day)
  if not currency then
    return nil
  end
  if currency == "CNY" then
    return crm.decimal("1.000000")
  end
  local found = crm.find("exchange_rate", "currency = ? and valid_from <= ?", {
    params = { currency, day or crm.date.today() },
    sort = "valid_from desc, id desc",
    limit = 1,
  })[1]
  return found and found.rate
end

return currencies
