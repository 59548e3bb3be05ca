import CRMPlatform

/// Puts what ArgumentParser says about a wrong command line into the language of the reader.
///
/// ArgumentParser hands its errors out as English sentences only; each of them is known here, and a sentence that is not
/// becomes one that says no more than that the line was not understood.
struct CommandLineError {
    /// The sub-command that was called.
    let page: CommandPage

    /// The sentence in words of ours.
    func message(for text: String) -> Message {
        let head = text.split(separator: "\n").first.map(String.init) ?? ""
        let quoted = Self.quoted(head)
        if head.hasPrefix("Unknown option"), let option = quoted.first {
            return unknownOption(option)
        }
        if head.hasPrefix("Missing value for"), let option = quoted.first {
            return missingValue(option)
        }
        if head.hasPrefix("The option"), head.contains("does not take any value"), quoted.count == 2 {
            return Message(.commandNoValue, ["option": .text(quoted[0]), "value": .text(quoted[1])])
        }
        if head.hasPrefix("Unexpected argument") || head.contains("unexpected arguments") {
            return Message(.commandUnexpected, ["words": .text(quoted.joined(separator: " "))])
        }
        if head.hasPrefix("Missing expected argument"), let argument = quoted.first {
            return missing(argument)
        }
        if head.hasPrefix("Missing one of"), !quoted.isEmpty {
            return Message(.commandMissing, ["argument": .text(quoted.joined(separator: ", ")), "help": ""])
        }
        if head.hasPrefix("The value"), quoted.count >= 2 {
            return invalid(quoted[0], quoted[1])
        }
        if head.hasPrefix("Missing required subcommand") {
            return Message(
                .commandMissingSubcommand,
                ["known": .text(page.subcommands.compactMap(\.path.last).joined(separator: ", "))]
            )
        }
        if head.hasPrefix("Invalid option"), let option = head.split(separator: " ").last {
            return unknownOption(String(option))
        }
        return Message(.commandNotUnderstood)
    }

    private func unknownOption(_ option: String) -> Message {
        let known = page.arguments.flatMap(\.names).filter { $0.hasPrefix("--") }
        guard let near = Suggestion.nearest(to: option, among: known) else {
            return Message(
                .commandUnknownOption,
                ["option": .text(option), "known": .text(known.joined(separator: " "))]
            )
        }
        return Message(.commandUnknownOptionNear, ["option": .text(option), "near": .text(near)])
    }

    private func missingValue(_ synopsis: String) -> Message {
        let name = synopsis.split(separator: " ").first.map(String.init) ?? synopsis
        let help = page.arguments.first { $0.names.contains(name) }?.abstract ?? ""
        return Message(.commandMissingValue, ["option": .text(synopsis), "help": self.help(help)])
    }

    private func missing(_ synopsis: String) -> Message {
        let help = page.arguments.first { $0.synopsis == synopsis || "\($0.synopsis) ..." == synopsis }?.abstract ?? ""
        return Message(.commandMissing, ["argument": .text(synopsis), "help": self.help(help)])
    }

    private func invalid(_ value: String, _ synopsis: String) -> Message {
        let name = synopsis.split(separator: " ").first.map(String.init) ?? synopsis
        let argument = page.arguments.first { $0.names.contains(name) || $0.synopsis == synopsis }
        let values = argument?.values ?? []
        guard values.isEmpty else {
            return Message(
                .commandInvalidChoice,
                ["value": .text(value), "option": .text(name), "known": .text(values.joined(separator: ", "))]
            )
        }
        return Message(
            .commandInvalidValue,
            ["value": .text(value), "option": .text(synopsis), "help": help(argument?.abstract ?? "")]
        )
    }

    private func help(_ text: String) -> Message.Argument {
        text.isEmpty ? "" : .message(Message(.commandHelpNote, ["text": .text(text)]))
    }

