extension ExpressionChecker {
    // MARK: - Arithmetic

    func arithmetic(
        _ operation: ArithmeticOperator,
        _ left: Operand,
        _ right: Operand,
        column: Int
    ) throws(ExpressionError) -> Operand {
        switch (operation, Self.isDay(left), Self.isDay(right)) {
        case (.add, true, false): return try shifted(left, by: try integer(right), column: column)
        case (.add, false, true): return try shifted(right, by: try integer(left), column: column)
        case (.subtract, true, true):
            return Operand(.number(.days(try day(left), try day(right)), scale: 0), column: column)
        case (.subtract, true, false):
            if right.literal != nil {
                return Operand(.number(.days(try day(left), try day(right)), scale: 0), column: column)
            }
            return try shifted(left, by: .negate(try integer(right)), column: column)
        case (.subtract, false, true) where left.literal != nil:
            return Operand(.number(.days(try day(left), try day(right)), scale: 0), column: column)
        case (_, false, false):
            return Operand(try numeric(operation, try number(left), try number(right)), column: column)
        default:
            throw ExpressionError(
                column: column,
                .expressionMismatch,
                ["left": left.kindName, "right": right.kindName]
            )
        }
    }

    /// A day so many days later; what leads out of the calendar whatever the record holds, and on every day from 1970 to
    /// 2999 where it begins with today, is refused.
    private func shifted(_ operand: Operand, by days: Number, column: Int) throws(ExpressionError) -> Operand {
        let day = try day(operand)
        let count: Int64? =
            switch days {
            case .constant(let count), .negate(.constant(let count)):
                if case .negate = days { count.map { ExactArithmetic.subtract(0, $0) } } else { count }
            default: nil
            }
        guard let count else { return Operand(.day(.shifted(day, by: days)), column: column) }
        let (first, last): (CalendarDate?, CalendarDate?) =
            switch day {
            case .constant(let date): (date, date)
            case .today: (CalendarDate(year: 1970, month: 1, day: 1), CalendarDate(year: 2999, month: 12, day: 31))
            default: (.earliest, .latest)
            }
        guard let first, let last else { return Operand(.day(.constant(nil)), column: column) }
        let latest = Int64(first.days(until: .latest))
        let earliest = Int64(last.days(until: .earliest))
        guard earliest...latest ~= count else { throw ExpressionError(column: column, .expressionDayRange) }
        if case .constant = day {
            return Operand(.day(.constant(first.adding(days: Int(count)))), column: column)
        }
        return Operand(.day(.shifted(day, by: days)), column: column)
    }

    private static func isDay(_ operand: Operand) -> Bool {
        switch operand.kind {
        case .day, .moment: true
        default: false
        }
    }

    private func numeric(
        _ operation: ArithmeticOperator,
        _ left: (node: Number, scale: Int),
        _ right: (node: Number, scale: Int)
    ) throws(ExpressionError) -> TypedNode {
        let greater = max(left.scale, right.scale)
        switch operation {
        case .add, .subtract:
            let first = Self.raised(left.node, by: greater - left.scale)
            let second = Self.raised(right.node, by: greater - right.scale)
            return .number(operation == .add ? .add(first, second) : .subtract(first, second), scale: greater)
        case .multiply:
            let scale = left.scale + right.scale
            let product = Number.multiply(left.node, right.node)
            guard scale > FixedDecimal.maximumScale else { return .number(product, scale: scale) }
            return .number(
                .round(product, places: scale - FixedDecimal.maximumScale),
                scale: FixedDecimal.maximumScale
            )
        case .divide:
            let scale = min(greater + 6, FixedDecimal.maximumScale)
            return .number(.divide(left.node, right.node, shift: scale + right.scale - left.scale), scale: scale)
        }
    }

    // MARK: - Functions

