-- The badge of one visitor; the QR code holds the badge number, which the command check_in takes.

local badges = require "lib.badges"

local function data(visitor)
  return {
    company = visitor.company or "",
    job_title = visitor.job_title or "",
    colour = badges.colour(visitor.kind),
    show_title = visitor.show.name,
    show_title_en = visitor.show.name_en or "",
  }
end

return {
  name = "visitor_badge",
  object = "visitor",
  title = { ["zh-CN"] = "观众胸卡", ["zh-TW"] = "觀眾胸卡", en = "Visitor badge" },
  data = data,
}
