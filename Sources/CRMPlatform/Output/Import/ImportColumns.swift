internal import CRMModel
internal import CRMRecords

/// Which cells of a row go into which fields, found once for the whole file.
struct ImportColumns {
    /// A column that is taken over.
    struct Column {
        /// The heading.
        let header: String
        /// The field.
        let field: FieldDefinition
    }

    /// What each row needs of a column: much less, so that it is cheap to go through.
    struct Cell {
        /// The position in the file, from 0.
        let index: Int
        /// The name of the field.
        let field: FieldName
        /// How cells become values.
        let reader: ImportCell
        /// What certain texts stand for, without blanks around them, an empty text for none; nil for most columns.
        var meanings: [String: String]?
        /// What the mapping asks for beyond the usual reading; nil for most columns.
        var reading: ColumnReading?
        /// Whether the field is a number, for which units beside it count.
        let isNumber: Bool
        /// Whether the column counts in ten thousands or another multiple: its heading or its mapping says so.
        let isMultiple: Bool
        /// Whether the field is a percentage, which some files write as a fraction.
        let isPercent: Bool
    }

    /// The columns taken over, in the order of the file.
    private(set) var columns: [Column] = []
    /// The same columns, for each row.
    private(set) var cells: [Cell] = []
    /// The position of the column that holds the record's number, when rows are found by it.
    private(set) var numberColumn: Int?
    /// The position of the column with the marks of records that an export has written; nil when there is none, or a key
    /// says how rows find their records.
    private(set) var markColumn: Int?
    /// The position of that column, also where a key says how rows find their records.
    private(set) var originColumn: Int?
    /// The headings that no field goes by, each with the name that is nearest to it, if one is near.
    private(set) var unknown: [(header: String, near: String?)] = []
    /// The positions in `columns` of the fields by which rows find their records.
    private(set) var key: [Int] = []
    /// What rows get in fields without a value in the file.
    private(set) var defaults: [(field: FieldName, text: String)] = []
    /// The positions of the columns that the error file has added, which are not imported.
    let ownColumns: [Int]
    /// The positions of columns without a heading, which are worth a word only when something stands in them.
    private(set) var namelessColumns: [Int] = []

    private let object: ObjectDefinition
    private let headers: [String]

