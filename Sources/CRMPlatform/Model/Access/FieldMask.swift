/// What is left of a value for those who may not see all of it.
public enum FieldMask: Sendable, Hashable {
    /// Nothing but that there is a value.
    case hidden
    /// The last four characters; nothing of a text of up to eight.
    case last4
    /// A text instead of it.
    case label(String)

    /// What is shown of a value; an empty one stays empty, and what is masked already stays as it is.
    public func shown(_ value: Value) -> Value {
        guard !value.isNull else { return .null }
        switch self {
        case .hidden: return .text("***")
        case .label(let text): return .text(text)
        case .last4:
            let text = value.displayText
            guard text.count > 8 || text.hasPrefix("****") else { return .text("****") }
            return .text("****" + text.suffix(text.count > 8 ? 4 : max(0, text.count - 4)))
        }
    }
}
