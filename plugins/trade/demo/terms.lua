-- The exporter, the exchange rates of a day and the terms that the demonstration quotes with.

local shift = ...

if crm.count("exporter") == 0 then
  crm.create("exporter", {
    name = "宁波样例进出口有限公司",
    name_en = "Ningbo Sample Import and Export Co., Ltd.",
    address = "浙江省宁波市江北区样例路 88 号",
    address_en = "88 Yangli Road, Jiangbei, Ningbo 315020, Zhejiang, China",
    phone = "+86 574 5555 0188",
    email = "sales@example.com",
    contact_name = "陈静",
    port = "CNNGB",
    bank = "Bank of Samples, Ningbo Branch",
    bank_address = "1 Zhongshan East Road, Ningbo, China",
    bank_account = "4000 1234 5678 9012",
    swift = "SMPLCNBN",
    is_default = true,
  })
end

local SALESPEOPLE = { { "FT01", "林晓" }, { "FT02", "顾远" }, { "FT03", "沈洁" } }
for _, entry in ipairs(SALESPEOPLE) do
  if crm.count("salesperson", "code = ?", { params = { entry[1] } }) == 0 then
    crm.create("salesperson", { code = entry[1], name = entry[2], department = "外销部" })
  end
end

local RATES = {
  { "USD", "7.1015" }, { "EUR", "8.1880" }, { "GBP", "9.3120" }, { "JPY", "0.045760" }, { "HKD", "0.9127" },
  { "AUD", "4.6085" }, { "CAD", "5.0710" }, { "SGD", "5.4560" },
}
for _, entry in ipairs(RATES) do
  local day = crm.date.date(2026, 1, 1) + shift
  if crm.count("exchange_rate", "currency = ? and valid_from = ?", { params = { entry[1], day } }) == 0 then
    crm.create("exchange_rate", { currency = entry[1], valid_from = day, rate = entry[2], source = "demo" })
  end
end
