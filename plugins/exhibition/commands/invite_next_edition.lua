-- Invites the exhibitors of a show to its next edition, unless they said that they will not come. Who is in it already
-- is left alone.

local shows = require "lib.shows"

local function already_in(show, customer_id)
  return crm.count("participation", "show = ? and customer = ?", { params = { show.id, customer_id } }) > 0
end

local function run(args)
  local target = shows.find(args.to)
  local source = args.from and args.from ~= "" and shows.find(args.from) or target.previous
  if not source then
    error({ code = "invalid_input", message = crm.t("invite_next.no_source", { show = target.name }) })
  end
  if source.id == target.id then
    error({ code = "invalid_input", message = crm.t("invite_next.same", { show = target.name }) })
  end
  local invited, known, declined = 0, 0, 0
  local condition = "show = ? and status in ('moved_out', 'surveyed')"
  for participation in crm.each("participation", condition, { params = { source.id }, sort = "code, id" }) do
    if participation.next_edition == "no" then
      declined = declined + 1
    elseif already_in(target, participation:id_of("customer")) then
      known = known + 1
    else
      crm.create("participation", {
        show = target,
        customer = participation.customer,
        contact = participation.contact,
        agent = participation.agent,
        product_class = participation.product_class,
        fascia = participation.fascia,
        status = "invited",
      })
      invited = invited + 1
    end
  end
  if invited + known + declined == 0 then
    error({ code = "invalid_input", message = crm.t("invite_next.nobody", { from = source.name }) })
  end
  return crm.t("invite_next.done", {
    from = source.name,
    to = target.name,
    invited = tostring(invited),
    known = tostring(known),
    declined = tostring(declined),
  })
end

return {
  name = "invite_next_edition",
  title = { ["zh-CN"] = "邀请参加下一届", ["zh-TW"] = "邀請參加下一屆", en = "Invite to the next edition" },
  params = {
    { name = "to", type = "text", required = true,
      label = { ["zh-CN"] = "下一届展会代码", ["zh-TW"] = "下一屆展會代碼", en = "Code of the next edition" } },
    { name = "from", type = "text", default = "",
      label = { ["zh-CN"] = "上一届展会代码", ["zh-TW"] = "上一屆展會代碼", en = "Code of the edition before" } },
  },
  run = run,
}
