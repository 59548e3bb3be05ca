internal import CRMModel

extension MessageKey {
    static let templateInvalid = MessageKey(
        "print.invalid",
        zhCN: "打印模板「{template}」有问题：",
        zhTW: "列印範本「{template}」有問題：",
        en: "The print template \"{template}\" has problems:"
    )
    static let templateFault = MessageKey(
        "print.fault",
        zhCN: "打印模板「{template}」：{problem}",
        zhTW: "列印範本「{template}」：{problem}",
        en: "Print template \"{template}\": {problem}"
    )
    static let templateRefused = MessageKey(
        "print.refused",
        zhCN: "打印模板「{template}」无法解析",
        zhTW: "列印範本「{template}」無法解析",
        en: "The print template \"{template}\" cannot be read"
    )
    static let templatePlace = MessageKey(
        "print.place",
        zhCN: "第 {line} 行第 {column} 列：{problem}",
        zhTW: "第 {line} 行第 {column} 欄：{problem}",
        en: "line {line}, column {column}: {problem}"
    )
    static let templateTooLarge = MessageKey(
        "print.too_large",
        zhCN: "打印模板「{template}」超过 {limit} KB",
        zhTW: "列印範本「{template}」超過 {limit} KB",
        en: "The print template \"{template}\" is larger than {limit} KB"
    )
    static let templateTagOpen = MessageKey(
        "print.tag_open",
        zhCN: "标签没有写完，缺少 }}",
        zhTW: "標籤沒有寫完，缺少 }}",
        en: "the tag has no end; }} is missing"
    )
    static let templateRaw = MessageKey(
        "print.raw",
        zhCN: "不允许原样输出「{name}」；请写 {{{name}}}，内容会自动转义",
        zhTW: "不允許原樣輸出「{name}」；請寫 {{{name}}}，內容會自動轉義",
        en: "unescaped output of \"{name}\" is not allowed; write {{{name}}}, which is escaped"
    )
    static let templateDelimiters = MessageKey(
        "print.delimiters",
        zhCN: "不允许更改标签的分隔符",
        zhTW: "不允許更改標籤的分隔符",
        en: "the delimiters of tags cannot be changed"
    )
    static let templateForeignTag = MessageKey(
        "print.foreign_tag",
        zhCN: "不支持以「{tag}」开头的标签",
        zhTW: "不支援以「{tag}」開頭的標籤",
        en: "tags that begin with \"{tag}\" are not supported"
    )
    static let templatePartialName = MessageKey(
        "print.partial_name",
        zhCN: "「{name}」不是模板名；子模板只能取自本插件，名称由小写字母、数字和下划线组成",
        zhTW: "「{name}」不是範本名；子範本只能取自本外掛，名稱由小寫字母、數字和底線組成",
        en:
            "\"{name}\" is not the name of a template; partials come from the plugin alone, named with small letters, digits and underscores"
    )
    static let templateUnknownPartial = MessageKey(
        "print.unknown_partial",
        zhCN: "没有名为「{name}」的子模板。现有：{known}",
        zhTW: "沒有名為「{name}」的子範本。現有：{known}",
        en: "there is no partial named \"{name}\". Partials here: {known}"
    )
    static let templateCircle = MessageKey(
        "print.circle",
        zhCN: "子模板互相包含：{path}",
        zhTW: "子範本互相包含：{path}",
        en: "partials contain each other: {path}"
    )
    static let templateNesting = MessageKey(
        "print.nesting",
        zhCN: "嵌套超过 {limit} 层",
        zhTW: "巢狀超過 {limit} 層",
        en: "nested deeper than {limit} levels"
    )
    static let templateUnclosed = MessageKey(
        "print.unclosed",
        zhCN: "段落「{name}」没有结束；请加上 {{/{name}}}",
        zhTW: "段落「{name}」沒有結束；請加上 {{/{name}}}",
        en: "the section \"{name}\" has no end; add {{/{name}}}"
    )
    static let templateNotOpen = MessageKey(
        "print.not_open",
        zhCN: "{{/{name}}} 前面没有开始的段落",
        zhTW: "{{/{name}}} 前面沒有開始的段落",
        en: "{{/{name}}} ends a section that was not begun"
    )
    static let templateWrongEnd = MessageKey(
        "print.wrong_end",
        zhCN: "{{/{name}}} 与第 {line} 行开始的段落「{open}」不符",
        zhTW: "{{/{name}}} 與第 {line} 行開始的段落「{open}」不符",
        en: "{{/{name}}} does not match the section \"{open}\" begun in line {line}"
    )
    static let templateName = MessageKey(
        "print.name",
        zhCN: "「{name}」不是字段名；请写 customer.name 这样的名称，或 {{#名称}}…{{/名称}} 重复一段",
        zhTW: "「{name}」不是欄位名；請寫 customer.name 這樣的名稱，或 {{#名稱}}…{{/名稱}} 重複一段",
        en: "\"{name}\" is not a name; write one such as customer.name, or {{#name}}…{{/name}} to repeat a part"
    )
    static let templateTransform = MessageKey(
        "print.transform",
        zhCN: "没有名为「{name}」的转换。现有：{known}",
        zhTW: "沒有名為「{name}」的轉換。現有：{known}",
        en: "there is no transform named \"{name}\". Transforms here: {known}"
    )
    static let templateNotApplicable = MessageKey(
        "print.not_applicable",
        zhCN: "「{name}」不能用于值「{value}」",
        zhTW: "「{name}」不能用於值「{value}」",
        en: "\"{name}\" does not fit the value \"{value}\""
    )
    static let templateReason = MessageKey(
        "print.reason",
        zhCN: "{problem}：{reason}",
        zhTW: "{problem}：{reason}",
        en: "{problem}: {reason}"
    )
    static let templateWholeTag = MessageKey(
        "print.whole_tag",
        zhCN: "「{name}」只能单独写成 {{{name}(…)}}，不能放在别的转换里，也不能作为段落",
        zhTW: "「{name}」只能單獨寫成 {{{name}(…)}}，不能放在別的轉換裡，也不能作為段落",
        en: "\"{name}\" can only be the whole of a tag, {{{name}(…)}}; not within another transform, and no section"
    )
    static let qrTooLong = MessageKey(
        "print.qr_too_long",
        zhCN: "二维码最多容纳 {limit} 字节，这段文字有 {count} 字节",
        zhTW: "QR 碼最多容納 {limit} 位元組，這段文字有 {count} 位元組",
        en: "a QR code holds {limit} bytes, and this text has {count}"
    )
    static let amountFraction = MessageKey(
        "print.amount_fraction",
        zhCN: "金额 {amount} 超过两位小数，请先取整到分",
        zhTW: "金額 {amount} 超過兩位小數，請先取整到分",
        en: "the amount {amount} has more than two places; round it first"
    )
    static let amountTooGreat = MessageKey(
        "print.amount_too_great",
        zhCN: "金额 {amount} 太大，英文大写最多到 {limit}",
        zhTW: "金額 {amount} 太大，英文大寫最多到 {limit}",
        en: "the amount {amount} is too great; there are words up to {limit}"
    )
    static let templateList = MessageKey(
        "print.list",
        zhCN: "「{name}」是列表；请用 {{#{name}}}…{{/{name}}} 逐条输出",
        zhTW: "「{name}」是清單；請用 {{#{name}}}…{{/{name}}} 逐筆輸出",
        en: "\"{name}\" is a list; write {{#{name}}}…{{/{name}}} to repeat for each element"
    )
    static let templateGroup = MessageKey(
        "print.group",
        zhCN: "「{name}」由几部分组成，请写明其一：{parts}",
        zhTW: "「{name}」由幾部分組成，請寫明其一：{parts}",
        en: "\"{name}\" has parts; name one of them: {parts}"
    )
    static let templateUnknown = MessageKey(
        "print.unknown",
        zhCN: "数据里没有「{name}」{hint}",
        zhTW: "資料裡沒有「{name}」{hint}",
        en: "the data has no \"{name}\"{hint}"
    )
    static let templateNear = MessageKey(
        "print.near",
        zhCN: "，是否指「{name}」？",
        zhTW: "，是否指「{name}」？",
        en: "; is \"{name}\" meant?"
    )
    static let templateOutput = MessageKey(
        "print.output",
        zhCN: "打印结果超过 {limit} KB",
        zhTW: "列印結果超過 {limit} KB",
        en: "the print would be larger than {limit} KB"
    )
    static let templateSteps = MessageKey(
        "print.steps",
        zhCN: "重复的段落太多，超过 {limit} 步",
        zhTW: "重複的段落太多，超過 {limit} 步",
        en: "too many repetitions, more than {limit} steps"
    )
    static let markupElement = MessageKey(
        "print.markup_element",
        zhCN: "页面不能含有「{name}」",
        zhTW: "頁面不能含有「{name}」",
        en: "pages cannot have \"{name}\""
    )
    static let markupEvent = MessageKey(
        "print.markup_event",
        zhCN: "页面不能含有脚本属性「{name}」",
        zhTW: "頁面不能含有指令碼屬性「{name}」",
        en: "pages cannot have \"{name}\", an attribute that is a script"
    )
    static let markupAddress = MessageKey(
        "print.markup_address",
        zhCN: "「{name}」不能指向「{value}」；页面不能取用外部内容，图片请写成 data:image/png;base64,…",
        zhTW: "「{name}」不能指向「{value}」；頁面不能取用外部內容，圖片請寫成 data:image/png;base64,…",
        en:
            "\"{name}\" cannot be \"{value}\"; a page loads nothing from elsewhere, so write pictures as data:image/png;base64,…"
    )
    static let markupStyle = MessageKey(
        "print.markup_style",
        zhCN: "样式里不能有「{text}」；页面不能取用外部内容",
        zhTW: "樣式裡不能有「{text}」；頁面不能取用外部內容",
        en: "a style cannot have \"{text}\"; a page loads nothing from elsewhere"
    )
    static let markupNamespace = MessageKey(
        "print.markup_namespace",
        zhCN: "SVG 页面不能声明「{name}」；请用绘图软件另存为普通 SVG",
        zhTW: "SVG 頁面不能宣告「{name}」；請用繪圖軟體另存為一般 SVG",
        en: "an SVG page cannot declare \"{name}\"; save the drawing as plain SVG"
    )
    static let markupUnquoted = MessageKey(
        "print.markup_unquoted",
        zhCN: "属性「{name}」的值含有标签，必须加引号",
        zhTW: "屬性「{name}」的值含有標籤，必須加引號",
        en: "the value of \"{name}\" has a tag and must stand in quotes"
    )
    static let markupPageLine = MessageKey(
        "print.markup_page_line",
        zhCN: "生成的页面第 {line} 行：{problem}",
        zhTW: "產生的頁面第 {line} 行：{problem}",
        en: "line {line} of the finished page: {problem}"
    )
    static let markupRoot = MessageKey(
        "print.markup_root",
        zhCN: "SVG 页面须是一个 <svg xmlns=\"http://www.w3.org/2000/svg\"> 元素",
        zhTW: "SVG 頁面須是一個 <svg xmlns=\"http://www.w3.org/2000/svg\"> 元素",
        en: "an SVG page is one element <svg xmlns=\"http://www.w3.org/2000/svg\">"
    )
    static let markupNotClosed = MessageKey(
        "print.markup_not_closed",
        zhCN: "元素「{name}」的开始和结束不配对",
        zhTW: "元素「{name}」的開始和結束不配對",
        en: "the beginning and the end of \"{name}\" do not match"
    )
    static let markupAttribute = MessageKey(
        "print.markup_attribute",
        zhCN: "属性「{name}」没有加引号、重复或含有 <",
        zhTW: "屬性「{name}」沒有加引號、重複或含有 <",
        en: "the attribute \"{name}\" has no quotes, is there twice or has a <"
    )
    static let markupReference = MessageKey(
        "print.markup_reference",
        zhCN: "SVG 不认识「{name}」；& 请写作 &amp;，其他符号直接写",
        zhTW: "SVG 不認識「{name}」；& 請寫作 &amp;，其他符號直接寫",
        en: "SVG does not know \"{name}\"; write & as &amp; and other signs as they are"
    )
    static let markupBroken = MessageKey(
        "print.markup_broken",
        zhCN: "「<」没有构成完整的标签；文字里的 < 请写作 &lt;",
        zhTW: "「<」沒有構成完整的標籤；文字裡的 < 請寫作 &lt;",
        en: "a < begins no tag; write &lt; in texts"
    )
}
