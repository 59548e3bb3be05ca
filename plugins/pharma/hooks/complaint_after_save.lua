-- A complaint that leads to a recall opens it, with the batch, the class of the defect and the reason.

return function(complaint)
  if complaint.status ~= "recalled" then
    return
  end
  if not complaint:is_new() and not complaint:changed("status") then
    return
  end
  if crm.count("drug_recall", "complaint = ?", { params = { complaint.id } }) > 0 then
    return
  end
  crm.create("drug_recall", {
    batch = complaint.batch,
    complaint = complaint,
    defect_class = complaint.defect_class,
    reason = complaint.description,
  })
end
