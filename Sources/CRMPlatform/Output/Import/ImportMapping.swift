public import CRMModel

/// Which column of a file goes into which field, where the headings alone do not say it.
///
/// As JSON: `{"columns": {"公司名称": "name", "备注": null, "金额(万元)": {"field": "amount", "multiply": 10000}},
/// "values": {"来源": {"往届展商": "其他"}}, "defaults": {"source": "展会"}, "key": ["code"]}`; null leaves a column or a
/// value out. Columns that are not named are still mapped by their headings, and values that are not named are taken as
/// they are.
public struct ImportMapping: Sendable {
    /// The field for a heading; nil for a column that is left out.
    public var columns: [(header: String, field: String?)] = []
    /// How the cells of a column are to be read, by its heading.
    public var readings: [(header: String, reading: ColumnReading)] = []
    /// What texts of a column stand for, by its heading; nil for a text that is as good as none.
    public var values: [(header: String, texts: [(text: String, meaning: String?)])] = []
    /// What rows get in fields for which the file has no value, as a person would type it.
    public var defaults: [(field: String, text: String)] = []
    /// The fields by which a row finds the record that it changes; without them every row makes a new record.
    public var key: [String] = []

    /// The greatest size of a mapping, in bytes.
    public static let maximumBytes = 1 << 20
    /// The greatest number of columns and of defaults, and of texts that stand for something.
    static let maximumEntries = (columns: 1000, texts: 20_000, key: 16)

    /// A mapping by the headings alone.
    public init() {}

    /// Reads a mapping from JSON.
    ///
    /// - Throws: `PlatformError` `limitExceeded` when it is larger than ``maximumBytes`` or names more than it may;
    ///   `invalidInput` when the text is not JSON, has other members, or members of other types.
    public init(json bytes: [UInt8]) throws(PlatformError) {
        guard bytes.count <= Self.maximumBytes else { throw Self.tooLarge("\(Self.maximumBytes >> 10) KB") }
        let tree: JSONValue
        do {
            tree = try JSONParser.parse(bytes)
        } catch {
            throw PlatformError(
                .invalidInput,
                Message(.mappingNotJSON, ["problem": .message(error.message)]),
                context: ErrorContext(line: error.line),
                cause: error
            )
        }
        guard let object = tree.objectValue else { throw Self.wrong("{…}") }
        for (name, value) in object.entries {
            switch name {
            case "$schema": continue
            case "columns": try readColumns(Self.object(value, name))
            case "values":
                for (header, texts) in try Self.object(value, name).entries {
                    var meanings: [(text: String, meaning: String?)] = []
                    for (text, meaning) in try Self.object(texts, "values.\(header)").entries {
                        guard meaning.isNull || Self.text(meaning) != nil else {
                            throw Self.wrong("values.\(header).\(text)")
                        }
                        meanings.append((text, Self.text(meaning)))
                    }
                    values.append((header, meanings))
                }
            case "defaults":
                for (field, value) in try Self.object(value, name).entries {
                    guard let text = Self.text(value) else { throw Self.wrong("defaults.\(field)") }
                    defaults.append((field, text))
                }
            case "key":
                guard let elements = value.arrayValue, elements.allSatisfy({ $0.stringValue != nil }) else {
                    throw Self.wrong("key")
                }
                key = elements.compactMap(\.stringValue)
            default:
                throw Self.wrong(name)
            }
        }
        let limits = Self.maximumEntries
        if max(columns.count, readings.count, defaults.count, values.count) > limits.columns {
            throw Self.tooLarge("\(limits.columns)")
        }
        if values.reduce(0, { $0 + $1.texts.count }) > limits.texts { throw Self.tooLarge("\(limits.texts)") }
        if key.count > limits.key { throw Self.tooLarge("\(limits.key)") }
    }

    private mutating func readColumns(_ object: JSONObject) throws(PlatformError) {
        for (header, value) in object.entries {
            if value.isNull || value.stringValue != nil {
                columns.append((header, value.stringValue))
                continue
            }
            guard let members = value.objectValue else { throw Self.wrong("columns.\(header)") }
            var reading = ColumnReading()
            for (name, member) in members.entries {
                let isRead: Bool
                if name == "field" {
                    isRead = member.stringValue != nil
                    if let field = member.stringValue { columns.append((header, field)) }
                } else {
                    isRead = reading.read(name, member)
                }
                guard isRead else { throw Self.wrong("columns.\(header).\(name)") }
            }
            readings.append((header, reading))
        }
    }

    private static func tooLarge(_ limit: String) -> PlatformError {
        PlatformError(.limitExceeded, Message(.mappingTooLarge, ["limit": .text(limit)]))
    }

    private static func object(_ value: JSONValue, _ name: String) throws(PlatformError) -> JSONObject {
        guard let object = value.objectValue else { throw wrong(name) }
        return object
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    private static func wrong(_ name: String) -> PlatformError {
        PlatformError(.invalidInput, Message(.mappingMalformed, ["name": .text(name)]))
    }
}
