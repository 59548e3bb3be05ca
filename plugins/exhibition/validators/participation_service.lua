-- Services are ordered from what is on offer, by exhibitors who still take part, and are not mixed with a typed fee.

local services = require "lib.services"

local OVER = { cancelled = true, moved_out = true, surveyed = true }

return function(service, fail)
  local participation, item = service.participation, service.item
  if not participation or not item then
    return
  end
  local chosen = service:is_new() or service:changed("item")
  if chosen and not item.active then
    fail("item", crm.t("service.not_offered", { item = item.name }))
  end
  if OVER[participation.status] and (service:is_new() or service:changed("amount")) then
    fail("participation", crm.t("service.too_late", {
      code = participation.code,
      status = participation:label("status"),
    }))
  end
  local typed = participation.service_fee
  if service:is_new() and typed and typed > services.total(participation.id) then
    fail("participation", crm.t("service.fee_typed", { code = participation.code, fee = typed:format() }))
  end
end
