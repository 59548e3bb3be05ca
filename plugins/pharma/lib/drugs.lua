-- Names of drugs, and the products of the sales plugin that stand for them.

local drugs = {}

--- Generic name and strength of a name as price lists write it: 布洛芬缓释胶囊0.3g*20 is 布洛芬缓释胶囊 and 0.3g*20.
function drugs.split(name)
  local generic, strength = name:match("^(%D+)(%d.*)$")
  if not generic then
    return name, nil
  end
  return (generic:gsub("%s+$", "")), strength
end

--- The drug of this name, made when there is none.
function drugs.named(name)
  local drug = crm.find("drug", "name = ?", { params = { name }, limit = 1 })[1]
  return drug or crm.create("drug", { name = name })
end

--- The fields of the product that stands for a drug.
function drugs.product_values(drug)
  return {
    code = drug.code,
    name = drug.generic_name,
    name_en = drug.name_en or "",
    spec = drug.strength or "",
    unit = drug.unit or "",
  }
end

return drugs
