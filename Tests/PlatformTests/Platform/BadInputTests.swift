import CRMPlatform
import Foundation
import TestSupport
import Testing

@Suite("Hostile files through the whole platform")
struct BadInputTests {
    /// What must become of a file of `bad-input/csv`.
    enum Ending: Sendable {
        /// All rows go in.
        case rows(Int)
        /// The file is refused as a whole, with words of the message.
        case refused(String)
        /// Some rows go in; those with these numbers are refused.
        case partly(Int, [Int])
        /// Rows go in or are refused one by one.
        case some(atLeast: Int, of: Int)
    }

    static let csv: [(String, Ending)] = [
        ("01_bom_utf8.csv", .rows(3)), ("02_utf16le_bom.csv", .rows(3)), ("04_gbk.csv", .rows(2)),
        ("05_gb18030_rare.csv", .rows(1)), ("07_mixed_encoding.csv", .partly(1, [2])),
        ("08_invalid_utf8.csv", .partly(0, [1])), ("10_utf7_smuggle.csv", .rows(1)),
        ("20_mixed_line_endings.csv", .rows(4)), ("22_quote_in_middle.csv", .some(atLeast: 1, of: 2)),
        ("23_newline_in_cell.csv", .rows(2)), ("25_duplicate_headers.csv", .refused("name")),
        ("26_unknown_and_system_headers.csv", .refused("created_at")),
        ("28_missing_required.csv", .partly(0, [1, 2, 3, 4])),
        ("29_header_only.csv", .rows(0)), ("31_only_bom.csv", .refused("空")), ("32_semicolon.csv", .rows(3)),
        ("34_sep_line.csv", .rows(3)), ("35_two_thousand_columns.csv", .refused("200")),
        ("37_million_char_unquoted_line.csv", .partly(0, [1])), ("38_quotes_flood.csv", .partly(0, [1])),
        ("50_formula_cells.csv", .rows(19)), ("51_numbers.csv", .some(atLeast: 6, of: 30)),
        ("53_emoji_rtl_zero_width.csv", .some(atLeast: 12, of: 30)),
        ("54_control_characters.csv", .some(atLeast: 0, of: 1)),
        ("56_sql_values.csv", .rows(10)), ("57_paths_and_urls.csv", .some(atLeast: 1, of: 60)),
    ]

    @Test("every file of the corpus has its expectation")
    func whole() {
        #expect(Repository.names(in: "Tests/Corpus/bad-input/csv") == Self.csv.map(\.0).sorted())
        #expect(Repository.names(in: "Tests/Corpus/bad-input/json").count == 12)
        #expect(Repository.names(in: "Tests/Corpus/bad-input/plugin-manifest").count == 27)
    }

    @Test("a CSV file ends as expected, and nothing is half written", arguments: csv)
    func imports(_ name: String, _ ending: Ending) throws {
        let company = try ContactCompany()
        let before = try company.digest()
        let clock = ContinuousClock()
        let start = clock.now
        var summary: ImportSummary?
        let error = refusal { summary = try company.importFile(name) }
        #expect(clock.now - start < .seconds(10))
        switch ending {
        case .rows(let count):
            #expect(summary?.created == count)
            #expect(summary?.failed == 0)
        case .refused(let word):
            let text = error?.text(in: .zhCN) ?? ""
            #expect(error != nil && text.contains(word), "\(text)")
        case .partly(let count, let refused):
            #expect(summary?.created == count)
            #expect(summary?.problems.map(\.row) == refused)
            #expect(summary?.problems.allSatisfy { !$0.messages.isEmpty } == true)
        case .some(let least, let all):
            #expect((least...all).contains(summary?.created ?? -1))
            #expect((summary?.created ?? 0) + (summary?.failed ?? 0) + (summary?.duplicates ?? 0) == summary?.rows)
        }
        let created = summary?.created ?? 0
        if created == 0 { #expect(try company.digest() == before) }
        let names = try company.values("name")
        #expect(names.count == created)
        #expect(!names.values.contains { $0.contains("\u{FFFD}") })
        #expect(try company.platform.check().map { $0.message.text(in: .en) } == [])
    }

    @Test("values in SQL and emoji come back as they were, and are found as typed")
    func roundTrip() throws {
        let company = try ContactCompany()
        _ = try company.importFile("56_sql_values.csv")
        #expect(try company.values("name")["C0001"] == "Robert'); DROP TABLE contact;--")
        #expect(try company.values("name")["C0006"] == "_%_")
        let found = try company.platform.read(as: .administrator) { session in
            try session.count(object("contact"), where: "name = ?", parameters: [.text("' OR '1'='1")])
        }
        #expect(found == 1)
        _ = try? company.importFile("53_emoji_rtl_zero_width.csv")
        #expect(try ContactCompany.values(of: "53_emoji_rtl_zero_width.csv")["C0003"] == "👍🏽")
    }

    @Test("exported formulas are inert, and come back equal when imported again")
    func formulas() throws {
        let company = try ContactCompany()
        _ = try company.importFile("50_formula_cells.csv")
        let out = company.folder.path + "/out.csv"
        nonisolated(unsafe) var bytes: [UInt8] = []  // The sink is called on one thread, before the export returns.
        _ = try company.platform.exportRecords(
            query: Query(object: object("contact")),
            to: .csv(bom: false),
            as: .administrator,
            language: .zhCN
        ) { bytes += $0 }
        try Data(bytes).write(to: URL(fileURLWithPath: out))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains(",=") && !text.contains(",\"=") && !text.contains(",@") && !text.contains(",\"@"))
        let second = try ContactCompany()
        _ = try second.platform.importRecords(object: object("contact"), file: out, as: .administrator)
        #expect(try second.values("name") == company.values("name"))
        #expect(try second.values("amount") == company.values("amount"))
        #expect(try second.values("phone") == company.values("phone"))
    }

