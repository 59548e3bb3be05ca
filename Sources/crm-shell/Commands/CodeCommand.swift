import ArgumentParser
import CRMPlatform

/// The command `code …`.
struct CodeGroup: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "code",
            abstract: MessageKey.helpCode.help,
            subcommands: [CodeList.self, CodeNext.self, CodeSet.self]
        )
    }
}

/// The command `code list FILE [OBJECT]`.
struct CodeList: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: MessageKey.helpCodeList.help,
            discussion: HelpExamples.codeList
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String?
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.listCodes(object, isWide: wide) }
    }
}

/// The command `code next FILE OBJECT.FIELD`.
struct CodeNext: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "next",
            abstract: MessageKey.helpCodeNext.help,
            discussion: HelpExamples.codeNext
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpCodeField.help, valueName: "object.field")) var field: String
    @OptionGroup var counter: CounterOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let choice = try counter.choice(field)
        try process.withSession(file) { try $0.nextCode(choice) }
    }
}

/// The command `code set FILE OBJECT.FIELD NEXT`.
struct CodeSet: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: MessageKey.helpCodeSet.help,
            discussion: HelpExamples.codeSet
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpCodeField.help, valueName: "object.field")) var field: String
    @Argument(help: ArgumentHelp(MessageKey.helpCodeSerial.help)) var next: String
    @OptionGroup var counter: CounterOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let choice = try counter.choice(field)
        guard let serial = Int64(next) else {
            throw PlatformError(
                .invalidInput,
                Message(.shellNumberExpected, ["option": "NEXT", "text": .text(next)])
            )
        }
        try process.withSession(file) { try $0.setCode(choice, next: serial) }
    }
}

/// The options that say which counter of a field is meant.
struct CounterOptions: ParsableArguments {
    @Option(parsing: .singleValue, help: ArgumentHelp(MessageKey.helpCodeScope.help, valueName: "field=value"))
    var scope: [String] = []

    @Option(help: ArgumentHelp(MessageKey.helpCodePeriod.help, valueName: "yyyy-mm"))
    var period: String?

    /// The counter of a field written `object.field`.
    ///
    /// - Throws: `PlatformError` `invalidInput` for another form.
    func choice(_ text: String) throws(PlatformError) -> CodeCounterChoice {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts.contains("") else {
            throw PlatformError(.invalidInput, Message(.shellCodeFieldForm, ["text": .text(text)]))
        }
        var choice = CodeCounterChoice(object: parts[0], field: parts[1])
        choice.scope = scope
        choice.period = period
        return choice
    }
}

extension ShellSession {
    /// Writes the counters of an object, or of all.
    func listCodes(_ text: String?, isWide: Bool = false) throws {
        let name = try text.map { text throws(PlatformError) in try object(text).name }
        let counters = try platform.codeCounters(of: name)
        if isJSON { return console.json(["counters": .array(counters.map(\.shellJSON))]) }
        guard !counters.isEmpty else { return report(.shellNoCounters) }
        console.write(counterTable(counters, isWide: isWide))
    }

    /// Writes the code that comes next.
    func nextCode(_ choice: CodeCounterChoice) throws { show(try platform.codeCounter(choice), .shellCodeNext) }

    /// Sets the serial that comes next, and writes what it makes.
    func setCode(_ choice: CodeCounterChoice, next: Int64) throws {
        show(try platform.setCodeCounter(choice, next: next), .shellCodeSet)
    }

    private func show(_ counter: CodeCounter, _ key: MessageKey) {
        if isJSON { return console.json(counter.shellJSON) }
        report(
            key,
            [
                "field": .text("\(counter.object).\(counter.field)"), "next": .text(String(counter.next)),
                "code": .text(counter.code ?? "—"),
            ]
        )
    }

    private func counterTable(_ counters: [CodeCounter], isWide: Bool) -> String {
        table(
            isWide: isWide,
            fitting: [
                (.shellColumnField, .kept), (.shellColumnNextCode, .kept), (.shellColumnNextSerial, .whole),
                (.shellColumnHighest, .whole), (.shellColumnPeriod, .whole), (.shellColumnScope, .wrap),
                (.shellColumnRule, .wrap),
            ],
            counters.map { counter in
                [
                    "\(counter.object).\(counter.field)", counter.code ?? "", String(counter.next),
                    counter.highest.map { String($0) } ?? "", counter.period, counter.scope.joined(separator: " "),
                    counter.rule,
                ]
            }
        )
    }
}

