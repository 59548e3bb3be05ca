extension SearchTerm {
    /// The term as the full-text index is asked for it.
    var match: String {
        switch self {
        case .token(let token): Self.quoted(token)
        case .beginning(let text): Self.quoted(text) + "*"
        case .all(let terms): terms.map(\.matchWithin).joined(separator: " AND ")
        case .any(let terms): terms.map(\.matchWithin).joined(separator: " OR ")
        }
    }

    /// The term as a part of another.
    private var matchWithin: String {
        switch self {
        case .token, .beginning: match
        case .all, .any: "(\(match))"
        }
    }

    private static func quoted(_ token: String) -> String { "\"" + token.replacing("\"", with: "\"\"") + "\"" }
}
