-- Who a receiver code stands for. An import asks for the same few hundred codes many thousand times, so the numbers of
-- the records found are remembered; each is looked at again before it is used, because data changes.

local receivers = {}

local LIMIT = 5000

local options = { params = {}, limit = 1 }
local known = { hospital = {}, distributor = {} }
local count = 0

local function remembered(object, code)
  local id = known[object][code]
  local record = id and crm.get(object, id)
  return record and record.code == code and record or nil
end

local function found(object, code)
  options.params[1] = code
  local record = crm.find(object, "code = ?", options)[1]
  if record then
    if count >= LIMIT then
      known, count = { hospital = {}, distributor = {} }, 0
    end
    known[object][code], count = record.id, count + 1
  end
  return record
end

--- The hospital or else the distributor with a code: two values of which at most one is a record. A code belongs to
--- one of both, which the validators of hospital and distributor see to.
function receivers.named(code)
  local hospital = remembered("hospital", code)
  if hospital then
    return hospital, nil
  end
  local distributor = remembered("distributor", code)
  if distributor then
    return nil, distributor
  end
  hospital = found("hospital", code)
  return hospital, not hospital and found("distributor", code) or nil
end

return receivers
