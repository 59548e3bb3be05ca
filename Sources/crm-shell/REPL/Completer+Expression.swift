import CRMPlatform

extension Completer {
    private static let words = [
        "and ", "or ", "not ", "in (", "like '", "between ", "is empty", "is not empty", "today()", "now()", "me()",
        "true", "false",
    ]

    /// Completes a condition on an object whose text before the cursor is `text`.
    func expressionCompletion(_ text: String, _ object: ObjectDefinition) -> Completion {
        let state = ExpressionState(text)
        let field = state.subject.flatMap { self.field($0, of: object) }
        if let typed = state.openText {
            guard let field else { return .none }
            let values = source.values(of: field, quote: "").map {
                CompletionCandidate($0.text, shown: $0.shown, suffix: "'", aliases: $0.aliases)
            }
            return .choosing(typed, from: values)
        }
        if state.expectsValue, let field {
            let values = source.values(of: field, quote: "'", suffix: " ")
            if !values.isEmpty, state.word.isEmpty { return .choosing("", from: values) }
        }
        guard let dot = state.word.lastIndex(of: ".") else {
            let fields = source.fields(of: object, suffix: " ")
            // With nothing typed the fields alone are listed; the words of the language are known soon enough.
            let words = state.word.isEmpty ? [] : Self.words.map { CompletionCandidate($0) }
            return .choosing(state.word, from: fields + words)
        }
        guard let target = target(of: String(state.word[..<dot]), from: object) else { return .none }
        let typed = String(state.word[state.word.index(after: dot)...])
        return .choosing(typed, from: source.fields(of: target, suffix: " "))
    }

    /// The field at the end of a dotted path.
    func field(_ path: String, of object: ObjectDefinition) -> FieldDefinition? {
        guard let dot = path.lastIndex(of: ".") else { return object.fields(calledByPeople: path).first }
        let name = String(path[path.index(after: dot)...])
        return target(of: String(path[..<dot]), from: object)?.fields(calledByPeople: name).first
    }

    /// The object that a path of references leads to.
    func target(of path: String, from object: ObjectDefinition) -> ObjectDefinition? {
        var current = object
        for part in path.split(separator: ".") {
            guard let field = current.fields(calledByPeople: String(part)).first,
                case .reference(let name, _) = field.type, let next = source.catalog.objects[name]
            else { return nil }
            current = next
        }
        return current
    }
}

/// Where in a condition the cursor stands.
struct ExpressionState {
    /// The field path that the values at the cursor belong to.
    private(set) var subject: String?
    /// The text typed since a quote that is still open, nil outside of quotes.
    private(set) var openText: String?
    /// The name that is being typed; empty after a blank or a sign.
    private(set) var word = ""
    /// Whether a value comes next: after `=`, `in (` or a comma in such a list.
    private(set) var expectsValue = false

    private static let keepers: Set<String> = ["in", "not", "like", "between", "is"]
    private static let parters: Set<String> = ["and", "or"]

    /// Reads the text before the cursor.
    init(_ text: String) {
        var rest = text[...]
        while let character = rest.first {
            if character == "'" || character == "\"" {
                endWord()
                let tail = rest.dropFirst()
                guard let close = tail.firstIndex(of: character) else {
                    openText = String(tail)
                    return
                }
                expectsValue = false
                rest = tail[tail.index(after: close)...]
                continue
            }
            if character.isLetter || character.isNumber || character == "_" || character == "." {
                word.append(character)
            } else {
                endWord()
                if "=<>(,".contains(character) { expectsValue = true }
            }
            rest = rest.dropFirst()
        }
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        let lower = word.lowercased()
        if Self.parters.contains(lower) {
            subject = nil
            expectsValue = false
        } else if !Self.keepers.contains(lower), word.first?.isNumber != true {
            subject = word
            expectsValue = false
        }
        word = ""
    }
}
