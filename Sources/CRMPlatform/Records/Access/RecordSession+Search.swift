public import CRMModel
import CRMStorage

/// A record that a search has found.
public struct SearchHit: Sendable {
    /// The record.
    public let record: Record
    /// The fields in whose values the words were found, with their values as people read them in the language asked for.
    public let matches: [(field: FieldDefinition, text: LocalizedText)]
}

/// What a search has found.
public struct SearchResult: Sendable {
    /// The records: first those whose title or code is exactly what was typed, then in the order in which they came into
    /// the index.
    public let hits: [SearchHit]
    /// Whether there are more than these.
    public let hasMore: Bool
    /// Why records that were saved last may be missing; nil when none is.
    ///
    /// They could not be read into the index now: the file can only be read, or somebody else rehearses or writes.
    public package(set) var warning: Message?

    /// The greatest number of hits that one search gives.
    public static let maximumLimit = 1_000
}

extension RecordSession {
    /// Finds records by their searchable fields: Chinese text of any length and in either script, pinyin initials,
    /// beginnings of words, telephone numbers however they are written and by their last digits, labels of options, titles
    /// of records referred to.
    ///
    /// - Parameters:
    ///   - text: What somebody typed; several words must all be found.
    ///   - objects: The objects to search, nil for all.
    ///   - limit: The greatest number of hits, 1 to 1,000.
    /// - Returns: The records found, and whether there are more.
    /// - Throws: `invalidInput` when there is nothing in the text to search for, or too much, and for another limit;
    ///   `storage`.
    public func search(
        _ text: String,
        objects: [ObjectName]? = nil,
        limit: Int = 50
    ) throws(PlatformError) -> SearchResult {
        guard text.utf8.count <= SearchQuery.maximumBytes else {
            throw PlatformError(
                .invalidInput,
                Message(
                    .searchTooLong,
                    ["limit": .text(String(SearchQuery.maximumBytes)), "size": .text(String(text.utf8.count))]
                )
            )
        }
        guard let query = SearchQuery(text) else { throw PlatformError(.invalidInput, Message(.searchEmpty)) }
        guard 1...SearchResult.maximumLimit ~= limit else {
            throw PlatformError(
                .invalidInput,
                Message(.queryLimit, ["limit": .text(String(SearchResult.maximumLimit))])
            )
        }
        if !isReading { try catchUpSearch() }
        let wanted = objects.map(Set.init)
        if isRestricted {
            for object in objects ?? [] { try requireRight(.read, on: object) }
        }
        var hits: [SearchHit] = []
        var found: Set<RecordID> = []
        var hasMore = false
        for (term, pieces) in [(query.whole, []), (query.term, query.pieces)] where !hasMore {
            try SearchTable.search(term, on: connection) {
                (objectID: Int64, recordID: Int64, document: String) throws(PlatformError) in
                guard let object = catalog.object(stableID: objectID), wanted?.contains(object.name) ?? true,
                    pieces.allSatisfy({ document.contains($0) }),
                    case let id = RecordID(object: object.name, number: recordID), !found.contains(id),
                    let record = try record(id, .user), try isFound(record, by: term, pieces)
                else { return true }
                guard hits.count < limit else {
                    hasMore = true
                    return false
                }
                found.insert(id)
                hits.append(SearchHit(record: record, matches: try matches(record, query.words)))
                return true
            }
        }
        return SearchResult(hits: hits, hasMore: hasMore)
    }

    /// Whether what the principal may see of a record has what was searched for in it; the index knows all of it.
    private func isFound(_ record: Record, by term: SearchTerm, _ pieces: [String]) throws(PlatformError) -> Bool {
        guard isRestricted else { return true }
        guard let (text, tokens) = try document(record, .user) else { return false }
        return pieces.allSatisfy { text.contains($0) } && term.isMet(by: tokens)
    }

