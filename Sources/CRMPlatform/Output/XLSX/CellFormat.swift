/// What the number format of a cell says about its number, as far as it changes what the number means.
enum CellFormat: Hashable {
    /// The number as it is.
    case plain
    /// A day, in the format's own way of writing it.
    case date
    /// A day with a time.
    case dateTime
    /// A time of a day.
    case time
    /// Hours that may be more than a day has.
    case duration
    /// A number shown multiplied by a hundred and with a percent sign.
    case percent
    /// A whole number shown with leading zeros up to a width.
    case padded(Int)
    /// A number shown with a currency or in ten thousands, or smaller than it is.
    case unit(CellUnit)
    /// A number shown with other words beside or between its digits.
    case pattern(CellPattern)

    /// The format that is built in under a number; those of the Chinese, Japanese and Korean editions included.
    init(builtIn number: Int) {
        self =
            switch number {
            case 9, 10: .percent
            // Writers that name no code of their own mean the dollar of the standard's table.
            case 5...8, 42, 44: .unit(.dollar)
            case 14...17, 27...31, 36, 50...54, 57, 58: .date
            case 18...21, 32...35, 45, 47, 55, 56: .time
            case 22: .dateTime
            case 46: .duration
            default: .plain
            }
    }

    /// The format that a code such as `yyyy"年"m"月"d"日"` describes.
    init(code: String) {
        var marks = Marks()
        marks.read(code)
        switch marks.format {
        case .date, .dateTime, .time, .duration: self = marks.format
        default: self = CellPattern(code: code).map { .pattern($0) } ?? marks.format
        }
    }

    /// What stands in the first section of a format code.
    private struct Marks {
        private var days = false
        private var months = false
        private var hours = false
        private var elapsed = false
        private var percent = false
        private var digits = 0
        private var zeros = 0
        private var others = false
        private var literals: [(text: String, locale: String)] = []
        /// How many powers of ten smaller the number is shown than it is: 3 for `0.0,`.
        private var shrinking = 0
        /// The places of digits behind a point that is only shown, as in `0!.0,"万"`, which makes the number look smaller than it is.
        private var placesBehindPoint: Int?

        var format: CellFormat {
            if elapsed { return .duration }
            let isDate = days || (months && !hours)
            if isDate { return hours ? .dateTime : .date }
            if hours { return .time }
            if percent { return .percent }
            if let unit = CellUnit(literals, shrinking: shrinking + (placesBehindPoint ?? 0)) { return .unit(unit) }
            return zeros > 1 && digits == zeros && !others ? .padded(zeros) : .plain
        }

        mutating func read(_ code: String) {
            let signs = Array(code.lowercased().unicodeScalars)
            var index = 0
            while index < signs.count, signs[index] != ";" {
                switch signs[index] {
                case "\"":
                    let end = signs[(index + 1)...].firstIndex(of: "\"") ?? signs.count
                    add(signs[min(index + 1, end)..<end])
                    index = end
                    others = true
                // `General` has letters that would mean something in other formats.
                case "g" where signs[index...].starts(with: "general".unicodeScalars): index += 6
                case "!", "\\":
                    index += 1
                    if index < signs.count { add(signs[index...index]) }
                    if index < signs.count, signs[index] == ".", digits > 0 { placesBehindPoint = 0 }
                    others = true
                case "_", "*":
                    index += 1
                    others = true
                case "$", "¥", "￥", "€", "£", "元":
                    add(signs[index...index])
                    others = true
                case "[":
                    let end = signs[index...].firstIndex(of: "]") ?? signs.count
                    let word = signs[(index + 1)..<max(index + 1, end)]
                    if let first = word.first, "hms".unicodeScalars.contains(first),
                        word.allSatisfy({ $0 == first })
                    {
                        elapsed = true
                    }
                    if word.first == "$" { add(word.dropFirst()) }
                    index = end
                case "a" where signs[index...].starts(with: "am/pm".unicodeScalars):
                    hours = true
                    index += 4
                case "a" where signs[index...].starts(with: "a/p".unicodeScalars):
                    hours = true
                    index += 2
                case "上", "下": hours = true
                case "e" where index + 1 < signs.count && (signs[index + 1] == "+" || signs[index + 1] == "-"):
                    others = true
                case "y", "d", "e", "g", "b": days = true
                case "m": months = true
                case "h", "s": hours = true
                case "%": percent = true
                case "0":
                    add()
                    zeros += 1
                case "#", "?": add()
                case "," where digits > 0 && !Self.isDigit(index + 1 < signs.count ? signs[index + 1] : " "):
                    shrinking += 3
                    others = true
                default: others = true
                }
                index += 1
            }
        }

        private mutating func add() {
            digits += 1
            if let places = placesBehindPoint { placesBehindPoint = places + 1 }
        }

        private static func isDigit(_ sign: Unicode.Scalar) -> Bool { sign == "0" || sign == "#" || sign == "?" }

        /// Notes what is shown beside the number; `$USD-409` in brackets has a locale after its last hyphen.
        private mutating func add(_ signs: ArraySlice<Unicode.Scalar>) {
            let text = String(String.UnicodeScalarView(signs))
            guard let hyphen = text.lastIndex(of: "-") else { return literals.append((text, "")) }
            literals.append((String(text[..<hyphen]), String(text[text.index(after: hyphen)...])))
        }
    }
}
