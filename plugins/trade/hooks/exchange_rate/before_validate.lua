-- A rate is called by its currency and its first day.

return function(rec)
  if rec.currency and rec.valid_from then
    rec.name = rec.currency .. " " .. tostring(rec.valid_from)
  end
end
