-- An order that is closed keeps the money that closed it.

return function(allocation)
  if allocation.order and allocation.order.status == "closed" then
    crm.reject(crm.t("allocation.order_closed", { order = allocation.order.code }), "order")
  end
end
