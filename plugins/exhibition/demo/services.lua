-- What exhibitors can order, and the agents who recruit exhibitors with their targets.

local the_show = require "demo.the_show"

-- Code, name, English name, kind, unit, price.
local ITEMS = {
  { "TABLE-01", "咨询桌", "Information desk", "rental", "张", "120.00" },
  { "CHAIR-01", "折椅", "Folding chair", "rental", "把", "30.00" },
  { "SHELF-01", "三层展架", "Shelf with three boards", "rental", "个", "180.00" },
  { "SCREEN-55", "55 寸显示屏", "55-inch screen", "rental", "台", "900.00" },
  { "POWER-15", "15A/220V 电箱", "Power box 15 A, 220 V", "power", "处", "650.00" },
  { "POWER-30", "30A/380V 三相电箱", "Power box 30 A, 380 V", "power", "处", "1680.00" },
  { "WATER-01", "给排水点", "Water and drain", "power", "处", "1500.00" },
  { "AD-GATE", "充气拱门广告", "Advertising on an inflatable arch", "advertising", "个", "8000.00" },
  { "AD-CAT", "会刊彩色整页", "Full page in the catalogue", "catalogue", "页", "5000.00" },
  { "MEET-01", "技术交流会（一小时）", "Seminar of one hour", "meeting", "场", "12000.00" },
}

-- Code, name, province, commission, area to sell.
local AGENTS = {
  { "AG-HD", "华东会展代理", "shanghai", "5.00", "200.00" },
  { "AG-HN", "华南会展代理", "guangdong", "5.00", "150.00" },
  { "AG-XN", "西南会展代理", "sichuan", "6.00", "120.00" },
}

if crm.count("service_item") == 0 then
  for _, item in ipairs(ITEMS) do
    crm.create("service_item", {
      code = item[1], name = item[2], name_en = item[3], kind = item[4], unit = item[5], unit_price = item[6],
    })
  end
end

if crm.count("recruiting_agent") == 0 then
  local show = the_show.find()
  for _, agent in ipairs(AGENTS) do
    local made = crm.create("recruiting_agent", {
      code = agent[1], name = agent[2], province = agent[3], commission_rate = agent[4],
    })
    crm.create("agent_target", { agent = made, show = show, area = agent[5] })
  end
end
