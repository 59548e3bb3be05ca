import CRMPlatform

/// Records as tables, sheets and JSON.
struct RecordRendering {
    /// How values are put into words.
    let fields: FieldText
    /// The columns of the terminal, nil for as wide as it gets.
    let width: Int?
    /// What people call the plugins, in the order in which they are loaded; for fields that no layout shows.
    var plugins: [(id: PluginID, title: LocalizedText)] = []

    /// What is said where columns find no room.
    var hiddenHint = MessageKey.shellHiddenHint
    /// Whether the terminal shows colours.
    var hasColours = false

    private var language: Language { fields.formatter.language }

    /// Records of one object in the form that is wanted; in a terminal that does not even hold what names a record, each
    /// is a block.
    func text(_ records: [Record], columns: [FieldDefinition], as form: RecordForm) -> String {
        switch form {
        case .blocks: return blocks(records, columns: columns)
        case .wide:
            var wide = textTable(records, columns: columns)
            wide.maximumWidth = nil
            wide.maximumColumnWidth = .max
            return wide.rendered()
        case .table:
            let table = textTable(records, columns: columns)
            return table.keptColumnsFit ? table.rendered() : blocks(records, columns: columns)
        }
    }

    /// Records of one object as a table with these columns.
    func table(_ records: [Record], columns: [FieldDefinition]) -> String {
        textTable(records, columns: columns).rendered()
    }

    /// The headings of columns; a field of the platform gives way to one of the object's own with the same label.
    private func headings(_ columns: [FieldDefinition]) -> [String] {
        let texts = columns.map { $0.label.text(in: language) }
        return columns.indices.map { index in
            let isTwice = columns[index].isSystem && texts.count { $0 == texts[index] } > 1
            return isTwice ? columns[index].name.rawValue : texts[index]
        }
    }

    private func textTable(_ records: [Record], columns: [FieldDefinition]) -> TextTable {
        let title = records.first?.object.titleField
        var table = TextTable(
            columns: zip(columns, headings(columns)).map { field, heading in
                TextTable.Column(
                    heading,
                    alignment: field.type.isNumeric ? .right : .left,
                    fit: field.type == .autoNumber || field.name == title ? .kept : fit(field)
                )
            },
            language: language
        )
        table.maximumWidth = width
        table.hiddenHint = Message(hiddenHint)
        table.rows = records.map { record in
            columns.map { field in
                let text = fields.text(record[field.name] ?? .null, of: field)
                return colour(record, field).isEmpty ? text : "● " + text
            }
        }
        if hasColours { table.colours = records.map { record in columns.map { colour(record, $0) } } }
        return table
    }

    /// Text may be cut; half a number, day or telephone number would say something wrong.
    private func fit(_ field: FieldDefinition) -> TextTable.Fit {
        switch field.type {
        case .text, .longText, .picklist, .reference, .email: .cut
        default: .whole
        }
    }

    /// The colour of a picklist value as metadata has it, empty for none and where there are no colours.
    private func colour(_ record: Record, _ field: FieldDefinition) -> String {
        guard hasColours, case .text(let value)? = record[field.name],
            let option = fields.formatter.catalog.dictionary(of: field)?.option(value),
            TerminalColour.number(of: option.colour) != nil
        else { return "" }
        return option.colour
    }

    /// Records of one object as blocks: a line with identity and title, then a line for each field.
    func blocks(_ records: [Record], columns: [FieldDefinition]) -> String {
        let labels = headings(columns)
        let labelWidth = labels.map(DisplayWidth.columns(of:)).max() ?? 0
        let room = width.map { max($0 - labelWidth - 2, 10) }
        var text = ""
        for record in records {
            text += DisplayWidth.escapingControls("— \(record.recordID)  \(record.title) —") + "\n"
            for (field, label) in zip(columns, labels) where field.name != SystemField.id.name {
                let value = DisplayWidth.escapingControls(fields.text(record[field.name] ?? .null, of: field))
                let lines = room.map { DisplayWidth.wrapped(value, to: $0) } ?? [value]
                for (index, line) in lines.enumerated() {
                    text += DisplayWidth.padded(index == 0 ? label : "", to: labelWidth) + "  " + line + "\n"
                }
            }
            text += "\n"
        }
        return text
    }

