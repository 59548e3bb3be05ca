import CRMModel

extension ExpressionSQL {
    // A result beyond 64 bits is floating point in SQLite; the cast brings it to the nearest end, as `ExactArithmetic`.

    mutating func write(_ node: Number, into sql: inout SQLFragment) throws {
        if case .me = node { return sql.bind(user: constants.user) }
        if node.isConstant {
            sql.bind(try node.evaluate(in: constants).map(Value.integer) ?? .null)
            return
        }
        try enter(node.levels)
        defer { leave(node.levels) }
        switch node {
        case .constant, .me: break
        case .field(let source, _): try write(source, into: &sql)
        case .add(let left, let right): try write(left, " + ", right, into: &sql)
        case .subtract(let left, let right): try write(left, " - ", right, into: &sql)
        case .multiply(let left, let right): try write(left, " * ", right, into: &sql)
        case .divide(let left, let right, let shift): try writeQuotient(left, right, shift, into: &sql)
        case .negate(let node): try write(.constant(0), " - ", node, into: &sql)
        case .magnitude(let node):
            sql.append("abs(max(")
            try write(node, into: &sql)
            sql.append(", -9223372036854775807))")
        case .raise(let node, let places):
            try write(node, " * ", .constant(ExactArithmetic.power(places)), into: &sql)
        case .round(let node, let places):
            let divisor = ExactArithmetic.power(places)
            sql.append("(SELECT v / ")
            sql.append(number: divisor)
            sql.append(" + (v % ")
            sql.append(number: divisor)
            sql.append(") / ")
            sql.append(number: divisor / 2)
            sql.append(" FROM (SELECT ")
            try write(node, into: &sql)
            sql.append(" AS v))")
        case .part(let part, let day): try write(part, of: day, into: &sql)
        case .days(let left, let right):
            sql.append("CAST(julianday(")
            try write(left, into: &sql)
            sql.append(") - julianday(")
            try write(right, into: &sql)
            sql.append(") AS INTEGER)")
        case .length(let term):
            sql.append("length(")
            try write(term, into: &sql)
            sql.append(")")
        case .first(let nodes): try writeFirst(nodes, into: &sql)
        }
    }

    private mutating func write(
        _ left: Number,
        _ sign: StaticString,
        _ right: Number,
        into sql: inout SQLFragment
    ) throws {
        sql.append("CAST(")
        try write(left, into: &sql)
        sql.append(sign)
        try write(right, into: &sql)
        sql.append(" AS INTEGER)")
    }

    /// Long division, as `ExactArithmetic.divide` does it, over the operands `a` and `b`.
    private mutating func writeQuotient(
        _ dividend: Number,
        _ divisor: Number,
        _ shift: Int,
        into sql: inout SQLFragment
    ) throws {
        let steps = ExactArithmetic.steps(shift)
        // The formula goes deeper with each step, besides what surrounds the operands.
        try enter(4 * steps.count)
        leave(4 * steps.count)
        var quotient = SQLFragment()
        var rest = SQLFragment()
        quotient.append("a / b")
        rest.append("a % b")
        for places in steps {
            var product = SQLFragment()
            product.append("CAST(")
            product.append(rest)
            product.append(" * ")
            product.append(number: ExactArithmetic.power(places))
            product.append(" AS INTEGER)")
            var sum = SQLFragment()
            sum.append("CAST(CAST(")
            sum.append(quotient)
            sum.append(" * ")
            sum.append(number: ExactArithmetic.power(places))
            sum.append(" AS INTEGER) + ")
            sum.append(product)
            sum.append(" / b AS INTEGER)")
            quotient = sum
            rest = product
            rest.append(" % b")
        }
        sql.append("(SELECT CASE WHEN abs(")
        sql.append(rest)
        sql.append(") >= abs(b) - abs(")
        sql.append(rest)
        sql.append(") THEN CAST(")
        sql.append(quotient)
        sql.append(" + CASE WHEN (")
        sql.append(rest)
        sql.append(" < 0) = (b < 0) THEN 1 ELSE -1 END AS INTEGER) ELSE ")
        sql.append(quotient)
        sql.append(" END FROM (SELECT max(")
        try write(dividend, into: &sql)
        sql.append(", -9223372036854775807) AS a, max(")
        try write(divisor, into: &sql)
        sql.append(", -9223372036854775807) AS b))")
    }

