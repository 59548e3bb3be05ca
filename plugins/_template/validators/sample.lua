-- A sample that is done cannot be opened again.

return function(sample, fail)
  if not sample:is_new() and sample:changed("status") and sample:old("status") == "done" then
    fail("status", crm.t("sample.reopened", { code = sample.code }))
  end
end
