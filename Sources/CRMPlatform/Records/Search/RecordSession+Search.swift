public import CRMModel
import CRMStorage

/// A record that a search has found.
public struct SearchHit: Sendable {
    /// The record.
    public let record: Record
    /// The fields in whose values the words were found, with their values.
    public let matches: [(field: FieldDefinition, text: String)]
}

extension RecordSession {
    /// Finds records by their searchable fields: Chinese text of any length, pinyin initials, beginnings of words,
    /// the last digits of numbers.
    ///
    /// - Parameters:
    ///   - text: What somebody typed; several words must all be found.
    ///   - objects: The objects to search, nil for all.
    ///   - limit: The greatest number of hits, 1 to 1,000.
    /// - Returns: The records found, in the order in which they came into the index.
    /// - Throws: `storage`.
    public func search(
        _ text: String,
        objects: [ObjectName]? = nil,
        limit: Int = 50
    ) throws(PlatformError) -> [SearchHit] {
        if !connection.isReadOnly { try catchUpSearch() }
        guard let query = SearchTokens.query(text) else { return [] }
        let wanted = objects.map(Set.init)
        var hits: [SearchHit] = []
        let words = TextNormalisation.searchForm(text).split(whereSeparator: \.isWhitespace).map(String.init)
        try SearchTable.search(query.expression, on: connection) {
            (objectID: Int64, recordID: Int64, document: String) throws(PlatformError) in
            guard let object = catalog.object(stableID: objectID), wanted?.contains(object.name) ?? true,
                query.pieces.allSatisfy({ document.contains($0) }),
                let record = try get(RecordID(object: object.name, number: recordID))
            else { return true }
            hits.append(SearchHit(record: record, matches: Self.matches(record, words)))
            return hits.count < min(max(limit, 1), 1000)
        }
        return hits
    }

    private static func matches(_ record: Record, _ words: [String]) -> [(field: FieldDefinition, text: String)] {
        record.object.searchableSlots.compactMap { slot in
            guard case .text(let text) = record.values[slot], slot != record.object.titleSlot else { return nil }
            let form = TextNormalisation.searchForm(text)
            return words.contains { form.contains($0) } ? (record.object.fields[slot], text) : nil
        }
    }

    /// Brings the search index up to date with the records changed since it was last read.
    ///
    /// - Returns: How many records were read.
    /// - Throws: `storage`.
    @discardableResult
    package func catchUpSearch(limit: Int = .max) throws(PlatformError) -> Int {
        var done = 0
        while done < limit {
            let marks = try SearchTable.marks(limit: min(1000, limit - done), on: connection)
            if marks.isEmpty { return done }
            for mark in marks {
                var document: (text: String, tokens: String)?
                if let object = catalog.object(stableID: mark.objectID),
                    let record = try get(RecordID(object: object.name, number: mark.recordID))
                {
                    document = Self.document(record)
                }
                try SearchTable.write(
                    objectID: mark.objectID,
                    record: mark.recordID,
                    document: document,
                    on: connection
                )
            }
            done += marks.count
        }
        return done
    }

    /// The text and tokens of a record; nil when its searchable fields are empty.
    private static func document(_ record: Record) -> (text: String, tokens: String)? {
        var parts: [String] = []
        for slot in record.object.searchableSlots {
            let text = record.values[slot].displayText
            if !text.isEmpty { parts.append(TextNormalisation.searchForm(String(text.prefix(2000)))) }
        }
        guard !parts.isEmpty else { return nil }
        let text = parts.joined(separator: "\n")
        return (text, SearchTokens.tokens(of: text))
    }
}
