import CRMPlatform

/// Puts errors into the one form in which the shell shows them: text for people, JSON for programs, a status for the
/// system.
struct ErrorRendering {
    /// The language of the reader.
    let language: Language
    /// The metadata that knows what people call objects and fields, nil where no file is open.
    var catalog: Catalog?
    /// Whether the code of an error is shown, and where scripts stood also when they only refused.
    var isVerbose = false

    /// The codes that blame no script: what was asked for cannot be done, and the message says why.
    private static let refusals: Set<PlatformError.Code> = [
        .invalidInput, .validationFailed, .unauthenticated, .permissionDenied, .notFound, .alreadyExists, .conflict,
        .hookRejected, .busy, .cancelled,
    ]

    /// The exit status of a process that saved what it should, while what follows from that failed and is kept as a job.
    static let effectStatus: Int32 = 69

    /// The exit status of a process that ends with an error of this kind (`sysexits.h`).
    static func exitStatus(of code: PlatformError.Code) -> Int32 {
        switch code {
        case .invalidInput: 64
        case .validationFailed, .hookRejected, .invalidMetadata, .invalidPlugin, .dependencyMissing: 65
        case .notFound: 66
        case .hookFailed, .migrationFailed, .storage, .internal: 70
        case .alreadyExists: 73
        case .conflict, .limitExceeded, .busy: 75
        case .unauthenticated, .permissionDenied: 77
        case .cancelled: Interruption.exitStatus
        default: 70
        }
    }

    /// Any error as the platform's own; one that is not was not foreseen.
    static func platformError(_ error: any Error) -> PlatformError {
        if let error = error as? PlatformError { return error }
        return PlatformError(
            .internal,
            Message(.shellUnforeseen, ["error": .text(String(describing: error))]),
            cause: error
        )
    }

    /// The error as lines for people, without a line feed at the end.
    ///
    /// Only the first line begins at the edge, whatever people or scripts have written into the error.
    func text(_ error: PlatformError, object: ObjectDefinition? = nil) -> String {
        // Somebody who said no has made no mistake.
        if error.message.key?.id == MessageKey.shellNotDone.id { return error.message.safeText(in: language) }
        let message = error.message.safeText(in: language).split(separator: "\n", omittingEmptySubsequences: false)
        let head: Message.Argument = .text(message.first.map(String.init) ?? "")
        var lines = [
            isVerbose
                ? say(.shellErrorHeadCode, ["message": head, "code": .text(error.code.description)])
                : say(.shellErrorHead, ["message": head])
        ]
        lines += message.dropFirst().map { $0.hasPrefix("  ") || $0.isEmpty ? String($0) : "  " + $0 }
        let object = object ?? error.context.object.flatMap { catalog?.objects[$0] }
        for issue in error.issues {
            let text = text(issue, object: object).split(separator: "\n", omittingEmptySubsequences: false)
            lines.append("  - " + text.joined(separator: "\n    "))
        }
        let place = DisplayWidth.escapingControls(self.place(error.context))
        if !place.isEmpty { lines.append("  " + say(.shellErrorPlace, ["place": .text(place)])) }
        // A refusal is a word to the user; where the code stood helps only with what is broken.
        if !error.traceback.isEmpty, isVerbose || !Self.refusals.contains(error.code) {
            let trace = DisplayWidth.escapingControls(error.traceback, keepingLines: true)
            lines += trace.split(separator: "\n").map { $0.hasPrefix("  ") ? String($0) : "  " + $0 }
        }
        return lines.joined(separator: "\n")
    }

    /// The error as `{error: {code, message, issues, context}}`, with the line of the script that it ended.
    func json(_ error: PlatformError, scriptLine: Int? = nil) -> JSONValue {
        .object(JSONObject([("error", member(error, scriptLine: scriptLine))]))
    }

