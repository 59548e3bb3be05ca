package import CRMModel

/// The statements over the table of one object, made once for each catalog.
package final class RecordTable {
    /// The object.
    package let object: ObjectDefinition
    /// How each slot is kept.
    package let storages: [FieldStorage]
    /// The slots that have a column, in the order of columns.
    package let storedSlots: [Int]

    let dialect: any SQLDialect
    private let table: String
    private let selectByID: PreparedSQL
    private let selectMany: PreparedSQL
    private let selectTitles: PreparedSQL
    private let selectAll: PreparedSQL
    private let insertRow: PreparedSQL
    private let deleteRow: PreparedSQL
    private let existsRow: PreparedSQL
    private var updates: [[Int]: PreparedSQL] = [:]
    private var lookups: [Int: PreparedSQL] = [:]
    private var jointLookups: [[Int]: PreparedSQL] = [:]

    /// Makes the statements of an object.
    package init(_ object: ObjectDefinition, dialect: any SQLDialect) {
        self.object = object
        self.dialect = dialect
        storages = object.fields.map(\.storage)
        storedSlots = object.fields.indices.filter { object.fields[$0].storage != .none }
        table = dialect.table(of: object.name)
        let columns = storedSlots.map { dialect.identifier(object.fields[$0].name) }
        let list = columns.joined(separator: ",")
        selectByID = PreparedSQL("SELECT \(list) FROM \(table) WHERE \"id\"=?1")
        let many = "FROM \(table) WHERE \"id\" IN (\((1...Self.chunk).map { "?\($0)" }.joined(separator: ",")))"
        selectMany = PreparedSQL("SELECT \(list) \(many)")
        let title = object.fields[object.titleSlot]
        selectTitles = PreparedSQL(
            "SELECT \"id\",\(title.storage == .none ? "NULL" : dialect.identifier(title.name)) \(many)"
        )
        selectAll = PreparedSQL("SELECT \(list) FROM \(table) ORDER BY \"id\"")
        let written = columns.dropFirst()
        let marks = written.indices.map { "?\($0)" }.joined(separator: ",")
        insertRow = PreparedSQL("INSERT INTO \(table)(\(written.joined(separator: ","))) VALUES(\(marks))")
        deleteRow = PreparedSQL("DELETE FROM \(table) WHERE \"id\"=?1")
        existsRow = PreparedSQL("SELECT 1 FROM \(table) WHERE \"id\"=?1")
    }

    /// Reads a record by its number, nil when there is none.
    ///
    /// - Throws: `storage`.
    package func record(_ id: Int64, on connection: StoreConnection) throws(PlatformError) -> Record? {
        let statement = try connection.statement(selectByID)
        statement.bind(id, at: 1)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        var values: [Value] = []
        try statement.readValues(storages: storages, into: &values)
        return Record(object: object, values: values)
    }

    /// How many records one statement reads by their numbers.
    package static let chunk = 100

    /// Reads the records of certain numbers that there are.
    ///
    /// - Throws: `storage`.
    package func records(_ ids: [Int64], on connection: StoreConnection) throws(PlatformError) -> [Record] {
        var records: [Record] = []
        try forEach(of: ids, selectMany, connection) { statement throws(PlatformError) in
            var values: [Value] = []
            try statement.readValues(storages: storages, into: &values)
            records.append(Record(object: object, values: values))
        }
        return records
    }

    /// Reads the numbers of the records that there are of certain numbers, with the values of their title field.
    ///
    /// - Throws: `storage`.
    package func titles(
        of ids: [Int64],
        on connection: StoreConnection
    ) throws(PlatformError) -> [(id: Int64, title: Value)] {
        var titles: [(id: Int64, title: Value)] = []
        let storage = storages[object.titleSlot]
        try forEach(of: ids, selectTitles, connection) { statement throws(PlatformError) in
            titles.append((statement.int64(0), storage == .none ? .null : try statement.value(1, as: storage)))
        }
        return titles
    }

    private func forEach(
        of ids: [Int64],
        _ sql: PreparedSQL,
        _ connection: StoreConnection,
        _ body: (StoreStatement) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        for start in stride(from: 0, to: ids.count, by: Self.chunk) {
            let statement = try connection.statement(sql)
            defer { statement.reset() }
            let part = ids[start..<min(start + Self.chunk, ids.count)]
            for (index, id) in part.enumerated() { statement.bind(id, at: index + 1) }
            // The places that are left over are those of the last one again.
            for index in part.count..<Self.chunk { statement.bind(part[part.endIndex - 1], at: index + 1) }
            while try statement.step() { try body(statement) }
        }
    }

    /// Whether there is a record of that number.
    ///
    /// - Throws: `storage`.
    package func exists(_ id: Int64, on connection: StoreConnection) throws(PlatformError) -> Bool {
        let statement = try connection.statement(existsRow)
        statement.bind(id, at: 1)
        defer { statement.reset() }
        return try statement.step()
    }

    /// Reads every record in the order of numbers and gives each to `body`.
    ///
    /// - Throws: `storage`; what `body` throws.
    package func forEach(
        on connection: StoreConnection,
        _ body: (Record) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        let statement = try connection.statement(selectAll)
        defer { statement.reset() }
        while try statement.step() {
            var values: [Value] = []
            try statement.readValues(storages: storages, into: &values)
            try body(Record(object: object, values: values))
        }
    }

    /// Writes a new row of the values by slot (that of `id` is given by the engine) and returns its number.
    ///
    /// - Throws: `alreadyExists` with a ``StoreConstraintViolation`` when a unique index objects; `storage`.
    package func insert(_ values: [Value], on connection: StoreConnection) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(insertRow)
        var index = 0
        for slot in storedSlots {
            if index > 0 { try statement.bind(values[slot], as: storages[slot], at: index) }
            index += 1
        }
        return try statement.insert()
    }

    /// Writes the values of some slots of a record, if it still has the version given; false when it has another.
    ///
    /// - Throws: `alreadyExists` with a ``StoreConstraintViolation`` when a unique index objects; `storage`.
    package func update(
        _ id: Int64,
        slots: [Int],
        values: [Value],
        version: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let statement = try connection.statement(updateStatement(slots))
        var index = 1
        for slot in slots {
            try statement.bind(values[slot], as: storages[slot], at: index)
            index += 1
        }
        statement.bind(id, at: index)
        statement.bind(version, at: index + 1)
        return try statement.change() == 1
    }

    /// Removes a row.
    ///
    /// - Throws: `storage`.
    package func delete(_ id: Int64, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(deleteRow)
        statement.bind(id, at: 1)
        try statement.execute()
    }

    /// The numbers of at most `limit` records that have a value in a slot, lowest first.
    ///
    /// - Throws: `storage`.
    package func ids(
        where slot: Int,
        is value: Value,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let statement = try connection.statement(lookupStatement(slot))
        try statement.bind(value, as: storages[slot], at: 1)
        statement.bind(Int64(limit), at: 2)
        var ids: [Int64] = []
        while try statement.step() { ids.append(statement.int64(0)) }
        return ids
    }

    /// The numbers of at most `limit` records that have certain values in certain slots, lowest first.
    ///
    /// - Throws: `storage`.
    package func ids(
        where slots: [Int],
        are values: [Value],
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let statement = try connection.statement(lookupStatement(slots))
        for (index, slot) in slots.enumerated() {
            try statement.bind(values[index], as: storages[slot], at: index + 1)
        }
        statement.bind(Int64(limit), at: slots.count + 1)
        var ids: [Int64] = []
        while try statement.step() { ids.append(statement.int64(0)) }
        return ids
    }

    /// The numbers of at most `limit` records whose values in certain slots have certain comparable forms, lowest first.
    ///
    /// A slot without a form has the value itself. All records are read.
    ///
    /// - Throws: `storage`.
    package func ids(
        where slots: [Int],
        are values: [Value],
        forms: [ComparableForm?],
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let conditions = slots.indices.map { index in
            column(slots[index], forms[index]).formed + "=?\(index + 1)"
        }
        let statement = try connection.statement(
            "SELECT \"id\" FROM \(table) WHERE \(conditions.joined(separator: " AND ")) ORDER BY \"id\" "
                + "LIMIT ?\(slots.count + 1)"
        )
        for (index, slot) in slots.enumerated() {
            try statement.bind(values[index], as: storages[slot], at: index + 1)
        }
        statement.bind(Int64(limit), at: slots.count + 1)
        var ids: [Int64] = []
        while try statement.step() { ids.append(statement.int64(0)) }
        return ids
    }

    /// The column of a slot, and its comparable form in SQL; the column itself when there is no form.
    private func column(_ slot: Int, _ form: ComparableForm?) -> (name: String, formed: String) {
        let column = dialect.column(object.fields[slot].name)
        return (column.text, form.map { dialect.form($0, of: column).text } ?? column.text)
    }

    /// Brings the values of a slot into their comparable form; those that an index refuses then stay as they are.
    ///
    /// - Throws: `storage`.
    package func bring(
        _ slot: Int,
        into form: ComparableForm,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let (column, formed) = column(slot, form)
        try connection.executeOnce("UPDATE OR IGNORE \(table) SET \(column)=\(formed) WHERE \(column)<>\(formed)")
    }

    /// The records of which ``bring(_:into:on:)`` could not settle the most: how many have one value in different writings,
    /// the first and the last of them; nil when all are settled.
    ///
    /// - Throws: `storage`.
    package func unsettled(
        _ slot: Int,
        in form: ComparableForm,
        on connection: StoreConnection
    ) throws(PlatformError) -> (count: Int64, first: Int64, last: Int64)? {
        let (column, formed) = column(slot, form)
        let statement = try connection.statement(
            "SELECT count(*), min(\"id\"), max(\"id\") FROM \(table) WHERE \(column) IS NOT NULL GROUP BY \(formed) "
                + "HAVING sum(\(column)<>\(formed))>0 ORDER BY 1 DESC, 2 LIMIT 1"
        )
        defer { statement.reset() }
        return try statement.step() ? (statement.int64(0), statement.int64(1), statement.int64(2)) : nil
    }

    private func updateStatement(_ slots: [Int]) -> PreparedSQL {
        if let known = updates[slots] { return known }
        let sets = slots.enumerated().map { "\(dialect.identifier(object.fields[$1].name))=?\($0 + 1)" }
        let sql =
            "UPDATE \(table) SET \(sets.joined(separator: ",")) WHERE \"id\"=?\(slots.count + 1) "
            + "AND \"version\"=?\(slots.count + 2)"
        let prepared = PreparedSQL(sql)
        if updates.count > 200 { updates.removeAll() }
        updates[slots] = prepared
        return prepared
    }

    private func lookupStatement(_ slot: Int) -> PreparedSQL {
        if let known = lookups[slot] { return known }
        let prepared = lookup([slot])
        lookups[slot] = prepared
        return prepared
    }

    private func lookupStatement(_ slots: [Int]) -> PreparedSQL {
        if let known = jointLookups[slots] { return known }
        let prepared = lookup(slots)
        jointLookups[slots] = prepared
        return prepared
    }

    private func lookup(_ slots: [Int]) -> PreparedSQL {
        let conditions = slots.enumerated().map { "\(dialect.identifier(object.fields[$1].name))=?\($0 + 1)" }
        return PreparedSQL(
            "SELECT \"id\" FROM \(table) WHERE \(conditions.joined(separator: " AND ")) ORDER BY \"id\" "
                + "LIMIT ?\(slots.count + 1)"
        )
    }
}

