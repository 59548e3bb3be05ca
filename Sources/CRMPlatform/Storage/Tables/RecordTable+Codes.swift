package import CRMModel

extension RecordTable {
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
        dialect: SQLDialect = .sqlite,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let code = dialect.identifier(object.fields[slot].name)
        var conditions = ["\(code)>=\(dialect.placeholder(1))", "\(code)<\(dialect.placeholder(2))"]
        for (index, slot) in slots.enumerated() {
            conditions.append("\(dialect.identifier(object.fields[slot].name)) IS \(dialect.placeholder(index + 3))")
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
