package import CRMModel
import CRMStorage

/// A reference as exports write it: `C2026-000001 甲公司 @k3f9a2bc`.
///
/// First what the record goes by (its code, another unique text, or `contact/5` when it has neither), then its title when
/// that says something else, then the identity of the company whose file it comes from. In that company it means exactly
/// this record. In another one the code alone means nothing: there it is taken only when code and title both fit, or when the
/// history of the record that has the code or the title says that it was moved here from that company.
package struct WrittenReference: Sendable, Hashable {
    /// What the record goes by, and its title.
    package let body: String
    /// The identity of the company.
    package let origin: String

    /// Reads a reference; nil when the text does not end with the mark of a company.
    package init?(_ text: String) {
        let signs = text.utf8
        guard signs.count > 10, let mark = signs.lastIndex(of: UInt8(ascii: "@")),
            signs.distance(from: mark, to: signs.endIndex) == 9,
            mark > signs.startIndex, signs[signs.index(before: mark)] == 0x20
        else { return nil }
        let origin = signs[signs.index(after: mark)...]
        guard origin.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 26 }) else { return nil }
        body = TextNormalisation.trimmed(text[..<mark])
        self.origin = String(Substring(origin))
    }

    /// Makes the text of a reference.
    static func text(key: String, title: String, origin: String?) -> String {
        var text = title.isEmpty || title == key ? key : "\(key) \(title)"
        if let origin { text += " @\(origin)" }
        return text
    }
}

