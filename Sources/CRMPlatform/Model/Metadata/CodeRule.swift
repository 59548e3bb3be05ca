/// How the codes of an auto-number field are made: gapless, unique within the rule's scope.
public struct CodeRule: Sendable, Hashable {
    /// When the serial starts again at 1.
    public enum Reset: String, Sendable, Hashable {
        /// Never.
        case never
        /// With each day.
        case day
        /// With each month.
        case month
        /// With each year.
        case year
    }

    /// A part of the pattern.
    public enum Token: Sendable, Hashable {
        /// Text as it stands.
        case literal(String)
        /// The year, four digits.
        case year
        /// The year, two digits.
        case shortYear
        /// The month, two digits.
        case month
        /// The day, two digits.
        case day
        /// The value of a field of the record, or of a record it refers to (`show.code`).
        case field([FieldName])
        /// The serial, filled with zeros to a width; a longer serial is written whole.
        case serial(width: Int)
    }

    /// The name, unique within the object.
    public let name: ElementName
    /// The auto-number field.
    public let field: FieldName
    /// The pattern as written, `EX-{yyyy}-{seq:5}`.
    public let pattern: String
    /// The pattern in parts.
    public let tokens: [Token]
    /// When the serial starts again.
    public let reset: Reset
    /// The fields for each combination of whose values there is a serial of its own.
    public let scope: [FieldName]
    /// The date or moment of the record whose period its code shows; nil for the day of the save, which also stands in
    /// when the field is empty.
    public let dateField: FieldName?
    /// The plugin that brought the rule.
    public let plugin: PluginID?

    /// Makes a rule; the caller has checked it with ``parse(pattern:)``.
    public init(
        name: ElementName,
        field: FieldName,
        pattern: String,
        tokens: [Token],
        reset: Reset,
        scope: [FieldName],
        dateField: FieldName? = nil,
        plugin: PluginID?
    ) {
        self.name = name
        self.field = field
        self.pattern = pattern
        self.tokens = tokens
        self.reset = reset
        self.scope = scope
        self.dateField = dateField
        self.plugin = plugin
    }

    /// Takes a pattern apart; nil when a `{` has no end or names neither a date part, `seq` nor a field path.
    public static func parse(pattern: String) -> [Token]? {
        var tokens: [Token] = []
        var literal = ""
        var rest = pattern[...]
        while let character = rest.first {
            guard character == "{" else {
                guard character != "}" else { return nil }
                literal.append(character)
                rest = rest.dropFirst()
                continue
            }
            guard let close = rest.firstIndex(of: "}") else { return nil }
            if !literal.isEmpty { tokens.append(.literal(literal)) }
            literal = ""
            guard let token = token(String(rest[rest.index(after: rest.startIndex)..<close])) else { return nil }
            tokens.append(token)
            rest = rest[rest.index(after: close)...]
        }
        if !literal.isEmpty { tokens.append(.literal(literal)) }
        return tokens
    }

    private static func token(_ text: String) -> Token? {
        switch text {
        case "yyyy": return .year
        case "yy": return .shortYear
        case "MM", "mm": return .month
        case "dd": return .day
        case "seq": return .serial(width: 1)
        default: break
        }
        if text.hasPrefix("seq:") {
            guard let width = Int(text.dropFirst(4)), (1...18).contains(width) else { return nil }
            return .serial(width: width)
        }
        let path = text.split(separator: ".", omittingEmptySubsequences: false).map { FieldName(rawValue: String($0)) }
        guard path.count <= 3, path.allSatisfy({ $0 != nil }) else { return nil }
        return .field(path.compactMap { $0 })
    }

    /// Whether the pattern shows the period after which the serial starts again, so that codes stay unique.
    public var showsResetPeriod: Bool {
        let hasYear = tokens.contains(.year) || tokens.contains(.shortYear)
        return switch reset {
        case .never: true
        case .year: hasYear
        case .month: hasYear && tokens.contains(.month)
        case .day: hasYear && tokens.contains(.month) && tokens.contains(.day)
        }
    }

    /// Whether the pattern shows any part of a day.
    public var showsDay: Bool {
        tokens.contains { token in
            switch token {
            case .year, .shortYear, .month, .day: true
            case .literal, .field, .serial: false
            }
        }
    }

    /// What stands in a code for a part of a day; the empty text for other tokens.
    static func text(of token: Token, on day: CalendarDate) -> String {
        let text = day.description
        return switch token {
        case .year: String(text.prefix(4))
        case .shortYear: String(text.prefix(4).suffix(2))
        case .month: String(text.dropFirst(5).prefix(2))
        case .day: String(text.suffix(2))
        case .literal, .field, .serial: ""
        }
    }

    /// The code with a serial, on a day.
    package func code<Failure: Error>(
        _ serial: Int64,
        on day: CalendarDate,
        field: ([FieldName]) throws(Failure) -> String
    ) throws(Failure) -> String {
        var code = ""
        for token in tokens {
            switch token {
            case .literal(let text): code += text
            case .field(let path): code += try field(path)
            case .serial(let width):
                let digits = String(serial)
                code += String(repeating: "0", count: max(0, width - digits.count)) + digits
            case .year, .shortYear, .month, .day: code += Self.text(of: token, on: day)
            }
        }
        return code
    }

    /// The period a day belongs to, as the counter's key has it: `2026`, `2026-11`, `2026-11-21` or the empty text.
    public func period(of day: CalendarDate) -> String {
        let text = day.description
        return switch reset {
        case .never: ""
        case .year: String(text.prefix(4))
        case .month: String(text.prefix(7))
        case .day: text
        }
    }
}
