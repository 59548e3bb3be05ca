import CRMModel
import LuaBridge

/// Errors on their way between the platform and Lua.
enum ScriptErrors {
    /// How scripts see an error of the platform that they catch; its texts are in the user's language.
    static func luaValue(_ error: any Error, in language: Language) -> LuaValue? {
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
    static func platformError(_ raised: LuaError, plugin: PluginID, budget: ScriptBudget) -> PlatformError {
        let error = placed(raised)
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
                    ["plugin": .text(plugin.rawValue), "reason": .message(budget.message(for: error.limit))]
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
        let place = [error.chunk, error.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return PlatformError(
            error.code == .syntax ? .invalidPlugin : .hookFailed,
            Message(
                error.code == .syntax ? .scriptSyntax : .scriptFailed,
                [
                    "plugin": .text(plugin.rawValue), "place": .text(place),
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
    /// those of a module are that breaks while it is being loaded.
    private static func placed(_ error: LuaError) -> LuaError {
        guard let colon = error.message.firstIndex(of: ":") else { return error }
        let chunk = error.message[..<colon]
        let digits = error.message[error.message.index(after: colon)...].prefix { $0.isASCII && $0.isNumber }
        guard chunk.hasSuffix(".lua"), !chunk.contains(" "), let line = Int(digits) else { return error }
        var error = error
        error.chunk = String(chunk)
        error.line = line
        return error
    }

    /// The message without the `file:line:` that Lua puts in front, which the platform's message has already.
    private static func withoutPlace(_ error: LuaError) -> String {
        guard let chunk = error.chunk, let line = error.line else { return error.message }
        let prefix = "\(chunk):\(line): "
        return error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
    }

    /// A text of a script: one text, or a table of texts by language.
    static func text(of value: LuaValue) -> LocalizedText? {
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

extension PlatformError {
    /// The error with the place of the code that was called, `main.lua:3`, when it does not know a place of its own:
    /// a limit on memory strikes anywhere.
    func placed(at source: String) -> PlatformError {
        guard context.file == nil, let colon = source.lastIndex(of: ":") else { return self }
        var error = self
        error.context.file = String(source[..<colon])
        error.context.line = Int(source[source.index(after: colon)...])
        return error
    }
}

extension MessageKey {
    static let scriptLimit = MessageKey(
        "script.limit",
        zhCN: "插件「{plugin}」超出限额，已停止：{reason}",
        zhTW: "外掛「{plugin}」超出限額，已停止：{reason}",
        en: "the plugin \"{plugin}\" went beyond its limits and was stopped: {reason}"
    )
    static let scriptInterrupted = MessageKey(
        "script.interrupted",
        zhCN: "插件「{plugin}」的运行已被中断",
        zhTW: "外掛「{plugin}」的執行已被中斷",
        en: "the run of the plugin \"{plugin}\" was interrupted"
    )
    static let scriptFailed = MessageKey(
        "script.failed",
        zhCN: "插件「{plugin}」出错（{place}）：{reason}",
        zhTW: "外掛「{plugin}」出錯（{place}）：{reason}",
        en: "the plugin \"{plugin}\" failed ({place}): {reason}"
    )
    static let scriptSyntax = MessageKey(
        "script.syntax",
        zhCN: "插件「{plugin}」有语法错误（{place}）：{reason}",
        zhTW: "外掛「{plugin}」有語法錯誤（{place}）：{reason}",
        en: "the plugin \"{plugin}\" has a syntax error ({place}): {reason}"
    )
}
