-- Two dozen products in a tree of categories.

local categories = require "lib.categories"

local PRODUCTS = {
  -- category, English, code, name, English, specification, unit, list price, cost, tax
  { "农资/种子", "Farm supplies/Seeds",
    "SD-001", "玉米种子", "Maize seed", "5kg/袋", "袋", "68.00", "49.50", "9.00" },
  { "农资/种子", "Farm supplies/Seeds",
    "SD-002", "水稻种子", "Rice seed", "5kg/袋", "袋", "82.50", "61.00", "9.00" },
  { "农资/种子", "Farm supplies/Seeds",
    "SD-003", "番茄种子", "Tomato seed", "10g/罐", "罐", "36.80", "22.40", "9.00" },
  { "农资/肥料", "Farm supplies/Fertiliser",
    "FT-001", "复合肥", "Compound fertiliser", "40kg/袋", "袋", "148.00", "121.00", "9.00" },
  { "农资/肥料", "Farm supplies/Fertiliser",
    "FT-002", "有机肥", "Organic fertiliser", "25kg/袋", "袋", "59.90", "41.20", "9.00" },
  { "农机/播种", "Machines/Sowing",
    "SW-001", "两行播种机", "Two-row seeder", "2BYF-2", "台", "3860.00", "2950.00", "9.00" },
  { "农机/播种", "Machines/Sowing",
    "SW-002", "四行播种机", "Four-row seeder", "2BYF-4", "台", "6980.00", "5420.00", "9.00" },
  { "农机/灌溉", "Machines/Irrigation",
    "IR-001", "滴灌带", "Drip tape", "500m/卷", "卷", "126.00", "92.30", "9.00" },
  { "农机/灌溉", "Machines/Irrigation",
    "IR-002", "离心泵", "Centrifugal pump", "2.2kW", "台", "1280.00", "965.00", "13.00" },
  { "五金/手动工具", "Hardware/Hand tools",
    "HT-001", "羊角锤", "Claw hammer", "0.5kg", "把", "28.60", "17.90", "13.00" },
  { "五金/手动工具", "Hardware/Hand tools",
    "HT-002", "活动扳手", "Adjustable spanner", "250mm", "把", "45.20", "29.80", "13.00" },
  { "五金/手动工具", "Hardware/Hand tools",
    "HT-003", "螺丝刀套装", "Screwdriver set", "12件", "套", "79.00", "51.00", "13.00" },
  { "五金/电动工具", "Hardware/Power tools",
    "PT-001", "冲击钻", "Impact drill", "650W", "台", "239.00", "168.00", "13.00" },
  { "五金/电动工具", "Hardware/Power tools",
    "PT-002", "角磨机", "Angle grinder", "900W", "台", "215.00", "149.00", "13.00" },
  { "五金/电动工具", "Hardware/Power tools",
    "PT-003", "锂电扳手", "Cordless wrench", "21V", "台", "468.00", "342.00", "13.00" },
  { "包装/纸箱", "Packaging/Cartons",
    "CT-001", "五层纸箱", "Five-layer carton", "500×400×400mm", "只", "8.65", "5.92", "13.00" },
  { "包装/纸箱", "Packaging/Cartons",
    "CT-002", "三层纸箱", "Three-layer carton", "300×200×200mm", "只", "3.27", "2.11", "13.00" },
  { "包装/薄膜", "Packaging/Film",
    "FL-001", "缠绕膜", "Stretch film", "50cm×300m", "卷", "39.90", "27.60", "13.00" },
  { "包装/薄膜", "Packaging/Film",
    "FL-002", "气泡膜", "Bubble film", "60cm×100m", "卷", "66.00", "44.80", "13.00" },
  { "冷链/保温", "Cold chain/Insulation",
    "IN-001", "保温箱", "Insulated box", "60L", "只", "188.00", "133.00", "13.00" },
  { "冷链/保温", "Cold chain/Insulation",
    "IN-002", "冰袋", "Ice pack", "400g×24", "箱", "54.00", "35.50", "13.00" },
  { "冷链/监测", "Cold chain/Monitoring",
    "MO-001", "温度记录仪", "Temperature logger", "USB", "台", "96.00", "63.00", "13.00" },
  { "服务", "Services",
    "SV-001", "安装调试", "Installation", nil, "次", "600.00", "320.00", "6.00" },
  { "服务", "Services",
    "SV-002", "操作培训", "Training", nil, "天", "1200.00", "650.00", "6.00" },
}

local function names(path)
  local list = {}
  for name in path:gmatch("[^/]+") do
    list[#list + 1] = name
  end
  return list
end

local UNITS_EN = {
  ["袋"] = "bags", ["罐"] = "tins", ["台"] = "sets", ["卷"] = "rolls", ["把"] = "pcs", ["套"] = "sets", ["只"] = "pcs",
  ["箱"] = "cartons", ["次"] = "visit(s)", ["天"] = "day(s)",
}

for _, row in ipairs(PRODUCTS) do
  local path, path_en, code, name, name_en, spec, unit, price, cost, tax = table.unpack(row, 1, 10)
  if crm.count("product", "code = '" .. code .. "'") == 0 then
    crm.create("product", {
      category = categories.ensure(path, names(path_en)),
      code = code,
      name = name,
      name_en = name_en,
      spec = spec,
      unit = unit,
      unit_en = UNITS_EN[unit],
      list_price = price,
      cost = cost,
      tax_rate = tax,
    })
  end
end