    private mutating func write(_ part: DayPart, of day: Day, into sql: inout SQLFragment) throws {
        switch part {
        case .year:
            sql.append("CAST(substr(")
            try write(day, into: &sql)
            sql.append(", 1, 4) AS INTEGER)")
        case .quarter:
            sql.append("((CAST(substr(")
            try write(day, into: &sql)
            sql.append(", 6, 2) AS INTEGER) + 2) / 3)")
        case .month:
            sql.append("CAST(substr(")
            try write(day, into: &sql)
            sql.append(", 6, 2) AS INTEGER)")
        case .day:
            sql.append("CAST(substr(")
            try write(day, into: &sql)
            sql.append(", 9, 2) AS INTEGER)")
        }
    }

    mutating func write(_ node: TextTerm, into sql: inout SQLFragment) throws {
        if node.isConstant {
            sql.bind(try node.evaluate(in: constants).map(Value.text) ?? .null)
            return
        }
        try enter(node.levels)
        defer { leave(node.levels) }
        switch node {
        case .constant: break
        case .field(let source): try write(source, into: &sql)
        case .lower(let term):
            sql.append("lower(")
            try write(term, into: &sql)
            sql.append(")")
        case .upper(let term):
            sql.append("upper(")
            try write(term, into: &sql)
            sql.append(")")
        case .form(let form, let term):
            sql.append(function: form)
            sql.append("(")
            try write(term, into: &sql)
            sql.append(")")
        case .bucket(.yearMonth, let day):
            sql.append("substr(")
            try write(day, into: &sql)
            sql.append(", 1, 7)")
        case .bucket(.yearQuarter, let day):
            sql.append("(SELECT substr(v, 1, 4) || '-Q' || ((CAST(substr(v, 6, 2) AS INTEGER) + 2) / 3) FROM (SELECT ")
            try write(day, into: &sql)
            sql.append(" AS v))")
        case .first(let terms): try writeFirst(terms, into: &sql)
        }
    }

    mutating func write(_ node: Day, into sql: inout SQLFragment) throws {
        if node.isConstant {
            sql.bind(try node.evaluate(in: constants).map(Value.date) ?? .null)
            return
        }
        try enter(node.levels)
        defer { leave(node.levels) }
        switch node {
        case .constant, .today: break
        case .field(let source): try write(source, into: &sql)
        case .shifted(let day, let number):
            // The database knows days before the year 1, the calendar of the platform does not.
            sql.append("(SELECT CASE WHEN v >= '0001-01-01' THEN v END FROM (SELECT date(")
            try write(day, into: &sql)
            sql.append(", ")
            try write(number, into: &sql)
            sql.append(" || ' days') AS v))")
        case .of(let moment, let zone):
            sql.appendDayFunction()
            sql.append("(")
            try write(moment, into: &sql)
            sql.append(", ")
            sql.bind(.text(zone.name))
            sql.append(")")
        case .first(let days): try writeFirst(days, into: &sql)
        }
    }

    mutating func write(_ node: Moment, into sql: inout SQLFragment) throws {
        if node.isConstant {
            sql.bind(try node.evaluate(in: constants).map(Value.instant) ?? .null)
            return
        }
        try enter(node.levels)
        defer { leave(node.levels) }
        switch node {
        case .constant, .now: break
        case .field(let source): try write(source, into: &sql)
        case .first(let moments): try writeFirst(moments, into: &sql)
        }
    }
}
