-- Columns that several reports and commands share.

local columns = {}

--- A column: name, type, labels in zh-CN, zh-TW and en; total says whether its sum is written.
function columns.column(name, kind, zh_cn, zh_tw, en, total)
  return { name = name, type = kind, total = total or nil, label = { ["zh-CN"] = zh_cn, ["zh-TW"] = zh_tw, en = en } }
end

--- A parameter: name, labels in three languages; a text that may be left out unless `required`.
function columns.parameter(name, zh_cn, zh_tw, en, required)
  return {
    name = name, type = "text", default = not required and "" or nil, required = required or nil,
    label = { ["zh-CN"] = zh_cn, ["zh-TW"] = zh_tw, en = en },
  }
end

--- A share in percent with two places, nil when the whole is 0; part and whole are integers.
function columns.percent(part, whole)
  if whole == 0 then
    return nil
  end
  return crm.decimal(part * 100):div(crm.decimal(whole), 2)
end

return columns
