package import CRMModel
package import LuaBridge

/// Errors on their way between the platform and Lua.
package enum ScriptErrors {
    /// How scripts see an error of the platform that they catch; its texts are in the user's language.
    package static func luaValue(_ error: any Error, in language: Language) -> LuaValue? {
        guard let error = error as? PlatformError else { return nil }
        var pairs: [(key: LuaValue, value: LuaValue)] = [
            ("code", .string(error.code.description)), ("message", .string(error.text(in: language))),
        ]
        if let object = error.context.object { pairs.append(("object", .string(object.rawValue))) }
        if let record = error.context.record { pairs.append(("record", .integer(record))) }
        if let field = error.context.field { pairs.append(("field", .string(field.rawValue))) }
        if let plugin = error.context.plugin { pairs.append(("plugin", .string(plugin.rawValue))) }
        if !error.issues.isEmpty {
            let fields = error.issues.map { issue in
                LuaValue.table([
                    (key: "field", value: issue.field.map { .string($0.rawValue) } ?? .nil),
                    (key: "code", value: .string(issue.code)),
                    (key: "message", value: .string(issue.message.text(in: language))),
                    (key: "record", value: issue.conflicting.map { .string($0.description) } ?? .nil),
                ])
            }
            pairs.append(("fields", .array(fields)))
        }
        return .table(pairs)
    }

    /// An error that came out of Lua, as the platform's.
    ///
    /// `source` is where the code begins that was called, `main.lua:3`, for errors without a place of their own: a limit on
    /// memory strikes anywhere, and a value that cannot be taken over is looked at when the code is over.
    package static func platformError(
        _ raised: LuaError,
        plugin id: PluginID,
        budget: ScriptBudget,
        source: String? = nil
    ) -> PlatformError {
        let error = placed(raised, at: source)
        // What the platform calls code that is of no plugin is nobody's name.
        let plugin = PluginManifest.hostIDs.contains(id.rawValue) ? nil : id
        let owner = Message.Argument.message(
            plugin.map { Message(.scriptOfPlugin, ["plugin": .text($0.rawValue)]) } ?? Message(.scriptOfNone)
        )
        var context = ErrorContext(plugin: plugin, file: error.chunk, line: error.line)
        if var known = error.cause as? PlatformError {
            known.context.plugin = known.context.plugin ?? plugin
            known.context.file = known.context.file ?? error.chunk
            known.context.line = known.context.line ?? error.line
            if known.traceback.isEmpty { known.traceback = error.traceback }
            return known
        }
        switch error.code {
        case .budgetExceeded, .memory, .dead:
            let isInterrupted = error.limit == .interruption
            return PlatformError(
                isInterrupted ? .cancelled : .limitExceeded,
                Message(
                    isInterrupted ? .scriptInterrupted : .scriptLimit,
                    ["owner": owner, "reason": .message(budget.message(for: error.limit))]
                ),
                context: context,
                cause: error,
                traceback: error.traceback
            )
        default: break
        }
        if let message = error.value?["message"].flatMap({ text(of: $0) }) {
            if case .string(let field)? = error.value?["field"] { context.field = FieldName(rawValue: field) }
            return PlatformError(
                refusal(error.value?["code"]),
                Message(custom: message),
                context: context,
                cause: error,
                traceback: error.traceback
            )
        }
        let spot = [error.chunk, error.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        let place = spot.isEmpty ? "" : Message.Argument.message(Message(.scriptPlace, ["place": .text(spot)]))
        return PlatformError(
            error.code == .syntax ? .invalidPlugin : .hookFailed,
            Message(
                error.code == .syntax ? .scriptSyntax : .scriptFailed,
                [
                    "owner": owner, "place": place,
                    "reason": .text(DisplayWidth.escapingControls(withoutPlace(error), keepingLines: true)),
                ]
            ),
            context: context,
            cause: error,
            traceback: error.traceback
        )
    }

    /// The codes with which a script may refuse; whatever other code it raises, it is a refusal of a plugin.
    private static let refusals: [PlatformError.Code] = [
        .invalidInput, .validationFailed, .permissionDenied, .notFound, .alreadyExists, .conflict,
    ]

    private static func refusal(_ code: LuaValue?) -> PlatformError.Code {
        guard case .string(let name)? = code else { return .hookRejected }
        return refusals.first { $0.description == name } ?? .hookRejected
    }

    /// The error with the file that its message blames, `hooks/a.lua:4: …`: the calls that led there may be over, as
    /// those of a module are that breaks while it is being loaded; else with the place of the code that was called.
    private static func placed(_ error: LuaError, at source: String?) -> LuaError {
        var error = error
        if let (chunk, line) = place(in: error.message), chunk.hasSuffix(".lua"), !chunk.contains(" ") {
            error.chunk = chunk
            error.line = line
        } else if error.chunk == nil, let source, let (chunk, line) = place(in: source) {
            error.chunk = chunk
            error.line = line
        }
        return error
    }

    /// The file and line at the beginning of a text.
    private static func place(in text: String) -> (chunk: String, line: Int)? {
        guard let colon = text.firstIndex(of: ":"),
            let line = Int(text[text.index(after: colon)...].prefix { $0.isASCII && $0.isNumber })
        else { return nil }
        return (String(text[..<colon]), line)
    }

    /// The message without the `file:line:` that Lua puts in front, which the platform's message has already.
    private static func withoutPlace(_ error: LuaError) -> String {
        guard let chunk = error.chunk, let line = error.line else { return error.message }
        let prefix = "\(chunk):\(line): "
        return error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
    }

    /// A text for people that is an argument of a call.
    ///
    /// - Throws: a wrong argument, naming what is wrong; `owner` says what the text is of, such as ` for the field 'name'`.
    package static func text(_ call: borrowing LuaCall, _ position: Int, of owner: String = "") throws -> LocalizedText
    {
        let value = try call.value(position, opaque: .name)
        if hasBytes(value) { throw call.badArgument(position, "the text\(owner) is not valid UTF-8") }
        guard let text = text(of: value) else {
            throw call.wrongArgument(position, expected: "text or table of texts by language")
        }
        return text
    }

    private static func hasBytes(_ value: LuaValue) -> Bool {
        switch value {
        case .bytes: true
        case .table(let pairs): pairs.contains { hasBytes($0.value) }
        default: false
        }
    }

    /// A text of a script: one text, or a table of texts by language.
    package static func text(of value: LuaValue) -> LocalizedText? {
        switch value {
        case .string(let text): return LocalizedText(text)
        case .table(let pairs):
            var texts: [Language: String] = [:]
            for pair in pairs {
                if case .string(let tag) = pair.key, case .string(let text) = pair.value,
                    let language = Language(rawValue: tag)
                {
                    texts[language] = text
                }
            }
            return texts.isEmpty ? nil : LocalizedText(texts)
        default: return nil
        }
    }
}

extension MessageKey {
    package static let scriptOfPlugin = MessageKey(
        "script.of_plugin",
        zhCN: "插件「{plugin}」",
        zhTW: "外掛「{plugin}」",
        en: "the plugin \"{plugin}\""
    )
    package static let scriptOfNone = MessageKey("script.of_none", zhCN: "脚本", zhTW: "腳本", en: "the script")
    package static let scriptPlace = MessageKey("script.place", zhCN: "（{place}）", zhTW: "（{place}）", en: " ({place})")
    package static let scriptLimit = MessageKey(
        "script.limit",
        zhCN: "{owner}超出限额，已停止：{reason}",
        zhTW: "{owner}超出限額，已停止：{reason}",
        en: "{owner} went beyond its limits and was stopped: {reason}"
    )
    package static let scriptInterrupted = MessageKey(
        "script.interrupted",
        zhCN: "{owner}的运行已被中断",
        zhTW: "{owner}的執行已被中斷",
        en: "the run of {owner} was interrupted"
    )
    package static let scriptFailed = MessageKey(
        "script.failed",
        zhCN: "{owner}出错{place}：{reason}",
        zhTW: "{owner}出錯{place}：{reason}",
        en: "{owner} failed{place}: {reason}"
    )
    package static let scriptSyntax = MessageKey(
        "script.syntax",
        zhCN: "{owner}有语法错误{place}：{reason}",
        zhTW: "{owner}有語法錯誤{place}：{reason}",
        en: "{owner} has a syntax error{place}: {reason}"
    )
}
