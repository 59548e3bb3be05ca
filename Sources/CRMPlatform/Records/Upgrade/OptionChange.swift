import CRMModel

/// What becomes of the values of a picklist field when its options are others than before.
struct OptionChange {
    /// What becomes of one value.
    enum Fate {
        /// It means what it meant.
        case same
        /// It means what it meant under another label.
        case relabelled(LocalizedText, LocalizedText)
        /// Another value means what it meant.
        case moved(PicklistSet.Option)
        /// It would mean something else.
        case otherMeaning(LocalizedText, LocalizedText)
        /// No option has it.
        case gone
    }

    /// The options as they were, those that plugins left behind among them.
    let former: PicklistSet
    /// The options as they will be.
    let next: PicklistSet
    /// Whether the field stays with its dictionary.
    let isSameDictionary: Bool

    /// Whether no value needs to be looked at.
    var isNothing: Bool {
        former.options.allSatisfy { old in
            next.option(old.value).map { $0.label == old.label } ?? false
        } && !former.options.isEmpty
    }

    /// What becomes of a value that records have.
    func fate(of value: String) -> Fate {
        let old = former.option(value)
        guard let new = next.option(value) else {
            let heirs = next.options.filter { option in
                let isNew = !isSameDictionary || former.option(option.value) == nil
                return isNew
                    && (Self.names(option).contains(Self.form(value)) || old.map { continues($0, option) } ?? false)
            }
            return heirs.count == 1 ? .moved(heirs[0]) : .gone
        }
        guard let old, old.label != new.label else { return .same }
        if takesAnothersLabel(old, new) || (!isSameDictionary && !continues(old, new)) {
            return .otherMeaning(old.label, new.label)
        }
        return .relabelled(old.label, new.label)
    }

    /// Whether an option goes by a label that another had.
    private func takesAnothersLabel(_ old: PicklistSet.Option, _ new: PicklistSet.Option) -> Bool {
        let aliases = Set(new.aliases.map(Self.form))
        return new.label.texts.contains { language, text in
            let form = Self.form(text)
            // What an option was called, it may be called again, or say that it is still called so.
            guard let own = old.label.texts[language].map(Self.form), own != form, !aliases.contains(own) else {
                return false
            }
            return former.options.contains { other in
                other.value != old.value && other.label.texts[language].map(Self.form) == form
            }
        }
    }

    /// Whether an option goes by a label of another.
    private func continues(_ old: PicklistSet.Option, _ new: PicklistSet.Option) -> Bool {
        !Set(old.label.texts.values.map(Self.form)).isDisjoint(with: Self.names(new))
    }

    private static func names(_ option: PicklistSet.Option) -> Set<String> {
        Set((Array(option.label.texts.values) + option.aliases).map(form))
    }

    private static func form(_ text: String) -> String { ComparableForm.option.form(of: text) }
}
