-- Order and receipt show what is received, allocated and open.

return function(allocation)
  crm.update(allocation.order, {})
  crm.update(allocation.receipt, {})
end
