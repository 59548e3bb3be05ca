import CRMPlatform
import Foundation

/// Completes a line of the interactive shell from the live catalog.
struct Completer {
    /// What there is to complete.
    let source: CompletionSource
    /// The lines before this one when a piece of Lua goes on.
    var unfinished: [String] = []

    /// The completion for a line whose text before the cursor is `line`.
    func completion(for line: String) -> Completion {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        if unfinished.isEmpty, trimmed.hasPrefix(".") { return dotCompletion(String(trimmed)) }
        return luaCompletion(line)
    }

    // MARK: - Dot commands

    private func dotCompletion(_ line: String) -> Completion {
        let words = LineWords(line)
        let isAtNewWord = words.openQuote == nil && line.last?.isWhitespace == true
        let typed = isAtNewWord ? "" : words.words.last.map { String(line[$0.range]) } ?? ""
        let done = isAtNewWord ? words.words[...] : words.words.dropLast()
        guard let name = done.first?.text else {
            return .choosing(typed, from: DotCommand.all.map { CompletionCandidate($0.name, suffix: " ") })
        }
        guard let command = DotCommand.named(name) else { return .none }
        return argumentCompletion(
            of: command,
            after: Array(done.dropFirst()),
            typed: typed,
            line: line,
            words: words
        )
    }

    private func argumentCompletion(
        of command: DotCommand,
        after previous: [LineWords.Word],
        typed: String,
        line: String,
        words: LineWords
    ) -> Completion {
        if typed.hasPrefix("-") {
            let options = command.valued.union(command.flags).sorted()
            return .choosing(typed, from: options.map { CompletionCandidate($0, suffix: " ") })
        }
        var plain: [LineWords.Word] = []
        var openOption: String?
        for word in previous {
            if openOption != nil {
                openOption = nil
            } else if command.valued.contains(word.text) {
                openOption = word.text
            } else if !command.flags.contains(word.text) {
                plain.append(word)
            }
        }
        if let openOption { return optionCompletion(openOption, plain.first?.text, typed) }
        let position = plain.count
        guard let kind = command.kind(at: position) else { return .none }
        if case .explained = kind { return explainedCompletion(plain, typed: typed, line: line, words: words) }
        let start = plain.count > 1 ? plain[1].range.lowerBound : nil
        let expression = start.map { String(line[$0...]) } ?? typed
        return completion(
            of: kind,
            object: plain.first.flatMap { object($0.text) },
            typed: typed,
            expression: expression
        )
    }

    private func completion(
        of kind: DotCommand.ArgumentKind,
        object: ObjectDefinition?,
        typed: String,
        expression: String
    ) -> Completion {
        switch kind {
        case .object: return .choosing(typed, from: source.objects(suffix: " "))
        case .record: return .choosing(typed, from: source.objects(suffix: "/"))
        case .expression: return object.map { expressionCompletion(expression, $0) } ?? .none
        case .assignments: return object.map { assignmentCompletion(typed, $0) } ?? .none
        case .fields: return object.map { .choosing(typed, from: source.fields(of: $0, suffix: "")) } ?? .none
        case .report: return named(source.reports, typed)
        case .template: return named(source.templates, typed)
        case .pluginCommand: return named(source.commands, typed)
        case .plugin: return named(source.plugins, typed)
        case .setting:
            let names = FileSettings.Name.allCases.map { CompletionCandidate($0.rawValue, suffix: "=") }
            let plugins = source.plugins.map {
                CompletionCandidate.named($0.0, label: $0.1, suffix: " ", language: source.language)
            }
            return .choosing(typed, from: names + plugins)
        case .word(let words): return .choosing(typed, from: words.map { CompletionCandidate($0, suffix: " ") })
        case .language:
            return .choosing(typed, from: Language.allCases.map { CompletionCandidate($0.rawValue) })
        case .dotCommand: return .choosing(typed, from: DotCommand.all.map { CompletionCandidate($0.name) })
        case .onOff: return .choosing(typed, from: ["on", "off"].map { CompletionCandidate($0) })
        case .file: return fileCompletion(typed)
        case .explained, .text: return .none
        }
    }