extension CodeCounter {
    /// `{field, rule, scope, period, highest, next, code}`.
    fileprivate var shellJSON: JSONValue {
        [
            "object": .string(object.rawValue), "field": .string(field.rawValue), "rule": .string(rule),
            "scope": .array(scope.map { .string($0) }), "period": .string(period),
            "highest": highest.map { .integer($0) } ?? .null, "next": .integer(next), "code": .text(code),
        ]
    }
}

extension MessageKey {
    static let helpCode = MessageKey(
        "shell.help_code",
        zhCN: "查看和设置编码的计数器",
        zhTW: "檢視和設定編碼的計數器",
        en: "Look at the counters of codes, and set them"
    )
    static let helpCodeList = MessageKey(
        "shell.help_code_list",
        zhCN: "列出计数器：已有的最大序号、下一个序号和下一个编码",
        zhTW: "列出計數器：已有的最大序號、下一個序號和下一個編碼",
        en: "List the counters: the highest stored serial, the next one and the next code"
    )
    static let helpCodeNext = MessageKey(
        "shell.help_code_next",
        zhCN: "预览下一个编码，不占用序号",
        zhTW: "預覽下一個編碼，不佔用序號",
        en: "Show the code that comes next; no serial is used up"
    )
    static let helpCodeSet = MessageKey(
        "shell.help_code_set",
        zhCN: "设置下一个序号；须大于已有编码的最大序号",
        zhTW: "設定下一個序號；須大於已有編碼的最大序號",
        en: "Set the serial that comes next; it must be above the highest stored one"
    )
    static let helpCodeField = MessageKey(
        "shell.help_code_field",
        zhCN: "自动编号字段，如 customer.code",
        zhTW: "自動編號欄位，如 customer.code",
        en: "The auto-number field, such as customer.code"
    )
    static let helpCodeSerial = MessageKey(
        "shell.help_code_serial",
        zhCN: "下一个序号",
        zhTW: "下一個序號",
        en: "The serial that comes next"
    )
    static let helpCodeScope = MessageKey(
        "shell.help_code_scope",
        zhCN: "规则分范围编号时是哪一个，可多次；插件程序编号时填计数器的键",
        zhTW: "規則分範圍編號時是哪一個，可多次；外掛程式編號時填計數器的鍵",
        en:
            "For which scope, when the rule has one, also several times; the counter's key when a plugin's code gives codes"
    )
    static let helpCodePeriod = MessageKey(
        "shell.help_code_period",
        zhCN: "哪一个时期，默认为今天所在的",
        zhTW: "哪一個時期，預設為今天所在的",
        en: "For which period; that of today unless given"
    )
    static let shellCodeFieldForm = MessageKey(
        "shell.code_field_form",
        zhCN: "「{text}」不是 对象.字段；请写成 customer.code 的样子",
        zhTW: "「{text}」不是 物件.欄位；請寫成 customer.code 的樣子",
        en: "\"{text}\" is not OBJECT.FIELD; write it like customer.code"
    )
    static let shellNoCounters = MessageKey(
        "shell.no_counters",
        zhCN: "没有编码的计数器",
        zhTW: "沒有編碼的計數器",
        en: "There are no counters of codes"
    )
    static let shellCodeNext = MessageKey(
        "shell.code_next",
        zhCN: "{field} 的下一个编码：{code}（序号 {next}）",
        zhTW: "{field} 的下一個編碼：{code}（序號 {next}）",
        en: "The next code of {field}: {code} (serial {next})"
    )
    static let shellCodeSet = MessageKey(
        "shell.code_set",
        zhCN: "已设置 {field}，下一个编码：{code}（序号 {next}）",
        zhTW: "已設定 {field}，下一個編碼：{code}（序號 {next}）",
        en: "Set {field}; its next code: {code} (serial {next})"
    )
    static let shellColumnScope = MessageKey("shell.column_scope", zhCN: "范围", zhTW: "範圍", en: "Scope")
    static let shellColumnPeriod = MessageKey("shell.column_period", zhCN: "时期", zhTW: "時期", en: "Period")
    static let shellColumnHighest = MessageKey(
        "shell.column_highest",
        zhCN: "已有最大",
        zhTW: "已有最大",
        en: "Highest"
    )
    static let shellColumnNextSerial = MessageKey(
        "shell.column_next_serial",
        zhCN: "下一个序号",
        zhTW: "下一個序號",
        en: "Next"
    )
    static let shellColumnNextCode = MessageKey(
        "shell.column_next_code",
        zhCN: "下一个编码",
        zhTW: "下一個編碼",
        en: "Next code"
    )
}
