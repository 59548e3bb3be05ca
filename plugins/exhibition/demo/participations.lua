-- Customers who decided at their first visit (即时决定) get a booth of just the size they wanted, in the order of
-- their codes. Every fifth booth stays free, so that there is something left to sell. Some order services, those who
-- sign pay their deposit, and customers of agents come through one. Then others are invited who have no booth yet.

local booths = require "lib.booths"
local the_show = require "demo.the_show"

-- How far a participation comes, in turn.
local WAYS = { { "confirmed" }, { "confirmed", "contracted" }, {}, { "confirmed" } }
local INVITED, VISITED = 40, 60

local function booths_to_give(show)
  local kept = {}
  for index, booth in ipairs(booths.free(show)) do
    if index % 5 ~= 0 then
      kept[#kept + 1] = booth
    end
  end
  return kept
end

local function take_exactly(free, booth_type, area)
  for index, booth in ipairs(free) do
    if booth.type == booth_type and booth.area == area then
      return table.remove(free, index)
    end
  end
  return nil
end

local function order_services(participation, items)
  local orders = {
    { item = items["TABLE-01"], quantity = "1" },
    { item = items["CHAIR-01"], quantity = "4" },
    { item = items["POWER-15"], quantity = "1" },
  }
  for _, order in ipairs(orders) do
    order.participation = participation
    crm.create("participation_service", order)
  end
end

local function advance(participation, steps, given)
  for _, status in ipairs(steps) do
    local values = { status = status }
    if status == "contracted" then
      participation = crm.get("participation", participation.id)
      crm.create("participation_payment", {
        participation = participation,
        kind = "deposit",
        amount = participation.deposit,
        voucher = string.format("SK-%05d", given),
      })
      values.contract_number = string.format("HT-%d-%04d", participation.show.starts_on.year, given)
    end
    participation = crm.update("participation/" .. participation.id, values)
  end
end

local function agent_of(customer, agents)
  return customer.source == "agent" and agents[customer.id % #agents + 1] or nil
end

local function give_booths(show, items, agents)
  local free, given = booths_to_give(show), 0
  for customer in crm.each("customer", "exhibition_first_visit = 'immediate'", { sort = "code, id" }) do
    local booth_type, area = booths.wanted(customer)
    local booth = booth_type and take_exactly(free, booth_type, area)
    if booth then
      given = given + 1
      local participation = crm.create("participation", {
        show = show,
        customer = customer,
        booth = booth.id,
        agent = agent_of(customer, agents),
        status = "reserved",
      })
      if given % 8 == 0 then
        order_services(participation, items)
      end
      advance(participation, WAYS[given % #WAYS + 1], given)
    end
  end
end

local function invite(show, outcome, status, count)
  local condition = "exhibition_first_visit = ? and exhibition_product_class is not empty"
  local customers = crm.find("customer", condition, { params = { outcome }, sort = "code, id", limit = count })
  for _, customer in ipairs(customers) do
    crm.create("participation", { show = show, customer = customer, status = status })
  end
end

local show = the_show.find()
if crm.count("participation", "show = " .. show.id) == 0 then
  local items, agents = {}, crm.find("recruiting_agent", nil, { sort = "code" })
  for item in crm.each("service_item") do
    items[item.code] = item
  end
  give_booths(show, items, agents)
  invite(show, "objection", "visited", VISITED)
  invite(show, "not_contacted", "invited", INVITED)
end
