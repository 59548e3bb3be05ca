import Synchronization

/// A statement that is used again and again: made once, found in every connection without hashing its text.
package final class PreparedSQL: Sendable {
    /// The SQL.
    package let text: String

    /// The number under which connections keep the compiled statement.
    let number: Int

    private static let count = Atomic<Int>(0)

    /// Makes a statement of this text; keep it for as long as the text is used.
    package init(_ text: String) {
        self.text = text
        number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
