local fixtures = require "tests.support.fixtures"

test("a doctor's grade follows from title and hospital", function()
  local top, plain = fixtures.hospital("H1"), fixtures.hospital("H2", { level = "2b" })
  -- 3 + 3 = 6
  expect.equal(fixtures.doctor(top, "DR1").grade, "A")
  -- 2 + 3 = 5
  expect.equal(fixtures.doctor(top, "DR2", { professional_title = "deputy_chief" }).grade, "A")
  -- 1 + 3 = 4
  local attending = fixtures.doctor(top, "DR3", { professional_title = "attending" })
  expect.equal(attending.points, 4)
  expect.equal(attending.grade, "B")
  -- 3 + 0 = 3
  expect.equal(fixtures.doctor(plain, "DR4").grade, "B")
  -- 2 + 0 = 2
  expect.equal(fixtures.doctor(plain, "DR5", { professional_title = "deputy_chief" }).grade, "C")
end)

test("doctors are graded anew when their hospital is", function()
  local hospital = fixtures.hospital("H1")
  local doctor = fixtures.doctor(hospital, "DR1", { professional_title = "attending" })
  crm.update(hospital, { level = "2a" })
  doctor = crm.get("doctor", doctor.id)
  -- 1 + 1
  expect.equal(doctor.points, 2)
  expect.equal(doctor.grade, "C")
end)

test("grade and points cannot be typed in", function()
  local doctor = fixtures.doctor(fixtures.hospital("H1", { level = "2b" }), "DR1", { professional_title = "attending", grade = "A" })
  expect.equal(doctor.grade, "C")
end)

test("the same doctor is entered once, and a code is given once", function()
  local hospital = fixtures.hospital("H1")
  fixtures.doctor(hospital, "DR1", { name = "杨楠", mobile = "17583894800" })
  expect.error(function()
    fixtures.doctor(hospital, "DR2", { name = "杨楠", mobile = "+86 175-8389-4800" })
  end, "姓名、手机相同")
  expect.error(function()
    fixtures.doctor(hospital, "DR1", { name = "刘帅" })
  end, "「医生编码」的值已被")
end)

test("a city must be one of the province, whatever the sales region", function()
  expect.truthy(fixtures.hospital("H1", { region = "north", province = "shandong", city = "qingdao" }))
  expect.error(function()
    fixtures.hospital("H2", { province = "shandong", city = "wuhan" })
  end, "城市")
end)
