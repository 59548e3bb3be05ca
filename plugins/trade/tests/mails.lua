local mails = require "lib.mails"

local function kind(subject, more)
  local mail = { subject = subject }
  for field, value in pairs(more or {}) do
    mail[field] = value
  end
  return mails.kind(mail)
end

test("subjects say what mails are about", function()
  expect.equal(kind("Inquiry Azure lamp HO-0000"), "inquiry")
  expect.equal(kind("询价：台灯 HO-0000"), "inquiry")
  expect.equal(kind("RE: Quotation Azure lamp HO-0000"), "follow_up")
  expect.equal(kind("回复：报价 HO-0000"), "follow_up")
  expect.equal(kind("Order Azure lamp HO-0000"), "order")
  expect.equal(kind("Complaint Azure lamp HO-0000"), "complaint")
  expect.equal(kind("Newsletter Azure lamp HO-0000"), "newsletter")
  expect.equal(kind("Automatic reply: Inquiry"), "auto_reply")
  expect.equal(kind("Hello from Rotterdam"), "other")
end)

test("RE: and FW: do not hide what a mail is", function()
  expect.equal(kind("RE: FW: Complaint about the lamps"), "complaint")
  expect.equal(kind("回复：自动回复：询价"), "auto_reply")
  expect.equal(mails.bare_subject("Re: FWD:  RE: Azure lamp"), "azure lamp")
end)

test("headers tell machines from people", function()
  expect.equal(kind("Inquiry", { auto_submitted = "auto-replied" }), "auto_reply")
  expect.equal(kind("Inquiry", { auto_submitted = "no" }), "inquiry")
  expect.equal(kind("Inquiry", { precedence = "bulk" }), "newsletter")
  expect.equal(kind("Our prices", { list_unsubscribe = "<https://example.com/u>" }), "newsletter")
  expect.equal(kind("Lamps", { in_reply_to = "1@example.net" }), "follow_up")
end)

test("a text that asks for a price makes an inquiry of any subject", function()
  expect.equal(kind("Azure lamp", { body = "Please quote 500 PCS" }), "inquiry")
  expect.equal(kind("Newsletter", { body = "Please quote 500 PCS" }), "newsletter")
end)
