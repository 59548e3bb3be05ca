/// Makes random expressions that are well formed and well typed over the fixture's customers; the same for a seed.
struct ExpressionGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next(_ limit: Int) -> Int {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    private mutating func one(_ choices: [String]) -> String { choices[next(choices.count)] }

    mutating func expression() -> String {
        switch next(8) {
        case 0: number(3)
        case 1: text(3)
        case 2: day(3)
        default: condition(4)
        }
    }

    private mutating func comparison() -> String { one([" = ", " <> ", " < ", " <= ", " > ", " >= "]) }

    private mutating func negation() -> String { one([" ", " ", " not "]) }

    private mutating func condition(_ depth: Int) -> String {
        guard depth > 0 else { return one(["active", "parent.active", "true", "false", "(null)", "not active"]) }
        switch next(14) {
        case 0, 1: return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")"
        case 2, 3: return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")"
        case 4: return "not (" + condition(depth - 1) + ")"
        case 5, 6: return number(depth - 1) + comparison() + number(depth - 1)
        case 7: return text(depth - 1) + comparison() + text(depth - 1)
        case 8: return day(depth - 1) + comparison() + day(depth - 1)
        case 9: return moment() + comparison() + one([moment(), day(depth - 1)])
        case 10:
            return number(depth - 1) + negation() + "in (" + number(0) + ", " + number(0) + ", " + one(["null", "1.5"])
                + ")"
        case 11: return text(depth - 1) + negation() + one(["like '", "contains '", "starts with '"]) + pattern() + "'"
        case 12: return number(depth - 1) + negation() + "between " + number(0) + " and " + number(depth - 1)
        default:
            return one([number(depth - 1), text(depth - 1), day(depth - 1), moment()])
                + one([" is empty", " is not empty"])
        }
    }

    private mutating func number(_ depth: Int) -> String {
        guard depth > 0 else {
            return one([
                "area", "credit", "score", "rate", "visits", "owner", "me()", "0", "1", "9.5", "-0.01", "12.345",
                "1000000",
                "parent.area", "region.level", "region.budget", "parent.parent.visits", "0.000000001", "999999999999",
            ])
        }
        switch next(12) {
        case 0, 1: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")"
        case 2, 3: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")"
        case 4: return "(" + number(depth - 1) + " * " + number(depth - 1) + ")"
        case 5, 6: return "(" + number(depth - 1) + " / " + number(depth - 1) + ")"
        case 7: return one(["abs(", "-(", "round("]) + number(depth - 1) + ")"
        case 8: return "round(" + number(depth - 1) + ", " + one(["1", "2", "5"]) + ")"
        case 9: return "coalesce(" + number(depth - 1) + ", " + number(depth - 1) + ")"
        case 10: return one(["year(", "month(", "day(", "quarter("]) + one([day(depth - 1), moment()]) + ")"
        default: return one(["length(" + text(depth - 1) + ")", "(" + day(depth - 1) + " - " + day(depth - 1) + ")"])
        }
    }

    private mutating func text(_ depth: Int) -> String {
        guard depth > 0 else {
            return one([
                "name", "note", "parent.name", "region.title", "parent.region.title", "'华'", "'Acme'", "''",
                "'O''Neil'",
            ])
        }
        switch next(5) {
        case 0: return one(["lower(", "upper("]) + text(depth - 1) + ")"
        case 1: return "coalesce(" + text(depth - 1) + ", " + text(depth - 1) + ")"
        case 2: return one(["year_month(", "year_quarter("]) + one([day(depth - 1), moment()]) + ")"
        default: return text(0)
        }
    }

    private mutating func day(_ depth: Int) -> String {
        guard depth > 0 else {
            return one([
                "born", "parent.born", "today()", "date '2026-11-20'", "date '9999-12-31'", "date '0001-01-01'",
                "date(visited)",
            ])
        }
        switch next(4) {
        case 0:
            return "(" + day(depth - 1) + one([" + ", " - "]) + one(["1", "visits", "owner", "40", "year(born)"]) + ")"
        case 1: return "coalesce(" + day(depth - 1) + ", " + day(depth - 1) + ")"
        default: return day(0)
        }
    }

    private mutating func moment() -> String {
        one([
            "visited", "parent.visited", "now()", "updated_at", "coalesce(visited, now())",
            "coalesce(parent.visited, visited)",
        ])
    }

    private mutating func pattern() -> String {
        (0..<next(5)).map { _ in one(["%", "_", "华", "a", "C", "展", "\\%", "\\\\", "e", "''", "\\"]) }.joined()
    }
}
