-- Notes that a visitor has come: the badge number is read from the QR code of the badge.

local function find_visitor(badge)
  local code = (badge or ""):match("^%s*(.-)%s*$"):upper()
  if code == "" then
    error({ code = "invalid_input", message = crm.t("check_in.no_badge") })
  end
  local visitor = crm.find("visitor", "code = ?", { params = { code }, limit = 1 })[1]
  if not visitor then
    error({ code = "not_found", message = crm.t("check_in.unknown", { badge = code }) })
  end
  return visitor
end

local function refuse_who_cannot_enter(visitor)
  if visitor.status == "cancelled" then
    error({ code = "invalid_input", message = crm.t("check_in.cancelled", { badge = visitor.code, name = visitor.name }) })
  end
  if visitor.show.ends_on < crm.date.today() then
    error({
      code = "invalid_input",
      message = crm.t("check_in.over", {
        badge = visitor.code,
        show = visitor.show.name,
        ends_on = tostring(visitor.show.ends_on),
      }),
    })
  end
end

local function text(key, visitor)
  return crm.t(key, {
    badge = visitor.code,
    name = visitor.name,
    company = visitor.company or "",
    kind = visitor:label("kind"),
    companions = tostring(visitor.companions or 0),
    show = visitor.show.name,
    starts_on = tostring(visitor.show.starts_on),
  })
end

local function run(args)
  local visitor = find_visitor(args.badge)
  refuse_who_cannot_enter(visitor)
  if visitor.status == "checked_in" then
    return text("check_in.again", visitor)
  end
  visitor = crm.update(visitor, { status = "checked_in" })
  local said = text("check_in.done", visitor)
  if crm.date.today() < visitor.show.starts_on then
    said = said .. "\n" .. text("check_in.early", visitor)
  end
  return said
end

return {
  name = "check_in",
  title = { ["zh-CN"] = "观众签到", ["zh-TW"] = "觀眾簽到", en = "Check a visitor in" },
  params = {
    { name = "badge", type = "text", required = true,
      label = { ["zh-CN"] = "证件号", ["zh-TW"] = "證件號", en = "Badge number" } },
  },
  run = run,
}
