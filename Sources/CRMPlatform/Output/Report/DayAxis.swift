internal import CRMModel

/// The marks of an axis of days: days, Mondays, months or years, as the length of the time asks for.
struct DayAxis {
    /// A mark.
    struct Mark {
        /// Where it stands.
        let day: CalendarDate
        /// What it says.
        let text: String
    }

    /// How many marks there are at most.
    static let limit = 8

    /// The marks, from the first day to the last.
    let marks: [Mark]

    /// The distance of marks.
    private enum Step {
        case days(Int)
        case weeks(Int)
        case months(Int)
        case years(Int)
    }

    /// Chooses the closest marks of which there are no more than ``limit``.
    init(from first: CalendarDate, to last: CalendarDate) {
        let steps: [Step] = [
            .days(1), .days(2), .weeks(1), .weeks(2), .months(1), .months(2), .months(3), .months(6), .years(1),
            .years(2), .years(5), .years(10), .years(50), .years(500),
        ]
        var marks: [Mark] = []
        for step in steps {
            marks = Self.marks(step, first, last)
            if marks.count <= Self.limit { break }
        }
        self.marks = marks
    }

    private static func marks(_ step: Step, _ first: CalendarDate, _ last: CalendarDate) -> [Mark] {
        var marks: [Mark] = []
        var day: CalendarDate? = start(step, first)
        while let current = day, current <= last, marks.count <= limit {
            if current >= first { marks.append(Mark(day: current, text: text(current, step, first, last))) }
            switch step {
            case .days(let count): day = current.adding(days: count)
            case .weeks(let count): day = current.adding(days: 7 * count)
            case .months(let count): day = current.adding(months: count)
            case .years(let count): day = current.adding(years: count)
            }
        }
        return marks
    }

    /// A mark on the first day or before it, so that marks stand at round places of the calendar.
    private static func start(_ step: Step, _ first: CalendarDate) -> CalendarDate {
        switch step {
        case .days: first
        case .weeks: first.startOfWeek
        case .months(let count): first.startOfYear.adding(months: (first.month - 1) / count * count) ?? first
        case .years(let count):
            CalendarDate(year: max(1, first.year / count * count), month: 1, day: 1) ?? first
        }
    }

    private static func text(_ day: CalendarDate, _ step: Step, _ first: CalendarDate, _ last: CalendarDate) -> String {
        let text = day.description
        switch step {
        case .days, .weeks: return first.year == last.year ? String(text.dropFirst(5)) : text
        case .months: return String(text.prefix(7))
        case .years: return String(text.prefix(4))
        }
    }
}
