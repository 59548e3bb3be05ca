-- The doctors of a hospital are graded anew when its level changes.

return function(hospital)
  if hospital:is_new() or not hospital:changed("level") then
    return
  end
  for doctor in crm.each("doctor", "hospital = ?", { params = { hospital.id } }) do
    crm.update(doctor, { points = 0 })
  end
end
