-- A target is called by its agent and its show.

return function(target)
  if target.agent and target.show then
    target.name = target.agent.name .. " · " .. target.show.code
  end
end
