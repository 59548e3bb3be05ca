-- Currencies: the places of their amounts, what they are worth, and how they are called on paper.

local currencies = {}

local WITHOUT_CENTS = { JPY = true, KRW = true }

local NAMES = {
  USD = { en = "US DOLLARS", zh = "美元" },
  EUR = { en = "EUROS", zh = "欧元" },
  GBP = { en = "POUNDS STERLING", zh = "英镑" },
  JPY = { en = "JAPANESE YEN", zh = "日元" },
  HKD = { en = "HONG KONG DOLLARS", zh = "港元" },
  AUD = { en = "AUSTRALIAN DOLLARS", zh = "澳元" },
  CAD = { en = "CANADIAN DOLLARS", zh = "加元" },
  SGD = { en = "SINGAPORE DOLLARS", zh = "新加坡元" },
  CHF = { en = "SWISS FRANCS", zh = "瑞士法郎" },
  NZD = { en = "NEW ZEALAND DOLLARS", zh = "新西兰元" },
  KRW = { en = "SOUTH KOREAN WON", zh = "韩元" },
  CNY = { en = "RENMINBI YUAN", zh = "人民币" },
}

--- How many places prices and amounts in a currency have.
function currencies.places(currency)
  return WITHOUT_CENTS[currency] and 0 or 2
end

--- The name of a currency before an amount in words, language "en" or "zh".
function currencies.name(currency, language)
  local names = NAMES[currency]
  return names and names[language] or currency
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