    /// The error as `{code, message, issues, context}`; null for none.
    func member(_ error: PlatformError?, scriptLine: Int? = nil) -> JSONValue {
        guard let error else { return .null }
        var members: [(String, JSONValue)] = [
            ("code", .string(error.code.description)),
            ("message", .string(error.message.text(in: language))),
            ("issues", .array(error.issues.map { json($0) })),
            ("context", json(error.context)),
        ]
        if let scriptLine { members.append(("script_line", .count(scriptLine))) }
        if !error.traceback.isEmpty { members.append(("traceback", .string(error.traceback))) }
        return .object(JSONObject(members))
    }

    /// A warning or problem of one field as one line.
    func text(_ issue: FieldIssue, object: ObjectDefinition?) -> String {
        let message = issue.message.safeText(in: language)
        var text = message
        if let field = issue.field {
            let label = DisplayWidth.escapingControls(object?.field(field)?.label.text(in: language) ?? field.rawValue)
            // Most messages name the field by its label themselves.
            if !message.contains(label), !message.contains(field.rawValue) { text = "\(label): \(message)" }
        }
        var notes: [String] = []
        if let rule = issue.rule { notes.append(say(.shellRule, ["rule": .text(rule)])) }
        if let plugin = issue.plugin { notes.append(say(.shellPlugin, ["plugin": .text(plugin.rawValue)])) }
        if let other = issue.conflicting, !message.contains(other.description) { notes.append(other.description) }
        return notes.isEmpty ? text : text + " [" + notes.joined(separator: ", ") + "]"
    }

    /// A warning or problem as `{field, code, message, rule, plugin, conflicting}`.
    func json(_ issue: FieldIssue) -> JSONValue {
        [
            "field": .text(issue.field?.rawValue), "code": .string(issue.code),
            "message": .string(issue.message.text(in: language)), "rule": .text(issue.rule),
            "plugin": .text(issue.plugin?.rawValue), "conflicting": .text(issue.conflicting?.description),
        ]
    }

    private func json(_ context: ErrorContext) -> JSONValue {
        var members: [(String, JSONValue)] = []
        func add(_ key: String, _ value: String?) {
            if let value { members.append((key, .string(value))) }
        }
        add("object", context.object?.rawValue)
        if let record = context.record { members.append(("record", .integer(record))) }
        add("field", context.field?.rawValue)
        add("rule", context.rule)
        add("plugin", context.plugin?.rawValue)
        add("file", context.file)
        if let line = context.line { members.append(("line", .count(line))) }
        add("hook", context.hook)
        if let row = context.row { members.append(("row", .count(row))) }
        return .object(JSONObject(members))
    }

    private func place(_ context: ErrorContext) -> String {
        var parts: [String] = []
        let definition = context.object.flatMap { catalog?.objects[$0] }
        if let object = context.object {
            if let record = context.record, record > 0 {
                parts.append("\(object.rawValue)/\(record)")
            } else {
                parts.append(say(.shellObject, ["object": named(object.rawValue, definition?.label)]))
            }
        }
        if let field = context.field {
            parts.append(say(.shellField, ["field": named(field.rawValue, definition?.field(field)?.label)]))
        }
        if let row = context.row { parts.append(say(.shellRow, ["row": .text(String(row))])) }
        if let rule = context.rule { parts.append(say(.shellRule, ["rule": .text(rule)])) }
        if let plugin = context.plugin { parts.append(say(.shellPlugin, ["plugin": .text(plugin.rawValue)])) }
        if let hook = context.hook { parts.append(hook) }
        if let file = context.file { parts.append(context.line.map { "\(file):\($0)" } ?? file) }
        return parts.joined(separator: say(.shellListSeparator))
    }

    /// What people call something, with its API name behind it.
    private func named(_ name: String, _ label: LocalizedText?) -> Message.Argument {
        let label = label?.text(in: language) ?? ""
        return .text(label.isEmpty || label == name ? name : "\(label) (\(name))")
    }

    private func say(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) -> String {
        Message(key, arguments).text(in: language)
    }
}
