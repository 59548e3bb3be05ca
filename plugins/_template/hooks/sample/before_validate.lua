-- A new sample is due after as many days as the settings say.

return function(sample)
  if sample:is_new() and not sample.due_on then
    sample.due_on = crm.date.today() + crm.plugin.settings.days_to_due
  end
end
