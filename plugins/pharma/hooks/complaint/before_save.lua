-- Traces the batch back to who delivered it to the complaining hospital, and forward to everybody who has it.

local trace = require "lib.trace"

local function trace_back(complaint)
  local batch_id, hospital_id = complaint:id_of("batch"), complaint:id_of("hospital")
  local distributor_id = complaint:id_of("distributor")
  if hospital_id then
    local codes = {}
    local suppliers = trace.suppliers(batch_id, hospital_id)
    for _, supplier in ipairs(suppliers) do
      codes[#codes + 1] = supplier.distributor and supplier.distributor.code or crm.plugin.settings.manufacturer
    end
    complaint.is_delivered = #suppliers > 0
    complaint.suppliers = #codes > 0 and table.concat(codes, ", ", 1, math.min(#codes, 20)) or nil
  elseif distributor_id then
    complaint.is_delivered = crm.count("flow", "batch = ? and (shipper = ? or receiver_distributor = ?)", {
      params = { batch_id, distributor_id, distributor_id },
    }) > 0
  end
end

local function trace_forward(complaint)
  local graph = trace.batch(complaint.batch)
  complaint.traced_on = crm.date.today()
  complaint.trace_hospitals = #graph.hospitals
  complaint.trace_distributors = #graph.distributors
  complaint.trace_quantity = graph.totals.hospitals
end

return function(complaint)
  if complaint:is_new() or complaint:changed("batch") or complaint:changed("hospital")
    or complaint:changed("distributor") then
    trace_back(complaint)
  end
  local starts = complaint:is_new() or complaint:changed("status") or complaint:changed("batch")
  if starts and (complaint.status == "tracing" or complaint.status == "recalled") then
    trace_forward(complaint)
  end
end
