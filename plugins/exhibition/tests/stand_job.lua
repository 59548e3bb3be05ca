local fixtures = require "tests.support.fixtures"

local function job(world)
  local participation = fixtures.participation(world, world.tools, world.raw)
  return crm.create("stand_job", { participation = participation }), participation
end

local function move(of, stage, values)
  values = values or {}
  values.stage = stage
  return crm.update("stand_job/" .. of.id, values)
end

test("a stand is built in seven phases, each with what it needs", function()
  local world = fixtures.world()
  local of, participation = job(world)
  expect.equal(of.code, "SJ2026-0001")
  expect.equal(of:id_of("customer"), world.tools.id)
  local function refused(stage, text, values)
    expect.error(function()
      move(of, stage, values)
    end, text)
  end
  refused("design", "进入设计前须填写上门拜访日期")
  refused("design", "进入设计前须取得参展资料")
  refused("design", "进入设计前须明确设计图交付日期")
  move(of, "design", { visited_on = "2026-11-02", materials_received = true, design_due_on = "2026-11-30" })
  refused("production", "不能从「设计」变为「制作」")
  refused("signing", "签约前设计须定稿", { quoted_amount = "68000.00" })
  refused("signing", "定稿日期不能早于初稿交付日期", {
    quoted_amount = "68000.00", draft_delivered_on = "2026-11-20", design_final_on = "2026-11-19",
  })
  move(of, "signing", {
    quoted_amount = "68000.00", draft_delivered_on = "2026-11-10", design_final_on = "2026-11-20",
  })
  refused("production", "制作前须签订合同", { contract_number = "DJ-1", contract_amount = "66000.00" })
  move(of, "production", { contract_number = "DJ-1", contract_amount = "66000.00", signed_on = "2026-11-21" })
  refused("construction", "手续", { work_order = "GD-7" })
  expect.equal(crm.get("participation", participation.id).stand_approved, false)
  move(of, "construction", { work_order = "GD-7", permits_ready = true })
  expect.equal(crm.get("participation", participation.id).stand_approved, true)
  refused("on_show", "请填写追加、变更项目", {
    built_on = "2026-11-21", accepted_on = "2026-11-21", changes_amount = "1250.50",
  })
  refused("on_show", "开展前须经客户验收", { built_on = "2026-11-21" })
  local shown = move(of, "on_show", {
    built_on = "2026-11-21", accepted_on = "2026-11-21", changes_amount = "1250.50", changes = "加射灯",
  })
  -- 66000.00 + 1250.50
  expect.equal(tostring(shown.total), "67250.50")
  refused("follow_up", "后续跟踪前须现场拆除")
  expect.equal(move(of, "follow_up", { dismantled_on = "2026-11-21" }).stage, "follow_up")
end)

test("no stand is built for who does not take part", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.tools, world.raw)
  crm.update("participation/" .. participation.id, { status = "cancelled" })
  expect.error(function()
    crm.create("stand_job", { participation = participation })
  end, "已取消，不能新建搭建项目")
end)

test("changes on site do not make the total negative", function()
  local of = job(fixtures.world())
  expect.error(function()
    crm.update("stand_job/" .. of.id, { contract_amount = "100.00", changes_amount = "-100.01", changes = "退款" })
  end, "不能是负数：-0.01 元")
end)

test("a stand that is signed is cancelled, not deleted", function()
  local early, participation = job(fixtures.world())
  crm.delete(early)
  local of = crm.create("stand_job", { participation = participation })
  of = crm.update("stand_job/" .. of.id, { contract_number = "DJ-1" })
  expect.error(function() crm.delete(of) end, "不能删除；请改为取消")
end)
