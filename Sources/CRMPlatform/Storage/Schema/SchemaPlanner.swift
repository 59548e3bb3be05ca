package import CRMModel

/// Compares the tables of a file with a catalog and says what must be done.
///
/// Data are never dropped: a field or an object that the catalog no longer has is archived with its column or table,
/// and revived when it comes back with values of the same kind.
package struct SchemaPlanner {
    /// The greatest number of fields of an object, the system's included.
    package static let fieldLimit = 500

    private let dialect: any SQLDialect
    private let connection: StoreConnection
    private let state: SchemaState
    private var steps: [SchemaPlan.Step] = []
    private var issues: [FieldIssue] = []
    private let conversions: [ObjectName: [FieldName: ColumnConversion]]

    /// The plan that brings the tables of the file to `catalog`; nothing is changed.
    ///
    /// `conversions` say what becomes of the values of fields that are kept in another way from now on, `objections` what
    /// stands against the change already.
    ///
    /// - Throws: `migrationFailed` with every reason why the change cannot be made; `storage`.
    package static func plan(
        to catalog: Catalog,
        on connection: StoreConnection,
        conversions: [ObjectName: [FieldName: ColumnConversion]] = [:],
        objections: [FieldIssue] = []
    ) throws(PlatformError) -> SchemaPlan {
        let state = try SchemaState.read(on: connection)
        var planner = SchemaPlanner(connection: connection, state: state, conversions: conversions)
        planner.issues = objections
        for object in catalog.sortedObjects { try planner.plan(object) }
        for (name, present) in state.objects.sorted(by: { $0.key < $1.key })
        where catalog.objects[name] == nil && !present.row.isArchived {
            try planner.archive(present)
        }
        guard planner.issues.isEmpty else {
            throw PlatformError(.migrationFailed, Message(.schemaRefused), issues: planner.issues)
        }
        return SchemaPlan(steps: planner.steps, schemaVersion: state.schemaVersion)
    }

    private init(
        connection: StoreConnection,
        state: SchemaState,
        conversions: [ObjectName: [FieldName: ColumnConversion]]
    ) {
        dialect = connection.dialect
        self.connection = connection
        self.state = state
        self.conversions = conversions
    }

    // MARK: - Objects

    private mutating func plan(_ object: ObjectDefinition) throws(PlatformError) {
        guard object.fields.count <= Self.fieldLimit else {
            refuse(
                object,
                nil,
                "too_many_fields",
                Message(
                    .schemaTooManyFields,
                    ["object": name(object), "count": "\(object.fields.count)", "limit": "\(Self.fieldLimit)"]
                )
            )
            return
        }
        if let present = state.objects[object.name] {
            try change(present, to: object)
        } else {
            create(object)
        }
    }

    private mutating func create(_ object: ObjectDefinition) {
        let fields = object.fields.filter { !$0.isSystem }
        let table = TableDefinition(dialect: dialect, object: object.name)
        steps.append(
            SchemaPlan.Step(
                object: object.name,
                field: nil,
                sql: table.create(fields.map { ($0.name, $0.storage) }),
                message: Message(.schemaCreateObject, ["object": name(object), "count": "\(fields.count)"]),
                bookkeeping: .createObject(
                    plugin: object.plugin,
                    fields: fields.map { ($0.name, $0.storage, $0.plugin) }
                )
            )
        )
        for index in Self.indexes(of: object) { add(index, to: object) }
    }

    private mutating func change(
        _ present: SchemaState.Object,
        to object: ObjectDefinition
    ) throws(PlatformError) {
        if present.row.isArchived || present.row.plugin != object.plugin {
            steps.append(
                SchemaPlan.Step(
                    object: object.name,
                    field: nil,
                    sql: nil,
                    message: present.row.isArchived
                        ? Message(.schemaReviveObject, ["object": name(object)]) : nil,
                    bookkeeping: .setObject(id: present.row.id, plugin: object.plugin, isArchived: false)
                )
            )
        }
        let wanted = Self.indexes(of: object)
        let converted = Set(conversions[object.name, default: [:]].keys)
        // Values that change one after the other may meet in a unique index on the way.
        let lasting = wanted.filter { converted.isDisjoint(with: $0.fields) }
        let kept = present.indexes.intersection(lasting.map { dialect.indexName($0, of: object.name) })
        drop(present.indexes.subtracting(kept), of: object.name)
        var columns = present.fieldsInOrder.count { $0.storage != .none }
        var added: Set<FieldName> = []
        for field in object.fields where !field.isSystem {
            if let row = present.fields[field.name] {
                change(row, to: field, of: object)
            } else {
                added.insert(field.name)
                if field.storage != .none { columns += 1 }
                add(field, to: object)
            }
        }
        // Archived ones are among them.
        if columns > dialect.columnLimit {
            refuse(
                object,
                nil,
                "too_many_fields",
                Message(
                    .schemaTooManyFields,
                    ["object": name(object), "count": "\(columns)", "limit": "\(dialect.columnLimit)"]
                )
            )
        }
        for row in present.fieldsInOrder where object.field(row.name) == nil && !row.isArchived {
            let count =
                row.storage == .none
                ? 0
                : try connection.integer(
                    "SELECT count(\(dialect.identifier(row.name))) FROM \(dialect.table(of: object.name))"
                )
            steps.append(
                SchemaPlan.Step(
                    object: object.name,
                    field: row.name,
                    sql: nil,
                    message: Message(
                        .schemaArchiveField,
                        [
                            "object": name(object), "field": .text(row.name.rawValue),
                            "count": .text(String(count)),
                        ]
                    ),
                    bookkeeping: .setField(id: row.id, plugin: row.plugin, isArchived: true)
                )
            )
        }
        for index in wanted where !kept.contains(dialect.indexName(index, of: object.name)) {
            if index.isUnique, added.union(converted).isDisjoint(with: index.fields), issues.isEmpty {
                try checkDuplicates(index, of: object)
            }
            add(index, to: object)
        }
    }

    private mutating func archive(_ present: SchemaState.Object) throws(PlatformError) {
        let count = try connection.integer("SELECT count(*) FROM \(dialect.table(of: present.row.name))")
        drop(present.indexes, of: present.row.name)
        steps.append(
            SchemaPlan.Step(
                object: present.row.name,
                field: nil,
                sql: nil,
                message: Message(
                    .schemaArchiveObject,
                    ["object": .text(present.row.name.rawValue), "count": .text(String(count))]
                ),
                bookkeeping: .setObject(id: present.row.id, plugin: present.row.plugin, isArchived: true)
            )
        )
    }

    // MARK: - Fields

    private mutating func add(_ field: FieldDefinition, to object: ObjectDefinition) {
        steps.append(
            SchemaPlan.Step(
                object: object.name,
                field: field.name,
                sql: TableDefinition(dialect: dialect, object: object.name).add(field.name, field.storage),
                message: Message(
                    .schemaAddField,
                    [
                        "object": name(object), "field": .text(field.name.rawValue),
                        "type": .label(field.storage.label),
                    ]
                ),
                bookkeeping: .createField(name: field.name, storage: field.storage, plugin: field.plugin)
            )
        )
    }

    private mutating func change(_ row: FieldRow, to field: FieldDefinition, of object: ObjectDefinition) {
        if let conversion = conversions[object.name]?[field.name] {
            steps.append(
                SchemaPlan.Step(
                    object: object.name,
                    field: field.name,
                    sql: nil,
                    message: nil,
                    bookkeeping: conversion.keepsColumn(dialect)
                        ? .setStorage(id: row.id, storage: field.storage)
                        : .replaceField(id: row.id, storage: field.storage, plugin: field.plugin),
                    conversion: conversion
                )
            )
            guard conversion.keepsColumn(dialect) else { return }
        }
        guard row.storage == field.storage || conversions[object.name]?[field.name] != nil else {
            // Those who look at the data beforehand have told it in better words.
            guard !issues.contains(where: { $0.field == field.name }) else { return }
            refuse(
                object,
                field.name,
                "incompatible_type",
                Message(
                    .schemaIncompatible,
                    [
                        "object": name(object), "field": .text(field.name.rawValue),
                        "old": .label(row.storage.label), "new": .label(field.storage.label),
                    ]
                )
            )
            return
        }
        guard row.isArchived || row.plugin != field.plugin else { return }
        steps.append(
            SchemaPlan.Step(
                object: object.name,
                field: field.name,
                sql: nil,
                message: row.isArchived
                    ? Message(.schemaReviveField, ["object": name(object), "field": .text(field.name.rawValue)]) : nil,
                bookkeeping: .setField(id: row.id, plugin: field.plugin, isArchived: false)
            )
        )
    }

    // MARK: - Indexes

    /// The indexes that an object's table has: unique fields, codes within their scope, references, declared ones.
    package static func indexes(of object: ObjectDefinition) -> [IndexDefinition] {
        var indexes: [IndexDefinition] = []
        for field in object.fields where !field.isSystem && field.storage != .none {
            if field.isUnique {
                indexes.append(IndexDefinition(fields: [field.name], isUnique: true))
            } else if field.type == .autoNumber {
                let rule = object.codeRule(of: field)
                indexes.append(IndexDefinition(fields: (rule?.scope ?? []) + [field.name], isUnique: true))
            }
        }
        indexes += object.indexes.filter { index in
            !index.fields.isEmpty && index.fields.allSatisfy { object.field($0).map { $0.storage != .none } ?? false }
        }
        for field in object.fields {
            guard case .reference = field.type, !indexes.contains(where: { $0.fields.first == field.name }) else {
                continue
            }
            indexes.append(IndexDefinition(fields: [field.name], isUnique: false))
        }
        var seen: Set<IndexDefinition> = []
        return indexes.filter { seen.insert($0).inserted }
    }

    private mutating func add(_ index: IndexDefinition, to object: ObjectDefinition) {
        steps.append(
            SchemaPlan.Step(
                object: object.name,
                field: nil,
                sql: TableDefinition(dialect: dialect, object: object.name).create(index),
                message: Message(
                    index.isUnique ? .schemaCreateUniqueIndex : .schemaCreateIndex,
                    ["object": name(object), "fields": .text(Self.list(index.fields))]
                ),
                bookkeeping: .nothing
            )
        )
    }

    private mutating func drop(_ indexes: Set<String>, of object: ObjectName) {
        for index in indexes.sorted() {
            steps.append(
                SchemaPlan.Step(
                    object: object,
                    field: nil,
                    sql: TableDefinition(dialect: dialect, object: object).drop(index: index),
                    message: Message(.schemaDropIndex, ["object": .text(object.rawValue), "index": .text(index)]),
                    bookkeeping: .nothing
                )
            )
        }
    }

    /// Two records that agree in all the fields stand in the way of a unique index.
    private mutating func checkDuplicates(
        _ index: IndexDefinition,
        of object: ObjectDefinition
    ) throws(PlatformError) {
        let columns = index.fields.map { dialect.identifier($0) }
        let list = columns.joined(separator: ", ")
        let present = columns.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        let statement = try connection.statement(
            "SELECT min(\"id\"), max(\"id\"), count(*) FROM \(dialect.table(of: object.name)) "
                + "WHERE \(present) GROUP BY \(list) HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        )
        defer { statement.reset() }
        guard try statement.step() else { return }
        let first = RecordID(object: object.name, number: statement.int64(0))
        let last = RecordID(object: object.name, number: statement.int64(1))
        refuse(
            object,
            index.fields.last,
            "duplicate",
            Message(
                .schemaDuplicates,
                [
                    "object": name(object), "fields": .text(Self.list(index.fields)),
                    "first": .text(first.description), "last": .text(last.description),
                    "count": .text(String(statement.int64(2))),
                ]
            ),
            conflicting: first
        )
    }

    // MARK: - Words

    private mutating func refuse(
        _ object: ObjectDefinition,
        _ field: FieldName?,
        _ code: String,
        _ message: Message,
        conflicting: RecordID? = nil
    ) {
        issues.append(
            FieldIssue(field: field, code: code, message: message, plugin: object.plugin, conflicting: conflicting)
        )
    }

    private func name(_ object: ObjectDefinition) -> Message.Argument { .text(object.name.rawValue) }

    private static func list(_ fields: [FieldName]) -> String { fields.map(\.rawValue).joined(separator: ", ") }
}

extension FieldStorage {
    /// What kind of values it is, for people.
    var label: LocalizedText {
        switch self {
        case .text: LocalizedText([.zhCN: "文本", .zhTW: "文字", .en: "text"])
        case .integer: LocalizedText([.zhCN: "整数或引用", .zhTW: "整數或參照", .en: "integer or reference"])
        case .scaled(let scale):
            LocalizedText([
                .zhCN: "\(scale) 位小数", .zhTW: "\(scale) 位小數", .en: "decimal with \(scale) places",
            ])
        case .boolean: LocalizedText([.zhCN: "是否", .zhTW: "是否", .en: "yes or no"])
        case .date: LocalizedText([.zhCN: "日期", .zhTW: "日期", .en: "date"])
        case .instant: LocalizedText([.zhCN: "日期时间", .zhTW: "日期時間", .en: "date and time"])
        case .none: LocalizedText([.zhCN: "子表", .zhTW: "子表", .en: "child rows"])
        }
    }
}
