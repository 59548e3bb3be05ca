-- What a mail is about, by the rules in the README; the first that fits decides.

local mails = {}

-- Beginnings of subjects, in small letters, by kind.
local BEGINNINGS = {
  auto_reply = {
    "automatic reply", "auto reply", "autoreply", "auto:", "out of office", "undeliverable", "undelivered",
    "delivery status notification", "mail delivery failed", "自动回复", "自動回覆", "退信",
  },
  newsletter = { "newsletter", "unsubscribe", "promotion", "advertisement", "广告", "廣告" },
  complaint = { "complaint", "claim", "quality problem", "投诉", "投訴", "索赔", "索賠" },
  order = { "order", "purchase order", "po ", "p.o.", "订单", "訂單" },
}
local REPLIES = { "re:", "re：", "fw:", "fwd:", "回复", "回覆", "答复", "转发", "轉發" }
local DEMANDS = {
  "inquiry", "enquiry", "inquire", "rfq", "quote", "quotation", "price", "询价", "詢價", "询盘", "詢盤", "报价", "報價",
}

local function begins_with(text, beginnings)
  for _, beginning in ipairs(beginnings) do
    if text:sub(1, #beginning) == beginning then
      return beginning
    end
  end
  return nil
end

local function contains(text, words)
  for _, word in ipairs(words) do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

--- The subject in small letters without RE:, FW: and the like in front.
function mails.bare_subject(subject)
  local text = subject:lower():gsub("^%s+", "")
  local reply = begins_with(text, REPLIES)
  while reply do
    text = text:sub(#reply + 1):gsub("^[%s:]+", ""):gsub("^：", "")
    reply = begins_with(text, REPLIES)
  end
  return text
end

--- The kind of a mail (dictionary inquiry_kind). mail: subject, in_reply_to, auto_submitted,
--- list_unsubscribe, precedence, body.
function mails.kind(mail)
  local subject = mail.subject:lower():gsub("^%s+", "")
  local bare = mails.bare_subject(mail.subject)
  local precedence = (mail.precedence or ""):lower()
  local automatic = (mail.auto_submitted or "no"):lower() ~= "no" or precedence == "auto_reply"
  if automatic or begins_with(bare, BEGINNINGS.auto_reply) then
    return "auto_reply"
  end
  local bulk = precedence == "bulk" or precedence == "list" or precedence == "junk"
  if mail.list_unsubscribe or bulk or begins_with(bare, BEGINNINGS.newsletter) then
    return "newsletter"
  end
  if begins_with(bare, BEGINNINGS.complaint) then
    return "complaint"
  end
  if begins_with(bare, BEGINNINGS.order) then
    return "order"
  end
  if mail.in_reply_to or begins_with(subject, REPLIES) then
    return "follow_up"
  end
  if contains(subject, DEMANDS) or contains((mail.body or ""):lower(), DEMANDS) then
    return "inquiry"
  end
  return "other"
end

local NOT_WORKED_ON = { newsletter = true, auto_reply = true }
local BECOMES_LEAD = { inquiry = true, follow_up = true }

--- Whether nobody works on mails of a kind.
function mails.is_ignored(kind)
  return NOT_WORKED_ON[kind] == true
end

--- Whether a mail of a kind shows a demand that becomes a lead.
function mails.becomes_lead(kind)
  return BECOMES_LEAD[kind] == true
end

--- What all mails of one exchange share: the mail that is answered, or else the sender and the product or
--- subject.
function mails.thread(mail)
  if mail.in_reply_to then
    local answered = crm.find("inquiry", "message_id = ?", { params = { mail.in_reply_to }, limit = 1 })[1]
    if answered and answered.thread then
      return answered.thread
    end
  end
  local about = mail.product_sku or mails.bare_subject(mail.subject)
  return ((mail.from_email or ""):lower() .. " " .. about):sub(1, 255)
end

return mails
