-- Nobody pays more than is owed, and nothing is paid back that was not paid.

local services = require "lib.services"

local ZERO = crm.decimal("0.00")

return function(payment, fail)
  local participation = payment.participation
  if not participation or not payment.amount or not payment.kind then
    return
  end
  local is_refund = payment.kind == "refund"
  local others = services.received(participation.id, payment.id)
  local received = is_refund and others - payment.amount or others + payment.amount
  local total = participation.total or ZERO
  if received < ZERO then
    fail("amount", crm.t("payment.refund_too_large", {
      code = participation.code,
      received = others:format(),
      amount = payment.amount:format(),
    }))
  elseif not is_refund and received > total then
    fail("amount", crm.t("payment.too_much", {
      code = participation.code,
      total = total:format(),
      received = others:format(),
      left = (total - others):format(),
    }))
  end
end
