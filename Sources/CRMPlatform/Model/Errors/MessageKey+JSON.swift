extension JSONError {
    /// The reason for people, with its place.
    public var message: Message {
        Message(
            Self.key(code),
            ["line": .text(String(line)), "column": .text(String(column)), "detail": .text(detail)]
        )
    }

    private static func key(_ code: Code) -> MessageKey {
        switch code {
        case .empty: .jsonEmpty
        case .wrongEncoding, .invalidUTF8: .jsonEncoding
        case .tooManyBytes, .tooDeep, .tooManyMembers, .stringTooLong, .numberTooLong: .jsonLimit
        case .unexpectedEnd, .unterminatedString: .jsonUnexpectedEnd
        case .unexpectedCharacter: .jsonUnexpectedCharacter
        case .controlCharacter, .badEscape, .loneSurrogate, .nulCharacter: .jsonBadText
        case .badNumber: .jsonBadNumber
        case .duplicateKey: .jsonDuplicateKey
        case .trailingContent: .jsonTrailing
        }
    }
}

extension MessageKey {
    static let jsonEmpty = MessageKey(
        "json.empty",
        zhCN: "文件是空的，应为一个 JSON 文档",
        zhTW: "檔案是空的，應為一個 JSON 文件",
        en: "the file is empty; a JSON document is expected"
    )
    static let jsonEncoding = MessageKey(
        "json.encoding",
        zhCN: "第 {line} 行第 {column} 列：编码不对，请存为 UTF-8",
        zhTW: "第 {line} 行第 {column} 列：編碼不對，請存為 UTF-8",
        en: "line {line}, column {column}: wrong encoding; save the file as UTF-8"
    )
    static let jsonLimit = MessageKey(
        "json.limit",
        zhCN: "第 {line} 行第 {column} 列：内容超出上限 {detail}",
        zhTW: "第 {line} 行第 {column} 列：內容超出上限 {detail}",
        en: "line {line}, column {column}: beyond the limit of {detail}"
    )
    static let jsonUnexpectedEnd = MessageKey(
        "json.unexpected_end",
        zhCN: "第 {line} 行第 {column} 列：内容没有写完，缺少结尾的引号或括号",
        zhTW: "第 {line} 行第 {column} 列：內容沒有寫完，缺少結尾的引號或括號",
        en: "line {line}, column {column}: the document ends too early; a closing quote or bracket is missing"
    )
    static let jsonUnexpectedCharacter = MessageKey(
        "json.unexpected_character",
        zhCN: "第 {line} 行第 {column} 列：此处不能是「{detail}」，请检查逗号、引号和括号",
        zhTW: "第 {line} 行第 {column} 列：此處不能是「{detail}」，請檢查逗號、引號和括號",
        en: "line {line}, column {column}: \"{detail}\" cannot stand here; check commas, quotes and brackets"
    )
    static let jsonBadText = MessageKey(
        "json.bad_text",
        zhCN: "第 {line} 行第 {column} 列：文本里有不允许的字符或转义「{detail}」",
        zhTW: "第 {line} 行第 {column} 列：文字裡有不允許的字元或跳脫「{detail}」",
        en: "line {line}, column {column}: the text holds a character or escape that is not allowed ({detail})"
    )
    static let jsonBadNumber = MessageKey(
        "json.bad_number",
        zhCN: "第 {line} 行第 {column} 列：「{detail}」不是合法的数字",
        zhTW: "第 {line} 行第 {column} 列：「{detail}」不是合法的數字",
        en: "line {line}, column {column}: \"{detail}\" is not a number in JSON"
    )
    static let jsonDuplicateKey = MessageKey(
        "json.duplicate_key",
        zhCN: "第 {line} 行第 {column} 列：属性「{detail}」写了两次",
        zhTW: "第 {line} 行第 {column} 列：屬性「{detail}」寫了兩次",
        en: "line {line}, column {column}: the property \"{detail}\" stands twice"
    )
    static let jsonTrailing = MessageKey(
        "json.trailing",
        zhCN: "第 {line} 行第 {column} 列：文档结束后还有内容",
        zhTW: "第 {line} 行第 {column} 列：文件結束後還有內容",
        en: "line {line}, column {column}: there is something after the end of the document"
    )
}
