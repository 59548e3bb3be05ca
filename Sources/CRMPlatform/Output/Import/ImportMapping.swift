public import CRMModel

/// Which column of a file goes into which field, where the headings alone do not say it.
///
/// As JSON: `{"columns": {"公司名称": "name", "备注": null}, "values": {"来源": {"往届展商": "其他"}},
/// "defaults": {"source": "展会"}, "key": ["code"]}`; null leaves a column or a value out. Columns that are not named are
/// still mapped by their headings, and values that are not named are taken as they are.
public struct ImportMapping: Sendable {
    /// The field for a heading; nil for a column that is left out.
    public var columns: [(header: String, field: String?)] = []
    /// What texts of a column stand for, by its heading; nil for a text that is as good as none.
    public var values: [(header: String, texts: [(text: String, meaning: String?)])] = []
    /// What rows get in fields for which the file has no value, as a person would type it.
    public var defaults: [(field: String, text: String)] = []
    /// The fields by which a row finds the record that it changes; without them every row makes a new record.
    public var key: [String] = []

    /// A mapping by the headings alone.
    public init() {}

    /// Reads a mapping from JSON.
    ///
    /// - Throws: `PlatformError` `invalidInput` when the text is not JSON, has other members, or members of other types.
    public init(json bytes: [UInt8]) throws(PlatformError) {
        let tree: JSONValue
        do {
            tree = try JSONParser.parse(bytes)
        } catch {
            throw PlatformError(
                .invalidInput,
                Message(.mappingNotJSON, ["line": "\(error.line)", "column": "\(error.column)"]),
                context: ErrorContext(line: error.line),
                cause: error
            )
        }
        guard let object = tree.objectValue else { throw Self.wrong("{…}") }
        for (name, value) in object.entries {
            switch name {
            case "columns":
                for (header, field) in try Self.object(value, name).entries {
                    guard field.isNull || field.stringValue != nil else { throw Self.wrong("columns.\(header)") }
                    columns.append((header, field.stringValue))
                }
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
