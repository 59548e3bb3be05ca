-- Goods are packed for a confirmed proforma invoice.

return function(rec, fail)
  local proforma = rec.proforma
  if rec:is_new() and proforma and proforma.status ~= "confirmed" then
    fail("proforma", crm.t("packing_list.not_confirmed", {
      code = proforma.code,
      status = proforma:label("status"),
    }))
  end
end
