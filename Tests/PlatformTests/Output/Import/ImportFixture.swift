import CRMModel
import CRMOutput
import CRMRecords
import CRMStorage
import Foundation

/// A file in memory with one object for imports and exports, as the corpus of bad input expects it.
final class ImportFixture {
    let store: SQLiteStore
    let catalog: Catalog
    let object: ObjectDefinition
    private(set) var transactions = 0

    private struct FixedClock: CRMModel.Clock {
        let now = Instant(milliseconds: 1_795_226_400_000)
    }

    init(fields: [FieldDefinition]? = nil, duplicateRules: [DuplicateRule] = []) throws {
        store = try SQLiteStore.inMemory()
        let system = SystemField.allCases.map { system in
            let type: FieldType = system == .createdAt || system == .updatedAt ? .dateTime : .integer
            var field = Self.field(system.rawValue, type, system == .id ? "编号" : system.rawValue)
            field.isSystem = true
            field.isAudited = false
            return field
        }
        object = ObjectDefinition(
            name: try Self.required(ObjectName(rawValue: "contact")),
            label: LocalizedText([.zhCN: "联系人", .en: "Contact"]),
            fields: system + (fields ?? Self.contactFields()),
            titleField: Self.name("name"),
            duplicateRules: duplicateRules,
            stableID: 1
        )
        catalog = Catalog(generation: 1, objects: [object], dictionaries: [], layouts: [])
        try store.write { [catalog] connection throws(PlatformError) in
            try SchemaPlanner.plan(to: catalog, on: connection).apply(on: connection)
        }
    }

    struct Missing: Error {}

    static func required<T>(_ value: T?) throws -> T {
        guard let value else { throw Missing() }
        return value
    }

    static func name(_ text: String) -> FieldName {
        guard let name = FieldName(rawValue: text) else { preconditionFailure("\(text) is no field name") }
        return name
    }

    static func field(_ name: String, _ type: FieldType, _ label: String) -> FieldDefinition {
        FieldDefinition(name: self.name(name), type: type, label: LocalizedText([.zhCN: label]))
    }

    static func contactFields() -> [FieldDefinition] {
        var name = field("name", .text, "公司名称")
        name.isRequired = true
        var area = field("area", .decimal(scale: 2), "意向面积")
        area.aliases = ["面积"]
        var code = field("code", .text, "客户编码")
        code.aliases = ["编号"]
        return [
            code, name, field("phone", .phone, "手机"), field("email", .text, "邮箱"),
            field("amount", .currency(code: "CNY", scale: 2), "金额"), field("birthday", .date, "生日"),
            field("note", .longText, "备注"), area,
        ]
    }

    func session(_ connection: StoreConnection) -> RecordSession {
        RecordSession(
            connection: connection,
            plans: ObjectPlans(catalog: catalog, dialect: store.dialect, timeZone: FileSettings.usualTimeZone),
            hooks: NoHooks(),
            unit: UnitContext(.administrator, origin: .import),
            language: .zhCN,
            access: OpenAccess(),
            clock: FixedClock()
        )
    }

    func batch(_ body: (RecordSession) throws(PlatformError) -> Void) throws(PlatformError) {
        transactions += 1
        try store.write { connection throws(PlatformError) in try body(session(connection)) }
    }

    /// All records in the order of their numbers.
    func records() throws -> [Record] {
        try store.write { connection throws(PlatformError) in
            try session(connection).find(Query(object: object.name, limit: 10_000)).records
        }
    }

    /// The texts of a field of all records.
    func texts(_ field: String) throws -> [String] { try records().map { $0[field].displayText } }

    /// Imports a text.
    @discardableResult
    func importText(
        _ text: String,
        mapping: ImportMapping = ImportMapping(),
        options: FileImport = FileImport(),
        errorFile: (([UInt8]) throws -> Void)? = nil,
        progress: ((ImportProgress) -> Void)? = nil,
        isCancelled: (() -> Bool)? = nil
    ) throws -> ImportSummary {
        try importBytes(
            Array(text.utf8),
            mapping: mapping,
            options: options,
            errorFile: errorFile,
            progress: progress,
            isCancelled: isCancelled
        )
    }

    /// Imports the bytes of a file.
    @discardableResult
    func importBytes(
        _ bytes: [UInt8],
        mapping: ImportMapping = ImportMapping(),
        options: FileImport = FileImport(),
        errorFile: (([UInt8]) throws -> Void)? = nil,
        progress: ((ImportProgress) -> Void)? = nil,
        isCancelled: (() -> Bool)? = nil
    ) throws -> ImportSummary {
        var importer = try Importer(object: object, bytes: bytes, mapping: mapping, options: options)
        return try importer.run(
            errorFile: errorFile,
            progress: progress,
            isCancelled: isCancelled,
            inUnits: batch
        )
    }

    /// Imports a file of the corpus.
    func importCorpus(_ name: String, options: FileImport = FileImport()) throws -> ImportSummary {
        try importBytes(Self.corpus(name), options: options)
    }

    /// The bytes of a file of the corpus.
    static func corpus(_ name: String) throws -> [UInt8] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: tests.appendingPathComponent("Corpus/bad-input/csv/\(name)")))
    }
}