extension RecordSession {
    /// How a reference to a record, nil when there is none any more, is written into a file that other companies may read.
    ///
    /// See ``WrittenReference``.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func writtenReference(to id: RecordID, _ record: Record?) throws(PlatformError) -> String {
        let plan = try plans.plan(id.object)
        guard let record else {
            return WrittenReference.text(key: id.description, title: "", origin: try companyIdentity())
        }
        let key = Self.keySlots(plan).lazy.map { record.values[$0].displayText }.first { !$0.isEmpty }
        return WrittenReference.text(
            key: key ?? id.description,
            title: Self.title(record),
            origin: try companyIdentity()
        )
    }

    /// How people read a reference: its title; where the title is a code that the company has counted itself, with the
    /// company's mark, since another company has the same code for something else; and as it is written into a file where the
    /// title is what another record goes by.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func shownReference(to id: RecordID, _ record: Record?) throws(PlatformError) -> String {
        guard let record else { return try writtenReference(to: id, nil) }
        let title = Self.title(record)
        guard !title.isEmpty else { return try writtenReference(to: id, record) }
        let plan = try plans.plan(id.object)
        if plan.codeSlots.contains(where: { $0.slot == plan.object.titleSlot }) {
            return WrittenReference.text(key: title, title: "", origin: try companyIdentity())
        }
        // A title that is what another record goes by would be read as that one.
        for slot in Self.keySlots(plan) where slot != plan.object.titleSlot {
            if try ids(plan, slot, title, .user).contains(where: { $0 != id.number }) {
                return try writtenReference(to: id, record)
            }
        }
        return title
    }

    func companyIdentity() throws(PlatformError) -> String? {
        if let known = knownIdentity { return known }
        let identity = try MetaTable.identity(on: connection)
        knownIdentity = .some(identity)
        return identity
    }

    /// Whether a reference was written by this company.
    ///
    /// - Throws: `storage`.
    package func isOurs(_ written: WrittenReference) throws(PlatformError) -> Bool {
        try written.origin == companyIdentity()
    }

    /// The title of a record on one line, as a file has it.
    private static func title(_ record: Record) -> String {
        TextNormalisation.trimmed(record.values[record.object.titleSlot].displayText)
    }

    /// The fields whose values name one record: codes, then other unique texts.
    static func keySlots(_ plan: ObjectPlan) -> [Int] {
        plan.codeSlots.map(\.slot)
            + plan.uniqueSlots.filter { slot in
                plan.object.fields[slot].type.isText && !plan.codeSlots.contains { $0.slot == slot }
            }
    }

    /// The records, at most `limit`, that have a text in a field.
    func ids(
        _ plan: ObjectPlan,
        _ slot: Int,
        _ text: String,
        _ mode: AccessMode,
        limit: Int = 6
    ) throws(PlatformError) -> [Int64] {
        let type = plan.object.fields[slot].type
        guard type.isText else { return [] }
        return try reads(mode).ids(plan, slot, is: .text(type.keptForm(of: text)), limit: limit)
    }

    // MARK: - Reading

    func match(_ written: WrittenReference, _ plan: ObjectPlan) throws(PlatformError) -> ReferenceMatch {
        let isOurs = try written.origin == companyIdentity()
        let words = written.body.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        if let first = words.first, let id = RecordID(first), id.object == plan.object.name {
            guard isOurs else { return try moved(written, plan) ?? .foreign(nil) }
            guard let record = try record(id, .user) else { return .none }
            return try judged(record, title: words.count > 1 ? String(words[1]) : "", plan, isOurs: true)
        }
        // A code that this company counts by itself says nothing of another company's records.
        for slot in Self.keySlots(plan) {
            let isCounted = plan.codeSlots.contains { $0.slot == slot }
            let found = try ids(plan, slot, written.body, .user)
            guard let id = found.first else { continue }
            if isOurs || (!isCounted && slot == plan.object.titleSlot) { return .one(id) }
            return try came(id, plan, from: written.origin) ? .one(id) : .foreign(id)
        }
        let match = try match(pair: written.body, plan, isOurs: isOurs)
        switch match {
        case .contradicted(let id): return isOurs ? match : try moved(written, plan) ?? .foreign(id)
        case .none: return isOurs ? .none : try moved(written, plan) ?? .foreign(nil)
        default: return match
        }
    }

    /// The record that has the first words of a text as its code and the rest as its title.
    func match(pair text: String, _ plan: ObjectPlan, isOurs: Bool) throws(PlatformError) -> ReferenceMatch {
        var contradicted: (record: Record, title: String)?
        var tried = 0
        for index in text.indices where text[index] == " " {
            tried += 1
            guard tried <= 8 else { break }
            let key = String(text[..<index])
            let title = String(text[text.index(after: index)...])
            for slot in Self.keySlots(plan) {
                guard let id = try ids(plan, slot, key, .user).first,
                    let record = try record(RecordID(object: plan.object.name, number: id), .user)
                else { continue }
                if TextNormalisation.trimmed(title) == Self.title(record) { return .one(id) }
                if contradicted == nil { contradicted = (record, title) }
            }
        }
        guard let contradicted else { return .none }
        return try judged(contradicted.record, title: contradicted.title, plan, isOurs: isOurs)
    }

    /// A record of our own may have got another title since it was written into a file; a title that now is another
    /// record's has been typed over, and one that the record never had was given by a copy that went its own way.
    private func judged(
        _ record: Record,
        title: String,
        _ plan: ObjectPlan,
        isOurs: Bool
    ) throws(PlatformError) -> ReferenceMatch {
        if title.isEmpty || title == Self.title(record) { return .one(record.id) }
        guard isOurs, try ids(plan, plan.object.titleSlot, title, .user).isEmpty, try hasBeenCalled(title, record)
        else {
            return .contradicted(record.id)
        }
        return .one(record.id)
    }

    /// Whether a record had a title at some time.
    ///
    /// A copy of the company that went its own way has given the same code to somebody else since, and bears the same mark.
    private func hasBeenCalled(_ title: String, _ record: Record) throws(PlatformError) -> Bool {
        let field = record.object.fields[record.object.titleSlot]
        guard field.type.isText else { return false }
        return try history(of: record.recordID, .user).contains { entry in
            entry.changes.contains { change in
                change.field == field.name
                    && [change.old, change.new].contains { TextNormalisation.trimmed($0.displayText) == title }
            }
        }
    }

    /// A record in a message: its code and its title.
    func shown(_ number: Int64, of object: ObjectName) throws(PlatformError) -> String {
        let plan = try plans.plan(object)
        guard let record = try record(RecordID(object: object, number: number), .user) else {
            return "\(object)/\(number)"
        }
        let key = Self.keySlots(plan).lazy.map { record.values[$0].displayText }.first { !$0.isEmpty }
        return ValueCoder.shown(
            WrittenReference.text(key: key ?? record.recordID.description, title: Self.title(record), origin: nil)
        )
    }
}
