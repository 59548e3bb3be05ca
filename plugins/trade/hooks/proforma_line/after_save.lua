-- The totals of the proforma invoice follow its lines, once for all that change.

return function(line)
  crm.settle("proforma", line:id_of("proforma"))
end