    private func matches(
        _ record: Record,
        _ words: [String]
    ) throws(PlatformError) -> [(field: FieldDefinition, text: LocalizedText)] {
        var result: [(field: FieldDefinition, text: LocalizedText)] = []
        for slot in record.object.searchableSlots where slot != record.object.titleSlot {
            guard let shown = try searchedText(record, slot, .user) else { continue }
            let isFound: Bool
            if case .phone = record.object.fields[slot].type {
                let number = PhoneNumber(record.values[slot].displayText).number
                isFound = words.contains { number.contains($0) }
            } else {
                let forms = shown.texts.values.map { SearchText($0).squeezed }
                isFound = words.contains { word in forms.contains { $0.contains(word) } }
            }
            if isFound { result.append((record.object.fields[slot], shown)) }
        }
        return result
    }

    /// What people read in a searchable field: the label of an option, the title of a record referred to; nil when it is
    /// empty.
    private func searchedText(
        _ record: Record,
        _ slot: Int,
        _ mode: AccessMode
    ) throws(PlatformError) -> LocalizedText? {
        let value = record.values[slot]
        // What a mask leaves is not searched for.
        guard !value.isNull, rights(mode, on: record.object)?.isPlain(slot) != false else { return nil }
        let field = record.object.fields[slot]
        switch field.type {
        case .picklist:
            let text = value.displayText
            return catalog.dictionary(of: field)?.option(text)?.label ?? LocalizedText(text)
        case .reference(let target, _):
            guard case .integer(let number) = value,
                let other = try reads(mode).record(number, plans.plan(target))
            else { return nil }
            guard rights(mode, on: other.object)?.isPlain(other.object.titleSlot) != false else { return nil }
            return LocalizedText(other.title)
        default: return LocalizedText(value.displayText)
        }
    }

    /// Brings the search index up to date with the records changed since it was last read, whoever may see them.
    ///
    /// - Parameter deadline: When to stop although more is to be done; nil for not before the end.
    /// - Returns: How many records were read; 0 when all is done.
    /// - Throws: `storage`.
    @discardableResult
    package func catchUpSearch(until deadline: Deadline? = nil) throws(PlatformError) -> Int {
        var done = 0
        while true {
            let marks = try SearchTable.marks(limit: 64, on: connection)
            if marks.isEmpty { return done }
            for mark in marks {
                var document: (text: String, tokens: String)?
                if let object = catalog.object(stableID: mark.objectID),
                    let record = try reads(.system).record(mark.recordID, plans.plan(object.name))
                {
                    document = try self.document(record, .system)
                }
                try SearchTable.write(
                    objectID: mark.objectID,
                    record: mark.recordID,
                    document: document,
                    on: connection
                )
            }
            done += marks.count
            if let deadline, deadline.isOver { return done }
        }
    }

    /// The text and tokens of a record; nil when its searchable fields are empty.
    private func document(
        _ record: Record,
        _ mode: AccessMode
    ) throws(PlatformError) -> (text: String, tokens: String)? {
        var lines: [String] = []
        var tokens = SearchTokens()
        for slot in record.object.searchableSlots {
            guard let shown = try searchedText(record, slot, mode) else { continue }
            let field = record.object.fields[slot]
            if case .phone = field.type { tokens.add(PhoneNumber(record.values[slot].displayText)) }
            var texts = Set(shown.texts.values)
            if case .picklist = field.type { texts.insert(record.values[slot].displayText) }
            for text in texts.sorted() {
                let searched = SearchText(TextLimits.prefix(text, characters: 2000))
                if case .phone = field.type {} else { tokens.add(searched) }
                if slot == record.object.titleSlot || field.isUnique { tokens.addWhole(searched) }
                if slot == record.object.titleSlot { tokens.addSpellings(searched) }
                lines.append(searched.squeezed)
            }
        }
        return tokens.text.isEmpty ? nil : (lines.joined(separator: "\n"), tokens.text)
    }
}

extension MessageKey {
    static let searchEmpty = MessageKey(
        "search.empty",
        zhCN: "没有可以搜索的内容，请输入文字或数字",
        zhTW: "沒有可以搜尋的內容，請輸入文字或數字",
        en: "there is nothing to search for; type letters, characters or digits"
    )
    static let searchTooLong = MessageKey(
        "search.too_long",
        zhCN: "搜索的内容最多 {limit} 字节，现有 {size} 字节，请缩短",
        zhTW: "搜尋的內容最多 {limit} 位元組，現有 {size} 位元組，請縮短",
        en: "a search takes at most {limit} bytes of text, this is {size}; shorten it"
    )
}
