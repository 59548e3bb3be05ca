/// The form that codes of a rule have once the fields of a record stand in it: fixed text, parts of a day, the serial.
///
/// It finds the serial in codes that are there already, whoever gave them.
package struct CodeForm: Sendable, Hashable {
    /// A part before or behind the serial.
    package enum Piece: Sendable, Hashable {
        /// Text that all codes of the form have.
        case text(String)
        /// The year, four digits.
        case year
        /// The year, two digits.
        case shortYear
        /// The month, two digits.
        case month
        /// The day, two digits.
        case day

        /// How many digits a part of a day has; 0 for text.
        package var digits: Int {
            switch self {
            case .text: 0
            case .year: 4
            case .shortYear, .month, .day: 2
            }
        }
    }

    /// What a code says.
    package struct Reading: Sendable, Hashable {
        /// The serial.
        package let serial: Int64
        fileprivate var year: Int?
        fileprivate var shortYear: Int?
        fileprivate var month: Int?
        fileprivate var day: Int?
    }

    /// The greatest serial that is given: 18 digits.
    package static let greatestSerial: Int64 = 999_999_999_999_999_999
    /// The greatest serial to which people may set a counter; thousands of times as many are left behind it.
    package static let greatestSet: Int64 = 999_999_999_999_999
    /// The greatest number that counts as a serial in codes that are there, so that no code that somebody has typed uses up
    /// all that there are.
    private static let greatestRead = 999_999_999_999

    /// What stands before the serial.
    package let head: [Piece]
    /// What stands behind it.
    package let tail: [Piece]

    /// A form of fixed texts around the serial.
    package init(head: String, tail: String) {
        self.head = head.isEmpty ? [] : [.text(head)]
        self.tail = tail.isEmpty ? [] : [.text(tail)]
    }

    /// The form of a rule's codes in the period of a day, or in any period when there is none; `field` gives the text
    /// that stands for a field path.
    ///
    /// - Throws: what `field` throws.
    package init<Failure: Error>(
        _ rule: CodeRule,
        period day: CalendarDate?,
        field: ([FieldName]) throws(Failure) -> String
    ) throws(Failure) {
        var sides: [[Piece]] = [[], []]
        var side = 0
        for token in rule.tokens {
            switch token {
            case .serial: side = 1
            case .literal(let text): sides[side].append(.text(text))
            case .field(let path): sides[side].append(.text(try field(path)))
            case .year, .shortYear, .month, .day: sides[side].append(Self.piece(token, rule, day))
            }
        }
        head = sides[0]
        tail = sides[1]
    }

    /// A part of a day: text when the period says it, else open.
    private static func piece(_ token: CodeRule.Token, _ rule: CodeRule, _ day: CalendarDate?) -> Piece {
        let (open, isFixed): (Piece, Bool) =
            switch token {
            case .year: (.year, rule.reset != .never)
            case .shortYear: (.shortYear, rule.reset != .never)
            case .month: (.month, rule.reset == .month || rule.reset == .day)
            default: (.day, rule.reset == .day)
            }
        guard isFixed, let day else { return open }
        return .text(CodeRule.text(of: token, on: day))
    }

    /// What a code of this form says, nil for any other text.
    package func read(_ code: String) -> Reading? {
        var rest = Array(code.utf8)[...]
        var reading = Reading(serial: 0)
        for piece in head {
            guard let part = Self.take(piece, &rest, fromEnd: false) else { return nil }
            reading.note(piece, part)
        }
        for piece in tail.reversed() {
            guard let part = Self.take(piece, &rest, fromEnd: true) else { return nil }
            reading.note(piece, part)
        }
        guard (1...18).contains(rest.count), let serial = Self.number(rest), serial <= Self.greatestRead else {
            return nil
        }
        return Reading(
            serial: Int64(serial),
            year: reading.year,
            shortYear: reading.shortYear,
            month: reading.month,
            day: reading.day
        )
    }

    /// Takes a part off one end; the number it has, 0 for text, nil when the text does not begin or end so.
    private static func take(_ piece: Piece, _ rest: inout ArraySlice<UInt8>, fromEnd: Bool) -> Int? {
        if case .text(let text) = piece {
            guard fromEnd ? rest.reversed().starts(with: text.utf8.reversed()) : rest.starts(with: text.utf8) else {
                return nil
            }
            let count = text.utf8.count
            rest = fromEnd ? rest.dropLast(count) : rest.dropFirst(count)
            return 0
        }
        guard rest.count >= piece.digits else { return nil }
        let part = fromEnd ? rest.suffix(piece.digits) : rest.prefix(piece.digits)
        rest = fromEnd ? rest.dropLast(piece.digits) : rest.dropFirst(piece.digits)
        return number(part)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension CodeForm.Reading {
    fileprivate init(serial: Int64) {
        self.init(serial: serial, year: nil, shortYear: nil, month: nil, day: nil)
    }

    fileprivate mutating func note(_ piece: CodeForm.Piece, _ number: Int) {
        switch piece {
        case .text: break
        case .year: year = number
        case .shortYear: shortYear = number
        case .month: month = number
        case .day: day = number
        }
    }

    /// The period that the code shows, nil when there is no such day; two digits of a year belong to the century of
    /// `near`.
    package func period(of rule: CodeRule, near: CalendarDate) -> String? {
        guard rule.reset != .never else { return "" }
        let here = Int(near.description.prefix(4)) ?? 0
        guard let year = year ?? shortYear.map({ here / 100 * 100 + $0 }) else { return nil }
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        let text = "\(padded(year, 4))-\(padded(month ?? 1, 2))-\(padded(day ?? 1, 2))"
        return CalendarDate(iso: text).map { rule.period(of: $0) }
    }
}
