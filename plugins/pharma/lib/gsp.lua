-- Certificates of distributors (首营资质): whoever buys drugs needs valid ones.

local gsp = {}

local function certificates(distributor)
  local list = { { kind = "gsp", number = distributor.gsp_number, valid_until = distributor.gsp_until } }
  if distributor.licence_until then
    list[2] = { kind = "licence", number = distributor.licence_number, valid_until = distributor.licence_until }
  end
  return list
end

--- Whether a certificate that is valid until a day is "expired", "expiring" (within the days given) or "valid" on `day`.
function gsp.state(valid_until, day, warning_days)
  if valid_until < day then
    return "expired"
  end
  return valid_until - day <= warning_days and "expiring" or "valid"
end

--- The certificates of a distributor that forbid an order on a day: kind, number, valid_until, days left and state.
function gsp.obstacles(distributor, day)
  local obstacles = {}
  for _, certificate in ipairs(certificates(distributor)) do
    certificate.days = certificate.valid_until - day
    certificate.state = gsp.state(certificate.valid_until, day, crm.plugin.settings.gsp_warning_days)
    if certificate.state ~= "valid" then
      obstacles[#obstacles + 1] = certificate
    end
  end
  return obstacles
end

return gsp
