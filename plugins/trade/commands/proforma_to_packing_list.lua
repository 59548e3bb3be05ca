-- Makes the packing list (装箱单) of what is still to be packed of a confirmed proforma invoice.

local packing_lists = require "lib.packing_lists"
local papers = require "lib.papers"
local text = require "lib.text"

local function lines_to_pack(proforma)
  local lines = {}
  for _, line in ipairs(proforma.lines) do
    local left = line.quantity - packing_lists.packed(line)
    if left > crm.decimal(0) then
      lines[#lines + 1] = { proforma_line = line, quantity = left }
    end
  end
  return lines
end

local function run(args)
  local proforma = papers.find("proforma", args.proforma)
  local lines = lines_to_pack(proforma)
  if #lines == 0 then
    error({ code = "invalid_input", message = crm.t("packing_list.nothing_left", { code = proforma.code }) })
  end
  local list = crm.create("packing_list", { proforma = proforma, lines = lines })
  list = crm.get("packing_list", list.id)
  return crm.t("proforma_to_packing_list.done", {
    proforma = proforma.code,
    list = list.code,
    cartons = list.cartons,
    cbm = text.plain(list.total_cbm),
    gross = text.plain(list.total_gross_kg),
  })
end

return {
  name = "proforma_to_packing_list",
  title = {
    ["zh-CN"] = "由形式发票制作装箱单",
    ["zh-TW"] = "由形式發票製作裝箱單",
    en = "Make the packing list of a proforma invoice",
  },
  params = {
    { name = "proforma", type = "text", required = true,
      label = { ["zh-CN"] = "形式发票号", ["zh-TW"] = "形式發票號", en = "Proforma number" } },
  },
  run = run,
}