    /// The number, the fields of the list layout, else the title and the first fields that are not the kernel's.
    static func listColumns(of object: ObjectDefinition, in catalog: Catalog) -> [FieldDefinition] {
        let id = object.fields[SystemField.id.slot]
        if let layout = catalog.layout(.list, of: object.name) {
            let columns = layout.fields.compactMap { object.field($0) }
            return columns.contains { $0.name == id.name } ? columns : [id] + columns
        }
        let own = object.fields.filter { !$0.isSystem && $0.storage != .none && $0.name != object.titleField }
        let title = object.fields.indices.contains(object.titleSlot) ? object.fields[object.titleSlot] : id
        return [id] + (title.name == id.name ? [] : [title]) + own.prefix(5)
    }

    /// The sections of the detail layout, else all fields of the object's own plugin.
    static func sections(
        of object: ObjectDefinition,
        in catalog: Catalog
    ) -> [(label: LocalizedText?, fields: [FieldDefinition])] {
        guard let layout = catalog.layout(.detail, of: object.name) else {
            return [(nil, object.fields.filter { !$0.isSystem && $0.plugin == object.plugin })]
        }
        return layout.sections.map { section in (section.label, section.fields.compactMap { object.field($0) }) }
    }

    /// One record as a sheet: the sections of the detail layout, else all its own fields; then what other plugins have
    /// added and no section shows, and the tables of its children.
    func sheet(_ record: Record, children: [ChildTable] = []) -> String {
        let object = record.object
        let heading = "\(object.label.text(in: language)) \(record.recordID)  \(record.title)"
        var text = DisplayWidth.escapingControls(heading) + "\n"
        var sections = Self.sections(of: object, in: fields.formatter.catalog).map { section in
            (section.label?.text(in: language), section.fields)
        }
        sections += addedSections(object, besides: Set(sections.flatMap { $0.1 }.map(\.name)))
        let shown = sections.flatMap { $0.1 } + object.fields.filter(\.isSystem)
        let labelWidth = shown.map { DisplayWidth.columns(of: $0.label.text(in: language)) }.max() ?? 0
        for (label, definitions) in sections {
            let lines = lines(record, definitions, labelWidth)
            // What a section of children only has to say stands in the tables below.
            if lines.isEmpty { continue }
            if let label { text += "\n— " + DisplayWidth.escapingControls(label) + " —\n" }
            text += lines
        }
        for table in children { text += table.text(width: width, parent: record.recordID) }
        return text + "\n" + lines(record, object.fields.filter(\.isSystem), labelWidth)
    }

    /// The stored fields that other plugins have added and nothing shows, under the titles of the plugins.
    private func addedSections(
        _ object: ObjectDefinition,
        besides shown: Set<FieldName>
    ) -> [(String?, [FieldDefinition])] {
        let hidden = object.fields.filter { field in
            !field.isSystem && field.storage != .none && field.plugin != object.plugin && !shown.contains(field.name)
        }
        var order = plugins.map { ($0.id as PluginID?, $0.title.text(in: language)) }
        for field in hidden where !order.contains(where: { $0.0 == field.plugin }) {
            order.append((field.plugin, field.plugin?.rawValue ?? ""))
        }
        return order.compactMap { id, title in
            let fields = hidden.filter { $0.plugin == id }
            return fields.isEmpty ? nil : (title.isEmpty ? nil : title, fields)
        }
    }

    private func lines(_ record: Record, _ definitions: [FieldDefinition], _ labelWidth: Int) -> String {
        var text = ""
        for field in definitions where field.storage != .none && !record.isHidden(field.name) {
            let label = DisplayWidth.padded(field.label.text(in: language), to: labelWidth)
            let value = fields.longText(record[field.name] ?? .null, of: field)
            text += "\(label)  \(DisplayWidth.escapingControls(value))\n"
        }
        return text
    }

    /// A record as JSON: `object`, `id`, and every stored field by its API name, as it is stored; then its children.
    static func json(
        _ record: Record,
        only names: Set<FieldName>? = nil,
        children: [ChildTable] = []
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [("object", .string(record.object.name.rawValue))]
        for (slot, field) in record.object.fields.enumerated() where field.storage != .none {
            if let names, !names.contains(field.name), slot != SystemField.id.slot { continue }
            members.append((field.name.rawValue, json(record.values[slot])))
        }
        members += children.map { ($0.field.name.rawValue, $0.json) }
        return .object(JSONObject(members))
    }

    /// A value as JSON: decimals, days and moments as strings.
    static func json(_ value: Value) -> JSONValue {
        switch value {
        case .null: .null
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): .string(number.description)
        case .text(let text): .string(text)
        case .date(let date): .string(date.description)
        case .instant(let moment): .string(moment.description)
        }
    }
}
