package import CRMModel
import CRMStorage

/// What the history says of a write beside its door: `import @k3f9a2bc contact/12 any-stage`.
package struct OriginDetail: Sendable, Hashable {
    /// The identity of the company whose export the row comes from, nil for none.
    package var company: String?
    /// What the record was in that company.
    package var record: RecordID?
    /// Whether the record could be put into any stage.
    package var takesAnyStage = false

    /// Nothing beside the door.
    package init() {}

    /// The text for the history; what a hook saves on the way is of the company too, but not that record.
    func text(_ origin: Origin) -> String {
        guard company != nil || takesAnyStage else { return origin.description }
        var words = [origin.description]
        if let company { words.append("@\(company)") }
        if origin == .import {
            if let record { words.append(record.description) }
            if takesAnyStage { words.append("any-stage") }
        }
        return words.joined(separator: " ")
    }

    /// Whether the text of an entry says that the record came from a company, and there was that record.
    static func says(_ text: String, _ company: String, _ record: RecordID?) -> Bool {
        let words = text.split(separator: " ").dropFirst()
        guard words.contains("@\(company)") else { return false }
        guard let record, let own = words.lazy.compactMap({ RecordID(String($0)) }).first else { return true }
        return own == record
    }
}

extension RecordSession {
    /// The record that was moved here from the company that wrote a reference: it has the title, and its history names the
    /// company; nil for none.
    func moved(_ written: WrittenReference, _ plan: ObjectPlan) throws(PlatformError) -> ReferenceMatch? {
        let text = written.body
        guard let first = text.firstIndex(of: " ") else { return nil }
        let record = RecordID(String(text[..<first])).flatMap { $0.object == plan.object.name ? $0 : nil }
        for blank in text.indices.filter({ text[$0] == " " }).prefix(record == nil ? 8 : 1) {
            let title = String(text[text.index(after: blank)...])
            var found: [Int64] = []
            for id in try ids(plan, plan.object.titleSlot, title, .user, limit: 50)
            where try came(id, plan, from: written.origin, as: record) {
                found.append(id)
            }
            if found.count == 1 { return .one(found[0]) }
            if !found.isEmpty { return .several(found) }
        }
        return nil
    }

    /// Whether the history of a record names a company as the one that it came from.
    func came(
        _ id: Int64,
        _ plan: ObjectPlan,
        from company: String,
        as record: RecordID? = nil
    ) throws(PlatformError) -> Bool {
        // Asked of a record that was found already.
        try reads(.system).entries(of: id, plan)
            .contains { OriginDetail.says($0.origin, company, record) }
    }
}
