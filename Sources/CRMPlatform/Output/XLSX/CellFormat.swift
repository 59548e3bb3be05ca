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

    /// The format that is built in under a number; those of the Chinese, Japanese and Korean editions included.
    init(builtIn number: Int) {
        self =
            switch number {
            case 9, 10: .percent
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
        self = marks.format
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

        var format: CellFormat {
            if elapsed { return .duration }
            let isDate = days || (months && !hours)
            if isDate { return hours ? .dateTime : .date }
            if hours { return .time }
            if percent { return .percent }
            return zeros > 1 && digits == zeros && !others ? .padded(zeros) : .plain
        }

        mutating func read(_ code: String) {
            let signs = Array(code.lowercased().unicodeScalars)
            // `General` has letters that would mean something in other formats.
            if String(String.UnicodeScalarView(signs)).contains("general") { return }
            var index = 0
            while index < signs.count, signs[index] != ";" {
                switch signs[index] {
                case "\"":
                    index = signs[(index + 1)...].firstIndex(of: "\"") ?? signs.count
                    others = true
                case "\\", "_", "*":
                    index += 1
                    others = true
                case "[":
                    let end = signs[index...].firstIndex(of: "]") ?? signs.count
                    let word = signs[(index + 1)..<max(index + 1, end)]
                    if let first = word.first, "hms".unicodeScalars.contains(first),
                        word.allSatisfy({ $0 == first })
                    {
                        elapsed = true
                    }
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
                    digits += 1
                    zeros += 1
                case "#", "?": digits += 1
                default: others = true
                }
                index += 1
            }
        }
    }
}
