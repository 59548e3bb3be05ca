local fixtures = require "tests.support.fixtures"

test("a batch makes its drug, and the drug its product", function()
  local drug = fixtures.batch("B1").drug
  expect.equal(drug.code, "YP-0001")
  expect.equal(drug.generic_name, "布洛芬缓释胶囊")
  expect.equal(drug.strength, "0.3g*20")
  expect.equal(drug.product.code, "YP-0001")
  expect.equal(drug.product.name, "布洛芬缓释胶囊")
  expect.equal(drug.product.spec, "0.3g*20")
  expect.equal(drug.product.unit, "盒")
end)

test("batches of one drug share it", function()
  local first, second = fixtures.batch("B1"), fixtures.batch("B2")
  expect.equal(first:id_of("drug"), second:id_of("drug"))
  expect.equal(crm.count("drug"), 1)
  local other = fixtures.batch("B3", { drug_name = "六味地黄丸200丸" }).drug
  expect.equal(other.code, "YP-0002")
  expect.equal(other.generic_name, "六味地黄丸")
  expect.equal(other.strength, "200丸")
end)

test("a product follows its drug", function()
  local drug = fixtures.batch("B1").drug
  crm.update(drug, { unit = "瓶", generic_name = "布洛芬胶囊", name_en = "Ibuprofen Capsules" })
  local product = crm.get("drug", drug.id).product
  expect.equal(product.unit, "瓶")
  expect.equal(product.name, "布洛芬胶囊")
  expect.equal(product.name_en, "Ibuprofen Capsules")
end)

test("a change of the unit alone reaches the product", function()
  local drug = fixtures.batch("B1").drug
  crm.update(drug, { unit = "瓶" })
  expect.equal(crm.get("drug", drug.id).product.unit, "瓶")
end)

test("a drug may say its strength itself", function()
  local drug = crm.create("drug", { name = "阿莫西林胶囊0.25g*24", strength = "0.25g×24粒" })
  expect.equal(drug.generic_name, "阿莫西林胶囊")
  expect.equal(drug.strength, "0.25g×24粒")
end)

test("name and drug of a batch go together", function()
  local drug = crm.create("drug", { name = "六味地黄丸200丸" })
  local batch = fixtures.batch("B1", { drug_name = "", drug = drug })
  expect.equal(batch.drug_name, "六味地黄丸200丸")
  batch = crm.update(batch, { drug_name = "阿莫西林胶囊0.25g*24" })
  expect.equal(batch.drug.generic_name, "阿莫西林胶囊")
end)

test("an English name given later reaches the product", function()
  local drug = fixtures.batch("B1").drug
  crm.update(drug, { name_en = "Ibuprofen Sustained-Release Capsules" })
  expect.equal(crm.get("drug", drug.id).product.name_en, "Ibuprofen Sustained-Release Capsules")
end)

test("a batch expires after it was made, and was made by today", function()
  expect.error(function()
    fixtures.batch("B1", { expires_on = fixtures.day("2026-01-05") })
  end, "有效期至必须晚于生产日期")
  expect.error(function()
    fixtures.batch("B1", { made_on = fixtures.day("2026-11-22") })
  end, "生产日期不能晚于今天")
  expect.error(function()
    fixtures.batch("B1", { quantity = 0 })
  end, "生产数量")
end)

test("an approval number has its form", function()
  local drug = fixtures.batch("B1").drug
  expect.equal(crm.update(drug, { approval_number = "国药准字H20013062" }).approval_number, "国药准字H20013062")
  expect.error(function()
    crm.update("drug/" .. drug.id, { approval_number = "H123" })
  end, "批准文号")
end)

test("a batch has a drug", function()
  expect.error(function()
    fixtures.batch("B1", { drug_name = "" })
  end, "请填写药品名称")
end)
