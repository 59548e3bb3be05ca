-- Finding the show that a report or command is about.

local shows = {}

--- The show with this code, name or number, such as show/1; without one, the show that opens last. Raises when there is
--- none.
function shows.find(code)
  local show
  if code and code ~= "" then
    show = code:match("^show/%d+$") and crm.get(code)
      or crm.find("show", "code = ? or name = ?", { params = { code, code }, limit = 1 })[1]
  else
    show = crm.find("show", nil, { sort = "starts_on desc, id desc", limit = 1 })[1]
  end
  if not show then
    local message = code and code ~= "" and crm.t("show.unknown", { code = code }) or crm.t("show.none")
    error({ code = "not_found", message = message })
  end
  return show
end

--- The only show that recruits or is open; nil when there is none or more than one.
function shows.only_current()
  local found = crm.find("show", "status in ('recruiting', 'open')", { limit = 2 })
  return #found == 1 and found[1] or nil
end

--- The show that recruits exhibitors and opens next; nil when there is none.
function shows.recruiting()
  return crm.find("show", "status = 'recruiting'", { sort = "starts_on, id", limit = 1 })[1]
end

return shows
