-- A lead without a person is known by its company.

return function(lead)
  if not lead.name then
    lead.name = lead.company
  end
end
