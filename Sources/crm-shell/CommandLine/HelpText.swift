import CRMPlatform

/// Puts what a command takes into the words of a language, in lines that a terminal holds.
struct HelpText {
    /// The language.
    let language: Language
    /// The columns of the terminal.
    let width: Int

    /// Where explanations begin.
    private static let indent = 26

    /// The help of a command: what it does, how it is called, what it takes, examples.
    func text(_ page: CommandPage) -> String {
        var text = hanging(say(.helpOverview, page.abstract), by: 2) + "\n"
        let more = page.discussion.split(separator: "\n").filter { !$0.hasPrefix("$ ") }.map(String.init)
        if !more.isEmpty { text += "\n" + more.map { hanging($0, by: 0) }.joined(separator: "\n") + "\n" }
        let usage = page.usage.split(separator: "\n").map { hanging("  " + $0, by: 6) }
        text += "\n" + say(.helpUsage) + "\n" + usage.joined(separator: "\n") + "\n"
        text += section(.helpArguments, page.arguments.filter { $0.kind == .positional }.map(entry))
        text += section(.helpOptions, page.arguments.filter { $0.kind != .positional }.map(entry))
        text += section(
            .helpSubcommands,
            page.subcommands.map { (head: $0.path.last ?? "", text: $0.abstract) }
        )
        if !page.subcommands.isEmpty {
            let command = (["crm-shell"] + page.path + ["<subcommand>", "--help"]).joined(separator: " ")
            text += "\n" + hanging(say(.helpMore, command), by: 2) + "\n"
        }
        if !page.examples.isEmpty {
            text += "\n" + say(.helpExamples) + "\n" + page.examples.map { "  \($0)\n" }.joined()
        }
        return text
    }

    private func section(_ title: MessageKey, _ entries: [(head: String, text: String)]) -> String {
        guard !entries.isEmpty else { return "" }
        return "\n" + say(title) + "\n"
            + entries.map { line(head: $0.head, text: $0.text, indent: Self.indent) }.joined()
    }

    private func entry(_ argument: CommandPage.Argument) -> (head: String, text: String) {
        var head = argument.names.joined(separator: ", ")
        if argument.kind == .positional { head = "<\(argument.valueName)>" }
        if argument.kind == .option { head += " <\(argument.valueName)>" }
        var notes: [String] = []
        if !argument.values.isEmpty { notes.append(say(.helpValues, argument.values.joined(separator: ", "))) }
        if argument.kind == .option, let standard = argument.standard { notes.append(say(.helpStandard, standard)) }
        return (head, ([argument.abstract] + notes).joined())
    }

    /// A name and its explanation in two columns; a name that is too long has a line of its own.
    func line(head: String, text: String, indent: Int) -> String {
        let head = "  " + head
        let lines = DisplayWidth.wrapped(text, to: max(width - indent, 20))
        let blanks = String(repeating: " ", count: indent)
        let first: String
        var rest = lines[...]
        if DisplayWidth.columns(of: head) + 2 > indent {
            first = hanging(head, by: 6)
        } else {
            first = DisplayWidth.padded(head, to: indent) + (rest.popFirst() ?? "")
        }
        return ([first] + rest.map { blanks + $0 }).joined(separator: "\n") + "\n"
    }

    /// A text in lines of which all but the first begin with blanks.
    func hanging(_ text: String, by indent: Int) -> String {
        let own = text.prefix { $0 == " " }
        let lines = DisplayWidth.wrapped(String(text.dropFirst(own.count)), to: max(width - max(indent, own.count), 20))
        let blanks = String(repeating: " ", count: indent)
        return lines.enumerated().map { ($0 == 0 ? String(own) : blanks) + $1 }.joined(separator: "\n")
    }

    private func say(_ key: MessageKey, _ text: String = "") -> String {
        Message(key, ["text": .text(text)]).text(in: language)
    }
}

extension MessageKey {
    static let helpHelp = MessageKey("shell.help_help", zhCN: "显示这个帮助", zhTW: "顯示這個說明", en: "Show this help")
    static let helpOverview = MessageKey(
        "shell.help_overview",
        zhCN: "概述：{text}",
        zhTW: "概述：{text}",
        en: "OVERVIEW: {text}"
    )
    static let helpUsage = MessageKey("shell.help_usage", zhCN: "用法：", zhTW: "用法：", en: "USAGE:")
    static let helpArguments = MessageKey("shell.help_arguments", zhCN: "参数：", zhTW: "參數：", en: "ARGUMENTS:")
    static let helpOptions = MessageKey("shell.help_options", zhCN: "选项：", zhTW: "選項：", en: "OPTIONS:")
    static let helpSubcommands = MessageKey(
        "shell.help_subcommands",
        zhCN: "子命令：",
        zhTW: "子命令：",
        en: "SUBCOMMANDS:"
    )
    static let helpExamples = MessageKey("shell.help_examples", zhCN: "示例：", zhTW: "範例：", en: "EXAMPLES:")
    static let helpMore = MessageKey(
        "shell.help_more",
        zhCN: "每个子命令的详细说明：{text}",
        zhTW: "每個子命令的詳細說明：{text}",
        en: "More about each: {text}"
    )
    static let helpValues = MessageKey(
        "shell.help_values",
        zhCN: "（可用：{text}）",
        zhTW: "（可用：{text}）",
        en: " (values: {text})"
    )
    static let helpStandard = MessageKey(
        "shell.help_standard",
        zhCN: "（默认 {text}）",
        zhTW: "（預設 {text}）",
        en: " (default: {text})"
    )
}
