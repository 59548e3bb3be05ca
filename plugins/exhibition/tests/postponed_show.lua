local fixtures = require "tests.support.fixtures"

test("visitors of a show that is put off still come in, and name a new day only within it", function()
  local show = fixtures.show()
  local visitor = crm.create("visitor", {
    show = show, name = "邓芳", mobile = "18088031859", visits_on = crm.date.date(2027, 4, 18),
  })
  crm.update(show, { starts_on = "2027-05-20", ends_on = "2027-05-23", move_out_on = "2027-05-23" })
  local said = require("commands.check_in").run({ badge = visitor.code })
  expect.truthy(said:find("已签到：TEST2027-V00001", 1, true))
  expect.error(function()
    crm.update(visitor, { visits_on = "2027-05-19" })
  end, "到场日期须在展会开幕与闭幕之间（2027-05-20 至 2027-05-23）")
  expect.truthy(crm.update(visitor, { visits_on = "2027-05-20" }))
end)
