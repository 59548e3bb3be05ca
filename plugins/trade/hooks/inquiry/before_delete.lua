-- An inquiry that was worked on stays: budgets and quotations say what for.

return function(rec)
  local codes = {}
  for _, object in ipairs({ "export_budget", "export_quotation" }) do
    for _, paper in ipairs(crm.find(object, "inquiry = ?", { params = { rec.id }, sort = "id", limit = 5 })) do
      codes[#codes + 1] = paper.code
    end
  end
  if #codes > 0 then
    crm.reject(crm.t("inquiry.delete_refused", { code = rec.code, papers = table.concat(codes, ", ") }), "status")
  end
end
