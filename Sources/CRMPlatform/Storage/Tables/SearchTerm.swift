/// What the tokens of a document must have to be found.
package indirect enum SearchTerm: Sendable, Hashable {
    /// This token.
    case token(String)
    /// One that begins so.
    case beginning(String)
    /// All of these.
    case all([SearchTerm])
    /// One of these at least.
    case any([SearchTerm])

    /// Whether the tokens of one document, joined by blanks, have it.
    ///
    /// For readers who may not see all of a record: the index knows it whole, and that something was found would tell the
    /// rest.
    package func isMet(by tokens: String) -> Bool {
        let words = tokens.split(separator: " ")
        return isMet(by: words, Set(words))
    }

    private func isMet(by words: [Substring], _ all: Set<Substring>) -> Bool {
        switch self {
        case .token(let token): all.contains(token[...])
        case .beginning(let text): words.contains { $0.hasPrefix(text) }
        case .all(let terms): terms.allSatisfy { $0.isMet(by: words, all) }
        case .any(let terms): terms.contains { $0.isMet(by: words, all) }
        }
    }
}