    /// The texts between single quotes; a quote inside a value belongs to it when no blank or end follows.
    private static func quoted(_ text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "'") {
            let tail = rest[rest.index(after: open)...]
            var end: Substring.Index?
            var index = tail.startIndex
            while index < tail.endIndex {
                let next = tail.index(after: index)
                if tail[index] == "'", next == tail.endIndex || " .,:?".contains(tail[next]) {
                    end = index
                    break
                }
                index = next
            }
            guard let close = end else { return found }
            found.append(String(tail[..<close]))
            rest = tail[tail.index(after: close)...]
        }
        return found
    }
}

extension MessageKey {
    static let commandUnknownOption = MessageKey(
        "shell.command_unknown_option",
        zhCN: "没有选项 {option}。可用选项：{known}",
        zhTW: "沒有選項 {option}。可用選項：{known}",
        en: "There is no option {option}. The options: {known}"
    )
    static let commandUnknownOptionNear = MessageKey(
        "shell.command_unknown_option_near",
        zhCN: "没有选项 {option}，是否想写 {near}？",
        zhTW: "沒有選項 {option}，是否想寫 {near}？",
        en: "There is no option {option}; did you mean {near}?"
    )
    static let commandMissingValue = MessageKey(
        "shell.command_missing_value",
        zhCN: "选项 {option} 后面要有值{help}",
        zhTW: "選項 {option} 後面要有值{help}",
        en: "The option {option} needs a value{help}"
    )
    static let commandNoValue = MessageKey(
        "shell.command_no_value",
        zhCN: "选项 {option} 不带值，请去掉「{value}」",
        zhTW: "選項 {option} 不帶值，請去掉「{value}」",
        en: "The option {option} takes no value; leave \"{value}\" out"
    )
    static let commandUnexpected = MessageKey(
        "shell.command_unexpected",
        zhCN: "多余的参数：{words}。含有空格的值要用引号括起来",
        zhTW: "多餘的參數：{words}。含有空格的值要用引號括起來",
        en: "Too many arguments: {words}. Put a value with blanks between quotes"
    )
    static let commandMissing = MessageKey(
        "shell.command_missing",
        zhCN: "缺少参数 {argument}{help}",
        zhTW: "缺少參數 {argument}{help}",
        en: "The argument {argument} is missing{help}"
    )
    static let commandInvalidChoice = MessageKey(
        "shell.command_invalid_choice",
        zhCN: "{option} 不能是「{value}」；可用：{known}",
        zhTW: "{option} 不能是「{value}」；可用：{known}",
        en: "{option} cannot be \"{value}\"; there are {known}"
    )
    static let commandInvalidValue = MessageKey(
        "shell.command_invalid_value",
        zhCN: "「{value}」不能用作 {option}{help}",
        zhTW: "「{value}」不能用作 {option}{help}",
        en: "\"{value}\" does not fit {option}{help}"
    )
    static let commandUnknownSubcommand = MessageKey(
        "shell.command_unknown_subcommand",
        zhCN: "{command} 没有子命令「{name}」{hint}。可用：{known}",
        zhTW: "{command} 沒有子命令「{name}」{hint}。可用：{known}",
        en: "{command} has no sub-command \"{name}\"{hint}. There are {known}"
    )
    static let commandMissingSubcommand = MessageKey(
        "shell.command_missing_subcommand",
        zhCN: "后面要有子命令：{known}",
        zhTW: "後面要有子命令：{known}",
        en: "A sub-command must follow: {known}"
    )
    static let commandNotUnderstood = MessageKey(
        "shell.command_not_understood",
        zhCN: "这样的写法不认识",
        zhTW: "這樣的寫法不認識",
        en: "This was not understood"
    )
    static let commandHelpNote = MessageKey(
        "shell.command_help_note",
        zhCN: "（{text}）",
        zhTW: "（{text}）",
        en: " ({text})"
    )
    static let commandUsage = MessageKey(
        "shell.command_usage",
        zhCN: "用法：{usage}\n详细说明：{help}",
        zhTW: "用法：{usage}\n詳細說明：{help}",
        en: "Usage: {usage}\nMore: {help}"
    )
}
