-- The totals of the quotation follow its lines, once for all that change.

return function(line)
  crm.settle("export_quotation", line:id_of("quotation"))
end
