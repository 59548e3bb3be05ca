-- A batch names its drug, or its drug's name says which one it is.

local drugs = require "lib.drugs"

return function(batch)
  local name = batch.drug_name
  if name and (not batch:id_of("drug") or batch:changed("drug_name")) then
    batch.drug = drugs.named(name)
  elseif batch.drug and not name then
    batch.drug_name = batch.drug.name
  end
end
