-- The totals of the packing list follow its lines, once for all that change.

return function(line)
  crm.settle("packing_list", line:id_of("packing_list"))
end
