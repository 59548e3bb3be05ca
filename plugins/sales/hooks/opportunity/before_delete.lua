-- An opportunity with papers that went out is lost or won, not deleted: its quotes and orders would not say what for.

local function out(object, opportunity)
  return crm.find(object, "opportunity = ? and status <> 'draft'", { params = { opportunity.id }, sort = "id", limit = 5 })
end

return function(opportunity)
  local codes = {}
  for _, object in ipairs({ "quote", "sales_order" }) do
    for _, paper in ipairs(out(object, opportunity)) do
      codes[#codes + 1] = string.format("%s（%s）", paper.code, paper:label("status"))
    end
  end
  if #codes > 0 then
    crm.reject(crm.t("opportunity.delete_refused", {
      code = opportunity.code,
      papers = table.concat(codes, ", "),
    }), "stage")
  end
end
