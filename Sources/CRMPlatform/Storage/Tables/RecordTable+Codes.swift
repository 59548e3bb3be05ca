package import CRMModel

extension RecordTable {
    /// The numbers of at most `limit` records whose version is outside a range, lowest first.
    ///
    /// Reads the whole table.
    ///
    /// - Throws: `storage`.
    package func ids(
        versionOutside range: ClosedRange<Int64>,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let marks = (1...3).map { dialect.placeholder($0) }
        let statement = try connection.statement(
            "SELECT \"id\" FROM \(dialect.table(of: object.name)) WHERE \"version\"<\(marks[0]) OR "
                + "\"version\">\(marks[1]) ORDER BY \"id\" LIMIT \(marks[2])"
        )
        defer { statement.reset() }
        statement.bind(range.lowerBound, at: 1)
        statement.bind(range.upperBound, at: 2)
        statement.bind(Int64(limit), at: 3)
        var ids: [Int64] = []
        while try statement.step() { ids.append(statement.int64(0)) }
        return ids
    }

    /// The highest serial among the codes of a form in `slot`, of the records that have `values` in `slots`; 0 when there
    /// is none.
    ///
    /// Reads the index of the codes from the form's beginning on, not the table.
    ///
    /// - Throws: `storage`.
    package func highestSerial(
        in slot: Int,
        of form: CodeForm,
        where slots: [Int] = [],
        are values: [Value] = [],
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let code = dialect.identifier(object.fields[slot].name)
        var conditions = ["\(code)>=\(dialect.placeholder(1))", "\(code)<\(dialect.placeholder(2))"]
        for (index, slot) in slots.enumerated() {
            let column = dialect.identifier(object.fields[slot].name)
            conditions.append(dialect.isSame(column, dialect.placeholder(index + 3)))
        }
        let statement = try connection.statement(
            "SELECT \(code) FROM \(dialect.table(of: object.name)) WHERE \(conditions.joined(separator: " AND "))"
        )
        defer { statement.reset() }
        // Behind the fixed beginning stands a digit, of a day or of the serial.
        var beginning = ""
        for case .text(let text) in form.head.prefix(while: { $0.digits == 0 }) { beginning += text }
        statement.bind(beginning + "0", at: 1)
        statement.bind(beginning + ":", at: 2)
        for (index, value) in values.enumerated() {
            try statement.bind(value, as: storages[slots[index]], at: index + 3)
        }
        var highest: Int64 = 0
        while try statement.step() {
            if let reading = form.read(statement.text(0)) { highest = max(highest, reading.serial) }
        }
        return highest
    }
}
