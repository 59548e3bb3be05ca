/// What is wrong with the text of an expression, and at which character.
public struct ExpressionError: Error, Sendable, Hashable {
    /// The place of the mistake in the text: 1 for the first character, counted as people count characters.
    public let column: Int
    /// What is wrong and how to mend it.
    public let message: Message

    /// Makes an error.
    package init(column: Int, _ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) {
        self.column = column
        message = Message(key, arguments)
    }

    /// The error of the kernel's public surface: the message, the text of the expression and a line with a caret.
    ///
    /// Of a long expression only the part around the mistake is shown.
    public func platformError(in text: String, context: ErrorContext = ErrorContext()) -> PlatformError {
        let characters = Array(text)
        let mistake = min(max(column - 1, 0), characters.count)
        let start = max(0, mistake - 40)
        let end = min(characters.count, mistake + 40)
        var shown = start > 0 ? "…" : ""
        var caret = start > 0 ? " " : ""
        for (index, character) in zip(start..<end, characters[start..<end]) {
            let isShown = DisplayWidth.columns(of: character) > 0 && !character.isNewline && character != "\t"
            shown.append(isShown ? character : " ")
            if index < mistake { caret += String(repeating: " ", count: max(1, DisplayWidth.columns(of: character))) }
        }
        if end < characters.count { shown.append("…") }
        let located = Message(
            .expressionLocated,
            [
                "message": .message(message), "column": .text(String(column)), "expression": .text(shown),
                "caret": .text(caret + "^"),
            ]
        )
        return PlatformError(.invalidInput, located, context: context)
    }
}
