-- Five medical representatives, one for each sales region, in charge of the region's hospitals.

local REPRESENTATIVES = {
  { "MR01", "周敏", "east", "华东办事处", "13800010001" },
  { "MR02", "陈志远", "south", "华南办事处", "13800010002" },
  { "MR03", "李雪梅", "north", "华北办事处", "13800010003" },
  { "MR04", "何川", "southwest", "西南办事处", "13800010004" },
  { "MR05", "彭丽", "central", "华中办事处", "13800010005" },
}

for _, entry in ipairs(REPRESENTATIVES) do
  local code, name, region, department, mobile = table.unpack(entry)
  local rep = crm.find("salesperson", "code = ?", { params = { code }, limit = 1 })[1]
    or crm.create("salesperson", { code = code, name = name, department = department, mobile = mobile })
  for hospital in crm.each("hospital", "region = ? and rep is empty", { params = { region } }) do
    crm.update(hospital, { rep = rep.id })
  end
end
