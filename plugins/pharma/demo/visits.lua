-- A visit plan of this month for each representative over doctors of all grades, and the visits made so far: each
-- representative keeps up with a different part of the plan.

local lookup = require "lib.lookup"
local plans = require "lib.plans"

local CONTENTS = {
  "介绍新适应症的临床资料", "回访上次处方的疗效", "送交药品说明书更新版", "邀请参加科室会", "了解库存与补货需要",
}
local WAYS = { "face_to_face", "face_to_face", "phone", "wechat" }

local first = lookup.month()
local today = crm.date.today()
local drugs = crm.find("drug", nil, { sort = "code" })

local function chosen_doctors(rep)
  local doctors = {}
  for _, grade in ipairs({ "A", "B", "C" }) do
    local found = crm.find("doctor", "hospital.rep = ? and grade = ?", {
      params = { rep.id, grade }, sort = "code", limit = 10,
    })
    table.move(found, 1, #found, #doctors + 1, doctors)
  end
  return doctors
end

-- One visit in each week of the month that has begun, or in every second one; every `gap`-th is left out.
local function make_visits(rep, doctors, gap)
  local number = 0
  for index, doctor in ipairs(doctors) do
    local step = doctor.grade == "A" and 7 or doctor.grade == "B" and 15 or 30
    local day = first + index % 7
    while day <= today do
      number = number + 1
      if number % gap ~= 0 then
        crm.create("visit_record", {
          rep = rep.id,
          doctor = doctor.id,
          visited_on = day,
          way = WAYS[index % #WAYS + 1],
          drug = drugs[index % #drugs + 1],
          content = CONTENTS[number % #CONTENTS + 1],
        })
      end
      day = day + step
    end
  end
end

local gap = 1
for rep in crm.each("salesperson", "code like 'MR0%'", { sort = "code, id" }) do
  gap = gap + 1
  if crm.count("visit_plan", "rep = ? and month_on = ?", { params = { rep.id, first } }) == 0 then
    local doctors = chosen_doctors(rep)
    plans.write(rep, first, doctors)
    make_visits(rep, doctors, gap)
  end
end
