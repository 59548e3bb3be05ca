/// Where the value of a field comes from.
package enum FieldSource: Sendable {
    /// A field of the record itself.
    case own(slot: Int)
    /// A field of a record that is reached through references.
    case remote(FieldPath)

    /// The slots of the references to follow; empty for a field of the record itself.
    package var hops: [FieldPath.Hop] {
        if case .remote(let path) = self { return path.hops }
        return []
    }

    /// The slot in the object that the hops lead to.
    package var slot: Int {
        switch self {
        case .own(let slot): slot
        case .remote(let path): path.slot
        }
    }
}

/// A way through references to a field.
package final class FieldPath: Sendable {
    /// A reference that is followed.
    package struct Hop: Sendable {
        /// The slot of the reference.
        package let slot: Int
        /// The object it refers to.
        package let target: ObjectDefinition
    }

    /// The references in order; at least one.
    package let hops: [Hop]
    /// The slot of the field in the object of the last hop.
    package let slot: Int

    init(hops: [Hop], slot: Int) {
        self.hops = hops
        self.slot = slot
    }
}

/// A condition: true, false or unknown.
package indirect enum Condition: Sendable {
    case constant(Bool?)
    case field(FieldSource)
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case numbers(Comparison, Number, Number)
    case texts(Comparison, TextTerm, TextTerm)
    case days(Comparison, Day, Day)
    case moments(Comparison, Moment, Moment)
    case conditions(Comparison, Condition, Condition)
    /// Known to be so whatever the number is; unknown when there is none.
    case settled(Number, Bool)
    /// Whether the number is one of those, ascending; false becomes unknown when `orUnknown`.
    case numberAmong(Number, [Int64], orUnknown: Bool)
    /// Whether the text is one of those, ascending by bytes; false becomes unknown when `orUnknown`.
    case textAmong(TextTerm, [String], orUnknown: Bool)
    case matches(TextTerm, LikePattern)
    /// Whether there is no text but blanks.
    case emptyText(TextTerm)
    case emptyNumber(Number)
    case emptyDay(Day)
    case emptyMoment(Moment)
    case emptyCondition(Condition)
    /// The first that is not unknown.
    case first([Condition])
}

/// A number in units of its scale, which the checker knows for every node; see ``ExactArithmetic`` for the operations.
package indirect enum Number: Sendable {
    case constant(Int64?)
    case field(FieldSource, scale: Int)
    /// The number of the acting user.
    case me
    case add(Number, Number)
    case subtract(Number, Number)
    case multiply(Number, Number)
    /// The quotient of the first, times 10^`shift`, and the second.
    case divide(Number, Number, shift: Int)
    case negate(Number)
    case magnitude(Number)
    /// Times 10^`places`.
    case raise(Number, places: Int)
    /// Divided by 10^`places`, a half away from zero.
    case round(Number, places: Int)
    case part(DayPart, Day)
    /// The days from the second to the first.
    case days(Day, Day)
    /// The number of Unicode scalars.
    case length(TextTerm)
    /// The first that is not null.
    case first([Number])
}

/// A part of a day that is a number.
package enum DayPart: Sendable, Hashable {
    case year
    case quarter
    case month
    case day
}

/// A span of days by which records are grouped.
package enum DayBucket: Sendable, Hashable {
    /// `2026-11`.
    case yearMonth
    /// `2026-Q4`.
    case yearQuarter
}

/// A text.
package indirect enum TextTerm: Sendable {
    case constant(String?)
    case field(FieldSource)
    /// The text with A–Z as a–z.
    case lower(TextTerm)
    /// The text with a–z as A–Z.
    case upper(TextTerm)
    case bucket(DayBucket, Day)
    /// The comparable form of the text.
    case form(ComparableForm, TextTerm)
    case first([TextTerm])
}

/// A day of the calendar.
package indirect enum Day: Sendable {
    case constant(CalendarDate?)
    case field(FieldSource)
    case today
    /// So many days later; null outside the years 0001…9999.
    case shifted(Day, by: Number)
    /// The day of a moment in a time zone.
    case of(Moment, ZoneDays)
    case first([Day])
}

/// A moment; moments are compared by their seconds, what is below a second makes no difference.
package indirect enum Moment: Sendable {
    case constant(Instant?)
    case field(FieldSource)
    case now
    case first([Moment])
}

/// A checked node of any kind.
package enum TypedNode: Sendable {
    case condition(Condition)
    case number(Number, scale: Int)
    case text(TextTerm)
    case day(Day)
    case moment(Moment)
    /// The literal `null`, which is of every kind.
    case null

    /// The name of the kind, for messages.
    package var kindName: Message {
        switch self {
        case .condition: Message(.kindCondition)
        case .number: Message(.kindNumber)
        case .text: Message(.kindText)
        case .day: Message(.kindDate)
        case .moment: Message(.kindInstant)
        case .null: Message(.kindNull)
        }
    }
}
