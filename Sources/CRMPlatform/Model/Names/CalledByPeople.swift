extension Sequence {
    /// What people call so: what has the API name, else what has the label in some language as it is written, else all that goes by
    /// it but for width, case, blanks or script (decision 0055).
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - name: The API name of one of them.
    ///   - label: What people call it.
    /// - Returns: None when nothing goes by the text, several when it cannot be told which is meant.
    package func called(
        _ text: String,
        name: (Element) -> String,
        label: (Element) -> LocalizedText
    ) -> [Element] {
        if let named = first(where: { name($0) == text }) { return [named] }
        let exact = filter { label($0).texts.values.contains(text) }
        if !exact.isEmpty { return exact }
        return filter { one in
            ([name(one)] + label(one).texts.values).contains { ComparableForm.heading.isSame($0, text) }
        }
    }
}