    /// Finds the fields for the headings of a file.
    ///
    /// - Throws: `PlatformError` `invalidInput` with every problem as an issue: headings of the kernel's own fields,
    ///   two columns for one field, names in the mapping that do not exist, or no known heading at all.
    init(
        object: ObjectDefinition,
        headers: [String],
        mapping: ImportMapping,
        place whence: Message
    ) throws(PlatformError) {
        self.object = object
        self.headers = headers
        let index = ImportFieldIndex(object)
        ownColumns = ImportErrorFile.ownColumns(headers) { index.field($0) != nil }
        var issues: [Message] = []
        var explicit: [Int: String?] = [:]
        for (header, field) in mapping.columns {
            guard let index = Self.position(of: header, in: headers) else {
                issues.append(Message(.mappingHeader, ["header": .text(header), "known": .text(Self.list(headers))]))
                continue
            }
            explicit[index] = .some(field)
        }
        var readings: [Int: ColumnReading] = [:]
        for (header, reading) in mapping.readings {
            guard let index = Self.position(of: header, in: headers) else {
                if !mapping.columns.contains(where: { $0.header == header }) {
                    issues.append(
                        Message(.mappingHeader, ["header": .text(header), "known": .text(Self.list(headers))])
                    )
                }
                continue
            }
            readings[index] = reading
        }
        var owners: [FieldName: String] = [:]
        for position in headers.indices {
            switch place(position, explicit, index, key: mapping.key) {
            case .left: break
            case .number: numberColumn = position
            case .mark:
                originColumn = position
                if mapping.key.isEmpty { markColumn = position }
            case .unknown where headers[position].isEmpty: namelessColumns.append(position)
            case .unknown: unknown.append((headers[position], unknown.count < 20 ? index.near(headers[position]) : nil))
            case .problem(let message): issues.append(message)
            case .field(let field):
                let reading = readings[position]
                let isMapped = explicit[position] != nil
                if let problem = HeadingProblem(headers[position], field).message(reading, isMapped: isMapped) {
                    // What does not fit the field is no second column for it.
                    issues.append(problem)
                } else if let other = owners.updateValue(headers[position], forKey: field.name) {
                    issues.append(
                        Message(
                            .importTwice,
                            [
                                "first": .text(other), "second": .text(headers[position]),
                                "field": .label(field.label),
                            ]
                        )
                    )
                }
                if let reading, !reading.fits(field) {
                    issues.append(
                        Message(.mappingReading, ["header": .text(headers[position]), "field": .label(field.label)])
                    )
                }
                columns.append(Column(header: headers[position], field: field))
                cells.append(
                    Cell(
                        index: position,
                        field: field.name,
                        reader: ImportCell(field),
                        reading: reading,
                        isNumber: field.type.isNumeric,
                        isMultiple: reading?.multiplier != nil
                            || LabelUnit.all(in: field.label).contains(where: \.isMultiple),
                        isPercent: field.type.name == "percent"
                    )
                )
            }
        }
        issues += readValues(mapping)
        issues += readDefaults(mapping, index, owners)
        issues += readKey(mapping, index)
        if columns.isEmpty, issues.isEmpty {
            issues.append(
                Message(
                    .importNoColumn,
                    [
                        "known": .label(index.known), "headers": .text(Self.list(headers)),
                        "place": .message(whence),
                    ]
                )
            )
        }
        guard issues.isEmpty else {
            throw PlatformError(
                .invalidInput,
                Message(.importHeader, ["object": .label(object.label)]),
                issues: issues.map { FieldIssue(field: nil, code: "header", message: $0) },
                context: ErrorContext(object: object.name)
            )
        }
    }

    private enum Place {
        case left
        case number
        case mark
        case unknown
        case field(FieldDefinition)
        case problem(Message)
    }

    private func place(_ position: Int, _ explicit: [Int: String?], _ index: ImportFieldIndex, key: [String]) -> Place {
        let header = headers[position]
        var wanted = header
        if let given = explicit[position] {
            guard let given else { return .left }
            wanted = given
        } else if ownColumns.contains(position) {
            return .left
        }
        let found = index.fields(wanted)
        if found.count > 1 {
            return .problem(
                Message(
                    .headingAmbiguous,
                    ["header": .text(header), "names": .text(Self.list(found.map(\.name.rawValue)))]
                )
            )
        }
        guard let field = found.first else {
            if explicit[position] == nil {
                return ComparableForm.heading.isSame(header, RecordMark.heading) ? .mark : .unknown
            }
            return .problem(Message(.mappingField, ["field": .text(wanted), "hint": index.hint(for: wanted)]))
        }
        if field.isSystem {
            if field.name.rawValue == SystemField.id.rawValue, key.contains(where: { index.field($0) == field }) {
                return .number
            }
            return .problem(
                Message(.importSystemColumn, ["header": .text(header), "field": .text(field.name.rawValue)])
            )
        }
        if field.storage == .none { return .problem(Message(.importChildren, ["header": .text(header)])) }
        return .field(field)
    }

    private mutating func readValues(_ mapping: ImportMapping) -> [Message] {
        var issues: [Message] = []
        for (header, texts) in mapping.values {
            guard let column = Self.position(of: header, in: columns.map(\.header)) else {
                issues.append(
                    Message(
                        .mappingHeader,
                        ["header": .text(header), "known": .text(Self.list(columns.map(\.header)))]
                    )
                )
                continue
            }
            var meanings = cells[column].meanings ?? [:]
            for (text, meaning) in texts { meanings[Self.plain(text)] = meaning ?? "" }
            cells[column].meanings = meanings
        }
        return issues
    }

    /// A cell's text as the texts of a mapping are compared with it.
    static func plain(_ text: String) -> String { TextNormalisation.halfWidth(TextNormalisation.trimmed(text)) }

