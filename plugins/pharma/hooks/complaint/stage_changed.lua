-- A complaint that leads to a recall opens it, with the batch, the class of the defect and the reason.

return function(complaint, _, to)
  if to ~= "recalled" then
    return
  end
  crm.create("drug_recall", {
    batch = complaint.batch,
    complaint = complaint,
    defect_class = complaint.defect_class,
    reason = complaint.description,
  })
end
