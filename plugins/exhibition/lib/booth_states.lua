-- The state of a booth, as maps show it: from free to occupied.

local booth_states = {}

local OF_STATUS = {
  invited = "reserved", visited = "reserved", reserved = "reserved",
  confirmed = "confirmed", contracted = "contracted",
  moved_in = "on_site", moved_out = "on_site", surveyed = "on_site",
}

local SIGNS = { free = "□", reserved = "▣", confirmed = "◪", contracted = "■", on_site = "★" }

local COLOURS = {
  free = { fill = "#ffffff", text = "#455a64" },
  reserved = { fill = "#ffe082", text = "#4e342e" },
  confirmed = { fill = "#64b5f6", text = "#0d2c4f" },
  contracted = { fill = "#2e7d32", text = "#ffffff" },
  on_site = { fill = "#00565c", text = "#ffffff" },
}

--- All states in their order.
booth_states.all = { "free", "reserved", "confirmed", "contracted", "on_site" }

--- The state of a booth whose participation has this status; nil stands for no participation.
function booth_states.of(status)
  return status and OF_STATUS[status] or "free"
end

--- The sign of a state on a map of text.
function booth_states.sign(state)
  return SIGNS[state]
end

--- The colours of a state on a drawn map: {fill, text}.
function booth_states.colours(state)
  return COLOURS[state]
end

return booth_states
