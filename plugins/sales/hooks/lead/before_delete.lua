-- A lead that became a customer stays: it says where the customer came from.

return function(lead)
  if lead.status == "converted" then
    crm.reject(crm.t("lead.delete_refused", {
      code = lead.code,
      customer = lead.customer and lead.customer.name or "",
    }), "status")
  end
end
