import CRMPlatform
import Foundation
import TestSupport

/// A file with the one object that the corpus of bad input is made for.
final class ContactCompany {
    let folder: ScratchFolder
    let platform: Platform

    static let contact = """
        {"name": "contact", "label": {"zh-CN": "联系人", "zh-TW": "聯絡人", "en": "Contact"}, "title_field": "name",
         "fields": [
          {"name": "code", "type": "text", "label": "编号", "required": true, "unique": true, "max_length": 40},
          {"name": "name", "type": "text", "label": "名称", "required": true, "searchable": true, "max_length": 255},
          {"name": "phone", "type": "text", "label": "电话"},
          {"name": "email", "type": "text", "label": "邮箱"},
          {"name": "amount", "type": "decimal", "scale": 2, "label": "金额"},
          {"name": "birthday", "type": "date", "label": "生日"},
          {"name": "note", "type": "long_text", "label": "备注"}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        try platform.installPlugin(.folder(folder.plugin("base", ["objects/contact.json": Self.contact])))
    }

    var file: String { platform.path }

    func digest() throws -> TableDigest { try TableDigest(file: file) }

    func importFile(_ name: String) throws -> ImportSummary {
        try platform.importRecords(
            object: object("contact"),
            file: Repository.path("Tests/Corpus/bad-input/csv/\(name)"),
            as: .administrator
        )
    }

    /// The values of a field over all records, by code.
    func values(_ name: String) throws -> [String: String] {
        try platform.read(as: .administrator) { session in
            var found: [String: String] = [:]
            let page = try session.find(Query(object: object("contact"), limit: 5000))
            for record in page.records { found[record["code"].displayText] = record[name].displayText }
            return found
        }
    }
}

/// The error that `body` throws, nil when it throws none.
func refusal(_ body: () throws -> Void) -> PlatformError? {
    do {
        try body()
        return nil
    } catch {
        return error as? PlatformError
    }
}