extension RecordTable {
    /// Records whose reference points to nothing.
    package struct Dangling: Sendable, Hashable {
        /// How many there are.
        package let count: Int64
        /// The numbers of the first of them, lowest first.
        package let first: [Int64]
    }

    /// The records whose reference in `slot` points to no record of `target`, nil when there are none; at most `limit`
    /// of them by number.
    ///
    /// - Throws: `storage`.
    package func dangling(
        in slot: Int,
        to target: ObjectName,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> Dangling? {
        let column = "r.\(dialect.identifier(object.fields[slot].name))"
        let statement = try connection.statement(
            "SELECT count(*) OVER (), r.\"id\" FROM \(dialect.table(of: object.name)) AS r WHERE \(column) IS NOT NULL "
                + "AND NOT EXISTS (SELECT 1 FROM \(dialect.table(of: target)) AS t WHERE t.\"id\"=\(column)) "
                + "ORDER BY r.\"id\" LIMIT \(dialect.placeholder(1))"
        )
        defer { statement.reset() }
        statement.bind(Int64(limit), at: 1)
        var count: Int64 = 0
        var first: [Int64] = []
        while try statement.step() {
            count = statement.int64(0)
            first.append(statement.int64(1))
        }
        return first.isEmpty ? nil : Dangling(count: count, first: first)
    }
}
