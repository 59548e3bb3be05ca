package import CRMModel

extension MetaTable {
    /// The options that a field had which is archived, or that its records still have although they are gone: values,
    /// labels and aliases.
    ///
    /// - Throws: `storage`, also when the note cannot be read.
    package static func archivedOptions(
        of fieldID: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) -> [PicklistSet.Option] {
        guard let entries = try object(key(fieldID), on: connection)?.entries else { return [] }
        return entries.map { value, json in
            PicklistSet.Option(
                value: value,
                label: LocalizedText(kept: json["label"]),
                parents: [],
                isRetired: true,
                colour: "",
                aliases: json["aliases"]?.arrayValue?.compactMap(\.stringValue) ?? []
            )
        }
    }

    /// Keeps the options that a field had; none forgets them.
    ///
    /// - Throws: `storage`.
    package static func setArchivedOptions(
        of fieldID: Int64,
        to options: [PicklistSet.Option],
        on connection: StoreConnection
    ) throws(PlatformError) {
        var entries = JSONObject()
        for option in options {
            entries[option.value] = ["label": option.label.kept, "aliases": .array(option.aliases.map { .string($0) })]
        }
        try set(key(fieldID), to: options.isEmpty ? nil : JSONValue.object(entries).serialised(), on: connection)
    }

    private static func key(_ fieldID: Int64) -> String { "archived.options.\(fieldID)" }
}

extension LocalizedText {
    /// As the file keeps it: the texts by language.
    var kept: JSONValue {
        var members = JSONObject()
        for language in Language.allCases {
            if let words = texts[language] { members[language.rawValue] = .string(words) }
        }
        return .object(members)
    }

    /// Reads ``kept``; without texts when there are none.
    init(kept json: JSONValue?) {
        var texts: [Language: String] = [:]
        for language in Language.allCases {
            if case .string(let words)? = json?[language.rawValue] { texts[language] = words }
        }
        self.init(texts)
    }
}
