/// Why a text that somebody typed is not the value it should be.
///
/// The cases carry no text: whoever asked knows the field and makes the message in the user's language.
public enum InputProblem: String, Error, Sendable, Hashable, CaseIterable {
    /// There is nothing but blanks.
    case empty
    /// The text is no number.
    case notANumber = "not_a_number"
    /// NaN or infinity.
    case notFinite = "not_finite"
    /// A comma where it may stand for a decimal point or for thousands: `1.234,56`, `1,5`.
    case ambiguousSeparator = "ambiguous_separator"
    /// Thousands are not separated by threes: `1,2,3`.
    case badGrouping = "bad_grouping"
    /// Digits of another script than ASCII and full-width.
    case foreignDigits = "foreign_digits"
    /// More decimal places than the field has; nothing is rounded in silence.
    case tooManyPlaces = "too_many_places"
    /// The number is beyond what can be stored.
    case overflow
    /// A whole number is asked for, and the number has a fraction.
    case notAnInteger = "not_an_integer"
    /// The text is no date.
    case notADate = "not_a_date"
    /// The calendar has no such day: 2026-02-30.
    case impossibleDate = "impossible_date"
    /// The year has two digits only.
    case shortYear = "short_year"
    /// The day and the month cannot be told apart: 03/04/2026.
    case ambiguousDate = "ambiguous_date"
    /// The text after the date is no time of day.
    case notATime = "not_a_time"
    /// The clocks of the time zone never show this time: they were put forward over it, or the day was left out.
    case skippedTime = "skipped_time"
    /// The moment lies so near to the ends of the calendar that there are time zones in which it has no day.
    case momentRange = "moment_range"
    /// The text is neither a yes nor a no.
    case notABoolean = "not_a_boolean"
    /// The amount names a currency that is not that of the field.
    case otherCurrency = "other_currency"
    /// The amount has a sign that the field's currency shares with a better known one: `$` for Hong Kong dollars.
    case ambiguousCurrency = "ambiguous_currency"
    /// A percent sign where no percentage is kept.
    case percentHere = "percent_here"
    /// A unit beside a number that its label counts in a unit of its own.
    case unitHere = "unit_here"
    /// A unit, a percent sign or another currency beside a number that the mapping of the import converts.
    case convertedHere = "converted_here"
    /// A month or a year without a day.
    case monthOnly = "month_only"
}
