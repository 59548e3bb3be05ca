-- Generic name and strength are taken out of the drug's name, unless somebody gave them.

local drugs = require "lib.drugs"

return function(drug)
  if not drug.name or drug.generic_name then
    return
  end
  local generic, strength = drugs.split(drug.name)
  drug.generic_name = generic
  drug.strength = drug.strength or strength
end
