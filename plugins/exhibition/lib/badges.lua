-- What a badge shows of a visitor.

local badges = {}

local COLOURS = { trade = "#1565c0", buyer = "#6a1b9a", press = "#ef6c00", vip = "#c62828", public = "#546e7a" }

--- The colour of the band that tells the kind of a visitor from afar.
function badges.colour(kind)
  return COLOURS[kind] or COLOURS.public
end

--- A visitor as a badge of a sheet.
function badges.of(visitor)
  return {
    code = visitor.code,
    name = visitor.name,
    company = visitor.company or "",
    job_title = visitor.job_title or "",
    kind = visitor:label("kind"),
    colour = badges.colour(visitor.kind),
  }
end

return badges
