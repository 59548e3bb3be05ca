extension FieldType {
    /// A text in the form that fields of the type keep it in: without blanks at its ends; addresses, numbers and codes
    /// half-width; e-mail addresses in small letters too, so that they are compared as they stand; codes with the dash of the
    /// keyboard, for which text programs put longer ones.
    ///
    /// Options and longer texts keep what was typed.
    public func keptForm(of text: String) -> String {
        switch self {
        case .email: ComparableForm.email.form(of: text)
        case .phone: TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
        case .autoNumber:
            TextNormalisation.withPlainDashes(TextNormalisation.halfWidth(TextNormalisation.trimmed(text)))
        case .picklist, .longText: text
        default: TextNormalisation.trimmed(text)
        }
    }
}
