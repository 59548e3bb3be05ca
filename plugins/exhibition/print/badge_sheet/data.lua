-- A batch of badges, eight on a sheet, in the order of the badge numbers; cancelled registrations get none.

local badges = require "lib.badges"

local PAGE = 200

local function matching(batch)
  local condition, params = "show = ? and status <> 'cancelled'", { batch:id_of("show") }
  for _, field in ipairs({ "kind", "visits_on" }) do
    if batch[field] then
      condition = condition .. " and " .. field .. " = ?"
      params[#params + 1] = batch[field]
    end
  end
  return condition, params
end

local function visitors_of(batch)
  local condition, params = matching(batch)
  local found, left_out, after = {}, batch.skip, nil
  repeat
    local page
    page, after = crm.find("visitor", condition, { params = params, sort = "code, id", limit = PAGE, after = after })
    for _, visitor in ipairs(page) do
      if left_out > 0 then
        left_out = left_out - 1
      elseif #found < batch.size then
        found[#found + 1] = badges.of(visitor)
      end
    end
  until not after or #found == batch.size
  return found
end

local function data(batch)
  local visitors = visitors_of(batch)
  if #visitors == 0 then
    error({ code = "invalid_input", message = crm.t("badge_sheet.nobody", { batch = batch.code, show = batch.show.name }) })
  end
  return {
    visitors = visitors,
    show_title = batch.show.name,
    show_title_en = batch.show.name_en or "",
  }
end

return {
  name = "badge_sheet",
  object = "badge_batch",
  title = { ["zh-CN"] = "胸卡打印", ["zh-TW"] = "胸卡列印", en = "Sheet of badges" },
  data = data,
}