    private mutating func readDefaults(
        _ mapping: ImportMapping,
        _ index: ImportFieldIndex,
        _ owners: [FieldName: String]
    ) -> [Message] {
        var issues: [Message] = []
        for (name, text) in mapping.defaults {
            guard let field = index.field(name), !field.isSystem, field.storage != .none else {
                issues.append(Message(.mappingField, ["field": .text(name), "hint": index.hint(for: name)]))
                continue
            }
            defaults.append((field.name, text))
        }
        return issues
    }

    private mutating func readKey(_ mapping: ImportMapping, _ index: ImportFieldIndex) -> [Message] {
        var issues: [Message] = []
        for name in mapping.key {
            guard let field = index.field(name) else {
                issues.append(Message(.mappingField, ["field": .text(name), "hint": index.hint(for: name)]))
                continue
            }
            if field.name.rawValue == SystemField.id.rawValue, numberColumn != nil, mapping.key.count == 1 { continue }
            guard let column = columns.firstIndex(where: { $0.field.name == field.name }) else {
                issues.append(Message(.mappingKeyColumn, ["field": .label(field.label)]))
                continue
            }
            switch field.type {
            case .reference, .longText, .boolean:
                issues.append(Message(.mappingKeyType, ["field": .label(field.label)]))
            default:
                key.append(column)
            }
        }
        return issues
    }

    // MARK: - Rows

    /// Whether what is wrong with a cell matters: its column is imported, and lost digits are part of a text.
    func concerns(_ note: CellNote) -> Bool {
        if note.isOfRow { return true }
        if case .shown(let shown) = note.kind {
            // A number is given with what stands beside it, and refused by its field.
            return shown.text == nil && cells.contains { $0.index == note.column && !$0.isNumber }
        }
        if note.column == numberColumn || note.column == markColumn { return true }
        guard let cell = cells.first(where: { $0.index == note.column }) else { return false }
        switch (note.kind, cell.reader) {
        case (.cutOff, .text), (.cutOff, .lenient): return true
        case (.cutOff, _): return false
        default: return true
        }
    }

    /// Whether a heading would be one of a field.
    func isField(_ header: String) -> Bool { ImportFieldIndex(object).field(header) != nil }

    /// The heading of a column, its number when it has none.
    func header(_ index: Int) -> String {
        headers.indices.contains(index) && !headers[index].isEmpty ? headers[index] : "#\(index + 1)"
    }

    /// What the field of a cell is given of a number that its sheet shows with more than its digits; nil for the cell's text.
    func text(of note: CellNote) -> String? {
        guard case .shown(let shown) = note.kind, let cell = cells.first(where: { $0.index == note.column }) else {
            return nil
        }
        guard cell.isNumber else { return shown.text }
        return cell.isMultiple ? shown.multiple ?? shown.number : shown.number
    }

    /// What a save says against a row; when the column is not headed by a label of its field, its heading is named.
    func message(_ issue: FieldIssue) -> Message {
        guard let field = issue.field, let column = columns.first(where: { $0.field.name == field }) else {
            return issue.message
        }
        let names = ImportFieldIndex.namesMeant(by: column.header)
        if column.field.label.texts.values.contains(where: { names.contains(ImportFieldIndex.folded($0)) }) {
            return issue.message
        }
        return Message(.importColumn, ["column": .text(column.header), "problem": .message(issue.message)])
    }

    // MARK: - Names

    /// The heading that a mapping names: as it is written, else the one that differs in width, case and blanks alone.
    private static func position(of header: String, in headers: [String]) -> Int? {
        if let index = headers.firstIndex(of: header) { return index }
        let wanted = ImportFieldIndex.folded(header)
        let found = headers.indices.filter { ImportFieldIndex.folded(headers[$0]) == wanted }
        return found.count == 1 ? found[0] : nil
    }

    static func list(_ names: [String]) -> String {
        let shown = names.prefix(20).map { DisplayWidth.escapingControls(String($0.prefix(60))) }
        return shown.joined(separator: ", ") + (names.count > 20 ? " … (\(names.count))" : "")
    }
}
