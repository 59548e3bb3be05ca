import CRMPlatform

extension Completer {
    private static let keywords = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not",
        "or", "pairs(", "ipairs(", "print(", "repeat", "return", "then", "tostring(", "true", "until", "while", "crm.",
    ]

    /// Completes Lua whose text before the cursor is `line`.
    func luaCompletion(_ line: String) -> Completion {
        let state = LuaState((unfinished + [line]).joined(separator: "\n"))
        let object = state.texts.last { self.objectNamed($0) != nil }.flatMap { objectNamed($0) }
        if let typed = state.openText {
            if let object, state.isArgumentAfterText { return expressionCompletion(typed, object) }
            return .choosing(typed, from: source.objects(suffix: ""))
        }
        let word = state.word
        if let subject = state.assigned, word.isEmpty || !word.contains("."),
            let field = object.flatMap({ $0.fields(calledByPeople: subject).first }) ?? anyField(subject)
        {
            let values = source.values(of: field, quote: "\"")
            if !values.isEmpty, word.isEmpty { return .choosing("", from: values) }
        }
        if let sign = word.lastIndex(where: { $0 == "." || $0 == ":" }) {
            let owner = String(word[..<sign])
            let typed = String(word[word.index(after: sign)...])
            return memberCompletion(of: owner, isMethod: word[sign] == ":", typed, object)
        }
        if state.isInTable, let object {
            return .choosing(word, from: source.fields(of: object, suffix: " = ", writableOnly: true))
        }
        guard !word.isEmpty else { return .none }
        return .choosing(word, from: Self.keywords.map { CompletionCandidate($0) })
    }

    private func memberCompletion(
        of owner: String,
        isMethod: Bool,
        _ typed: String,
        _ object: ObjectDefinition?
    ) -> Completion {
        if owner == "crm" || owner.hasPrefix("crm.") {
            return .choosing(typed, from: source.functions.members(of: owner))
        }
        if isMethod { return .choosing(typed, from: source.functions.members(of: "record")) }
        guard !typed.isEmpty || object != nil else { return .none }
        let objects = object.map { [$0] } ?? source.catalog.sortedObjects
        return .choosing(typed, from: objects.flatMap { source.fields(of: $0, suffix: "") })
    }

    private func objectNamed(_ text: String) -> ObjectDefinition? {
        let name = text.split(separator: "/").first.map(String.init) ?? text
        return ObjectName(rawValue: name).flatMap { source.catalog.objects[$0] }
    }

    private func anyField(_ name: String) -> FieldDefinition? {
        guard let name = FieldName(rawValue: name) else { return nil }
        let fields = source.catalog.sortedObjects.compactMap { $0.field(name) }
        return fields.first { source.catalog.dictionary(of: $0) != nil }
    }
}

/// Where in a piece of Lua the cursor stands.
struct LuaState {
    /// The texts between quotes before the cursor, oldest first.
    private(set) var texts: [String] = []
    /// The text typed since a quote that is still open, nil outside of quotes.
    private(set) var openText: String?
    /// The name that is being typed, with dots and colons.
    private(set) var word = ""
    /// The name before a single `=` right before the cursor, as in `grade = `.
    private(set) var assigned: String?
    /// Whether the cursor stands between braces where a key may be.
    private(set) var isInTable = false
    /// Whether an open quote follows a comma after a text, as the second argument of `crm.find` does.
    private(set) var isArgumentAfterText = false

    /// Reads the text before the cursor.
    init(_ text: String) {
        var braces = 0
        var last: Character = " "
        var name = ""
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("--") {
                guard let end = rest.firstIndex(of: "\n") else {
                    word = ""
                    return
                }
                rest = rest[end...]
                continue
            }
            if character == "\"" || character == "'" {
                let tail = rest.dropFirst()
                guard let close = tail.firstIndex(of: character) else {
                    openText = String(tail)
                    isArgumentAfterText = (last == "," && !texts.isEmpty) || (last == "=" && name == "where")
                    return
                }
                texts.append(String(tail[..<close]))
                rest = tail[tail.index(after: close)...]
                (word, name, assigned, last) = ("", "", nil, character)
                continue
            }
            if character.isLetter || character.isNumber || "_.:".contains(character) {
                word.append(character)
                last = character
            } else if !character.isWhitespace {
                if !word.isEmpty { name = word }
                assigned = character == "=" && last != "=" && last != "<" && last != ">" && last != "~" ? name : nil
                if character == "{" { braces += 1 }
                if character == "}" { braces -= 1 }
                word = ""
                last = character
            } else if !word.isEmpty {
                name = word
                word = ""
                if assigned != nil { assigned = nil }
            }
            rest = rest.dropFirst()
        }
        if let path = assigned {
            assigned = path.split(whereSeparator: { $0 == "." || $0 == ":" }).last.map(String.init)
        }
        isInTable = braces > 0 && (last == "{" || last == "," || !word.isEmpty)
    }
}