    private func named(_ things: [(String, LocalizedText)], _ typed: String) -> Completion {
        .choosing(
            typed,
            from: things.map { name, title in
                // What two plugins have is found by its own name too, which stands behind the plugin's.
                let own = name.split(separator: ".").dropFirst().last.map(String.init)
                return .named(
                    name,
                    label: title,
                    aliases: [own].compactMap(\.self),
                    suffix: " ",
                    language: source.language
                )
            }
        )
    }

    private func explainedCompletion(
        _ plain: [LineWords.Word],
        typed: String,
        line: String,
        words: LineWords
    ) -> Completion {
        guard let first = plain.first?.text else {
            let starts = ["create", "update", "delete"].map { CompletionCandidate($0, suffix: " ") }
            return .choosing(typed, from: starts + [CompletionCandidate("crm.")])
        }
        guard let command = DotCommand.named(first.hasPrefix(".") ? first : "." + first),
            [".create", ".update", ".delete"].contains(command.name)
        else { return luaCompletion(words.rest(from: 1)) }
        return argumentCompletion(
            of: command,
            after: Array(plain.dropFirst()),
            typed: typed,
            line: line,
            words: words
        )
    }

    private func optionCompletion(_ option: String, _ objectText: String?, _ typed: String) -> Completion {
        switch option {
        case "--sort", "--fields":
            guard let object = objectText.flatMap({ object($0) }) else { return .none }
            let last = String(typed.split(separator: ",", omittingEmptySubsequences: false).last ?? "")
            return .choosing(last, from: source.fields(of: object, suffix: ""))
        case "--object": return .choosing(typed, from: source.objects(suffix: " "))
        case "--format": return .choosing(typed, from: ["csv", "json"].map { CompletionCandidate($0, suffix: " ") })
        case "--map", "--errors", "-o", "--html", "--csv": return fileCompletion(typed)
        default: return .none
        }
    }

    /// `field=` and, after it, the values of a picklist.
    private func assignmentCompletion(_ typed: String, _ object: ObjectDefinition) -> Completion {
        guard let sign = typed.firstIndex(of: "=") else {
            return .choosing(typed, from: source.fields(of: object, suffix: "=", writableOnly: true))
        }
        guard let field = object.fields(calledByPeople: String(typed[..<sign])).first else { return .none }
        if case .reference(let target, _) = field.type {
            let prefix = CompletionCandidate(target.rawValue, suffix: "/")
            return .choosing(String(typed[typed.index(after: sign)...]), from: [prefix])
        }
        let values = source.values(of: field, quote: "").map { value in
            value.text.contains(" ")
                ? CompletionCandidate("\"\(value.text)\"", shown: value.shown, suffix: " ", aliases: value.aliases)
                : CompletionCandidate(value.text, shown: value.shown, suffix: " ", aliases: value.aliases)
        }
        return .choosing(String(typed[typed.index(after: sign)...]), from: values)
    }

    private func fileCompletion(_ typed: String) -> Completion {
        let slash = typed.lastIndex(of: "/")
        let folder = slash.map { String(typed[...$0]) } ?? ""
        let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let candidates = entries.sorted().filter { name.hasPrefix(".") || !$0.hasPrefix(".") }.map { entry in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder + entry, isDirectory: &isFolder)
            return CompletionCandidate(entry, suffix: isFolder.boolValue ? "/" : " ")
        }
        return .choosing(name, from: candidates)
    }

    /// The object that a word names, also as part of `customer/42`; nil when there is none.
    func object(_ text: String) -> ObjectDefinition? {
        let name = text.split(separator: "/").first.map(String.init) ?? text
        return try? source.catalog.object(calledByPeople: name)
    }
}
