-- Packing lists: what is still to be packed of a proforma invoice, and the totals.

local goods = require "lib.goods"
local papers = require "lib.papers"

local packing_lists = {}

local FIELDS = { "cartons", "total_cbm", "total_gross_kg", "total_net_kg" }

--- How much of a line of a proforma invoice other lines of packing lists hold, cancelled lists left out.
--- except: the id of a line that does not count, or 0.
function packing_lists.packed(proforma_line, except)
  local packed = crm.decimal("0.000")
  local condition = "proforma_line = ? and packing_list.status <> 'cancelled' and id <> ?"
  local lines = crm.each("packing_list_line", condition, { params = { proforma_line.id, except or 0 } })
  for line in lines do
    packed = packed + line.quantity
  end
  return packed
end

--- Whether everything of a proforma invoice is packed.
function packing_lists.is_complete(proforma)
  for _, line in ipairs(proforma.lines) do
    if packing_lists.packed(line) < line.quantity then
      return false
    end
  end
  return true
end

--- Whether goods of a proforma invoice may be packed: a confirmed one, or a shipped one whose list was cancelled since.
function packing_lists.is_open(proforma)
  return proforma.status == "confirmed" or proforma.status == "shipped" and not packing_lists.is_complete(proforma)
end

--- Refuses to change a line of a packing list that is out, or was cancelled.
function packing_lists.check_line(list, fail)
  if list and list.status ~= "draft" then
    fail(nil, crm.t("packing_list.line_" .. list.status, { code = list.code, status = list:label("status") }))
  end
end

--- Computes the totals of a packing list from its lines and saves them when they differ.
function packing_lists.add_up(list)
  papers.store(list, goods.measures(list.lines), FIELDS)
end

return packing_lists
