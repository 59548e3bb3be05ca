-- Runs the cases and gives their outcomes in one text, each behind its length. A case gives the function that is tried, and its
-- arguments.
local outcomes = {}
for number = first, first + count - 1 do
  start(number)
  local came = outcome(case())
  outcomes[#outcomes + 1] = #came .. ":" .. came
end
-- Pairs of neighbours, so that no text is copied more often than needed.
while #outcomes > 1 do
  local joined = {}
  for index = 1, #outcomes, 2 do joined[#joined + 1] = outcomes[index] .. (outcomes[index + 1] or "") end
  outcomes = joined
end
return outcomes[1]
