-- The planned visits of a plan follow its lines.

return function(line)
  crm.settle("visit_plan", line:id_of("plan"))
end