    // MARK: - JSON

    @Test(
        "a JSON file is refused, or gives a record that breaks no rule",
        arguments: Repository.names(in: "Tests/Corpus/bad-input/json")
    )
    func json(_ name: String) throws {
        let company = try ContactCompany()
        let before = try company.digest()
        let bytes = try Repository.bytes("Tests/Corpus/bad-input/json/\(name)")
        let clock = ContinuousClock()
        let start = clock.now
        var parsed: JSONValue?
        do { parsed = try JSONParser.parse(bytes) } catch { #expect(!error.message.text(in: .en).isEmpty) }
        let isStrict = [
            "09_type_confusion.json", "10_mass_assignment.json", "12_wide.json", "16_big_string.json", "18_scalar.json",
        ]
        #expect((parsed != nil) == isStrict.contains(name) || name == "16_big_string.json" || name == "12_wide.json")
        // The same bytes as a script gets them, into the one save.
        let file = company.folder.path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let error = refusal {
            try company.platform.runScript(
                "crm.create('contact', crm.json.decode((...)))",
                name: "s.lua",
                as: .administrator,
                arguments: [String(decoding: bytes, as: UTF8.self)]
            ) { _ in }
        }
        #expect(error != nil)
        #expect(clock.now - start < .seconds(5))
        if name == "10_mass_assignment.json" {
            for field in ["id", "created_at", "owner_id", "__proto__"] {
                #expect(Self.names(field, error), "\(field): \(error?.text(in: .en) ?? "")")
            }
        }
        if name == "09_type_confusion.json" {
            for field in ["code", "name"] {
                #expect(Self.names(field, error), "\(field): \(error?.text(in: .en) ?? "")")
            }
        }
        #expect(try company.digest() == before)
    }

    /// Whether an error names a field, by its API name or through an issue of its own.
    private static func names(_ name: String, _ error: PlatformError?) -> Bool {
        guard let error else { return false }
        return error.text(in: .en).contains(name) || error.issues.contains { $0.field?.rawValue == name }
    }

    // MARK: - Manifests

    /// The field that each manifest is wrong in.
    static let manifests: [(String, String)] = [
        ("01_empty.json", "plugin.json"), ("02_not_json.json", "plugin.json"), ("04_null.json", "plugin.json"),
        ("05_missing_id.json", "id"), ("07_id_absolute.json", "id"), ("08_id_sql.json", "id"),
        ("10_id_unicode_lookalike.json", "id"), ("11_id_case_twin.json", "id"), ("13_id_10000_chars.json", "id"),
        ("14_version_bad.json", "version"), ("16_version_negative.json", "version"),
        ("17_version_number.json", "version"),
        ("19_main_absolute.json", "main"), ("20_main_missing_file.json", "main"),
        ("22_permissions_star.json", "permissions"),
        ("23_permissions_unknown.json", "permissions"), ("25_permissions_100k.json", "permissions"),
        ("26_depends_self.json", "depends"), ("28_depends_missing.json", "permissions"),
        ("29_depends_bad_range.json", "depends"),
        ("31_duplicate_id_key.json", "id"), ("32_fields_collide.json", "fields"),
        ("34_entity_collide.json", "entities"),
        ("35_hook_core.json", "hooks"), ("37_deep.json", "plugin.json"), ("38_bom.json", "plugin.json"),
        ("40_migration_sql.json", "migrations"),
    ]

    @Test("a hostile manifest is refused with its field, and nothing is written", arguments: manifests)
    func manifest(_ name: String, _ field: String) throws {
        let company = try ContactCompany()
        let text = String(
            decoding: try Repository.bytes("Tests/Corpus/bad-input/plugin-manifest/\(name)"),
            as: UTF8.self
        )
        try refuses(text, naming: field, company)
    }

    /// The same attacks in manifests that are right otherwise, so that each is refused for itself.
    @Test(
        "a manifest with one fault is refused for that fault",
        arguments: [
            (#""id":"/etc/x""#, "id"), (#""id":"x'; DROP TABLE plugin;--""#, "id"),
            ("\"id\":\"\u{430}cme.demo\"", "id"),
            (#""id":"ACME.Demo""#, "id"), (#""id":"../up""#, "id"), (#""id":".hidden""#, "id"), (#""id":"""#, "id"),
            (#""id":null"#, "id"), (#""id":["a"]"#, "id"), (#""version":"1.0""#, "version"),
            (#""version":"-1.0.0""#, "version"), (#""version":1.0"#, "version"),
            (#""version":"1.0.99999999999999999999""#, "version"),
            (#""api":"1""#, "api"), (#""api":3"#, "api"), (#""api":1.5"#, "api"), (#""type":"virus""#, "type"),
            (#""title":7"#, "title"), (#""depends":{"acme.demo":"^1.0.0"}"#, "depends"),
            (#""depends":{"no.such":">=1.0.0"}"#, "no.such"), (#""depends":{"base":">=1 <"}"#, "depends"),
            (#""depends":{"base":"^9.0.0"}"#, "base"), (#""depends":["base"]"#, "depends"),
            (#""capabilities":["*"]"#, "capabilities"), (#""capabilities":["root"]"#, "capabilities"),
            (#""settings":{"a":{"type":"code"}}"#, "settings"), (#""order":-1"#, "order"),
            (#""demo":[{"import":"../../etc/passwd","object":"no such"}]"#, "demo"), (#""hooks":{}"#, "hooks"),
        ]
    )
    func oneFault(_ member: String, _ field: String) throws {
        var members = [
            "id": #""id":"acme.demo""#, "version": #""version":"1.0.0""#, "api": #""api":1"#,
            "type": #""type":"module""#,
            "title": #""title":"T""#,
        ]
        let key = String(member.dropFirst().prefix { $0 != "\"" })
        members[key] = member
        try refuses("{" + members.values.sorted().joined(separator: ",") + "}", naming: field, ContactCompany())
    }

    private func refuses(_ manifest: String, naming field: String, _ company: ContactCompany) throws {
        let before = try company.digest()
        let plugins = try company.platform.plugins.map(\.id)
        let folder = try company.folder.plugin(
            "attack",
            ["plugin.json": manifest, "main.lua": "crm.on('contact', 'before_save', function() error('x') end)"]
        )
        let files = try FileManager.default.subpathsOfDirectory(atPath: company.folder.path).filter {
            !$0.hasPrefix("t.crm")
        }
        let error = refusal { try company.platform.installPlugin(.folder(folder)) }
        let text = error?.text(in: .en) ?? "not refused"
        #expect(error?.code == .invalidPlugin || error?.code == .dependencyMissing, "\(text)")
        #expect(text.contains(field), "\(text.prefix(600))")
        #expect(text.utf8.count < 50_000)
        #expect(try company.digest() == before)
        #expect(try company.platform.plugins.map(\.id) == plugins)
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: company.folder.path).filter { !$0.hasPrefix("t.crm") }
                == files
        )
        // The platform goes on, without the attacker's hook.
        try company.platform.runScript(
            "crm.create('contact', {code = 'a', name = 'b'})",
            name: "s.lua",
            as: .administrator
        ) { _ in }
    }
}

extension ContactCompany {
    /// The names that a file of the corpus brings into a file of its own.
    static func values(of file: String) throws -> [String: String] {
        let company = try ContactCompany()
        _ = try company.importFile(file)
        return try company.values("name")
    }
}