    func call(_ name: String, _ arguments: [SyntaxNode], column: Int) throws(ExpressionError) -> Operand {
        var operands: [Operand] = []
        for argument in arguments { operands.append(try check(argument)) }
        let kind: TypedNode
        switch (name, operands.count) {
        case ("today", 0): kind = .day(.today)
        case ("now", 0): kind = .moment(.now)
        case ("me", 0): kind = .number(.me, scale: 0)
        case ("date", 1): kind = .day(try day(operands[0]))
        case ("year", 1): kind = .number(.part(.year, try day(operands[0])), scale: 0)
        case ("quarter", 1): kind = .number(.part(.quarter, try day(operands[0])), scale: 0)
        case ("month", 1): kind = .number(.part(.month, try day(operands[0])), scale: 0)
        case ("day", 1): kind = .number(.part(.day, try day(operands[0])), scale: 0)
        case ("year_month", 1): kind = .text(.bucket(.yearMonth, try day(operands[0])))
        case ("year_quarter", 1): kind = .text(.bucket(.yearQuarter, try day(operands[0])))
        case ("lower", 1): kind = .text(.lower(try text(operands[0])))
        case ("upper", 1): kind = .text(.upper(try text(operands[0])))
        case ("length", 1): kind = .number(.length(try text(operands[0])), scale: 0)
        case ("coalesce", 1...): return try coalesce(operands, column: column)
        case ("abs", 1):
            let (number, scale) = try number(operands[0])
            kind = .number(.magnitude(number), scale: scale)
        case ("round", 1): kind = try round(operands[0], places: 0)
        case ("round", 2):
            guard case .number(.constant(let places?), scale: 0) = operands[1].kind, 0...9 ~= places else {
                throw wrongArguments(name, column)
            }
            kind = try round(operands[0], places: Int(places))
        default: throw wrongArguments(name, column)
        }
        return Operand(kind, column: column)
    }

    private func round(_ operand: Operand, places: Int) throws(ExpressionError) -> TypedNode {
        let (number, scale) = try number(operand)
        guard places < scale else { return .number(number, scale: scale) }
        return .number(.round(number, places: scale - places), scale: places)
    }

    private func coalesce(_ operands: [Operand], column: Int) throws(ExpressionError) -> Operand {
        guard
            let model = operands.first(where: { !$0.isNull && $0.literal == nil })
                ?? operands.first(where: { !$0.isNull })
        else { return Operand(.null, column: column) }
        var adapted: [Operand] = []
        for operand in operands { adapted.append(try self.adapted(operand, to: model)) }
        let kind: TypedNode
        switch model.kind {
        case .null: kind = .null
        case .condition:
            kind = .condition(.first(try adapted.map { operand throws(ExpressionError) in try condition(operand) }))
        case .text: kind = .text(.first(try adapted.map { operand throws(ExpressionError) in try text(operand) }))
        case .day: kind = .day(.first(try adapted.map { operand throws(ExpressionError) in try day(operand) }))
        case .moment:
            kind = .moment(
                .first(
                    try adapted.map { operand throws(ExpressionError) in
                        switch operand.kind {
                        case .moment(let node): return node
                        case .null: return .constant(nil)
                        default: throw needs(.kindInstant, operand)
                        }
                    }
                )
            )
        case .number:
            let numbers = try adapted.map { operand throws(ExpressionError) in try number(operand) }
            let scale = numbers.map(\.scale).max() ?? 0
            kind = .number(.first(numbers.map { Self.raised($0.node, by: scale - $0.scale) }), scale: scale)
        }
        var result = Operand(kind, column: column)
        result.dictionary = model.dictionary
        result.reference = model.reference
        if operands.allSatisfy({ $0.isNull || $0.literal != nil || $0.form == model.form }) {
            result.form = model.form
            result.patternForm = model.patternForm
        }
        return result
    }

    private func wrongArguments(_ name: String, _ column: Int) -> ExpressionError {
        if let usage = Expression.functions[name] {
            return ExpressionError(
                column: column,
                .expressionArguments,
                ["function": .text(name), "usage": .text(usage)]
            )
        }
        let known = Expression.functions.keys.sorted()
        var hint: Message.Argument = .text("")
        if let nearest = Suggestion.nearest(to: name, among: known) {
            hint = .message(Message(.expressionDidYouMean, ["name": .text(nearest)]))
        }
        return ExpressionError(
            column: column,
            .expressionUnknownFunction,
            ["name": .text(name), "hint": hint, "known": .text(known.joined(separator: ", "))]
        )
    }
}
