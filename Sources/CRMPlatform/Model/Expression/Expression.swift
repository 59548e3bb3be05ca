public import struct Foundation.TimeZone

/// An expression of the platform's one language, parsed but not yet checked against an object.
///
///     grade in ('A','B') and created_by = me() and next_contact_on <= today() + 7 and customer.region like '华%'
///
/// There are `and`, `or`, `not`, `=` `<>` `<` `<=` `>` `>=`, `in (…)`, `like` (`%`, `_`, `\` before a sign that is
/// meant as it stands), `contains`, `starts with`, `ends with`, `between … and …`, `is empty`, each with `not`; `+` `-`
/// `*` `/`; texts in single quotes, exact numbers, `true`, `false`, `null`, `date '2026-11-21'`, `?` for a parameter;
/// fields by API name or label, through references with dots; the functions of ``functions``.
public struct Expression: Sendable {
    /// The text as it was written.
    public let text: String

    let root: SyntaxNode
    /// How many `?` there are.
    package let placeholders: Int

    /// The greatest number of characters.
    public static let maximumLength = 4_000
    /// The greatest number of levels.
    public static let maximumDepth = 32
    /// The greatest number of fields and values.
    public static let maximumTerms = 200
    /// The greatest number of references that one path follows.
    public static let maximumHops = 3

    /// The functions with the way they are written.
    public static let functions: [String: String] = [
        "today": "today()", "now": "now()", "me": "me()", "date": "date(created_at)", "year": "year(date)",
        "quarter": "quarter(date)", "month": "month(date)", "day": "day(date)", "year_month": "year_month(date)",
        "year_quarter": "year_quarter(date)", "lower": "lower(text)", "upper": "upper(text)",
        "length": "length(text)", "coalesce": "coalesce(a, b, …)", "abs": "abs(number)",
        "round": "round(number, places)",
    ]

    /// Reads an expression.
    ///
    /// - Throws: `ExpressionError` at the character where the text stops making sense, or when it is too long, too deep
    ///   or has too many terms.
    public static func parse(_ text: String) throws(ExpressionError) -> Expression {
        // Bytes are counted first, so that a very long text costs nothing.
        guard text.utf8.count <= maximumLength * 16 else { throw tooLong }
        let characters = Array(text)
        guard characters.count <= maximumLength else { throw tooLong }
        var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(characters))
        let root = try parser.expression()
        return Expression(text: text, root: root, placeholders: parser.placeholders)
    }

    private static var tooLong: ExpressionError {
        ExpressionError(
            column: maximumLength + 1,
            .expressionTooLong,
            ["limit": .text(String(maximumLength))]
        )
    }

    /// Resolves the names, binds the parameters and checks the types.
    ///
    /// - Parameters:
    ///   - object: The object whose fields are meant.
    ///   - catalog: The catalog of the objects and dictionaries referred to.
    ///   - parameters: The values for the placeholders `?`, in order.
    ///   - timeZone: The time zone in which a moment belongs to a day; China's unless said otherwise.
    /// - Returns: The expression with its kind, ready to be evaluated or turned into SQL.
    /// - Throws: `ExpressionError` for unknown names, values that cannot be compared, options that do not exist.
    public func check(
        against object: ObjectDefinition,
        in catalog: Catalog,
        parameters: [Value] = [],
        timeZone: TimeZone = FileSettings.usualTimeZone
    ) throws(ExpressionError) -> CheckedExpression {
        try check(against: object, in: catalog, parameters: parameters, timeZone: timeZone) { _ in nil }
    }

    /// As ``check(against:in:parameters:timeZone:)``, for those who may not see every field: a hidden field is unknown, and
    /// one that is masked cannot be used; `access` says what they may see of an object, nil for all of it.
    ///
    /// - Throws: As there.
    package func check(
        against object: ObjectDefinition,
        in catalog: Catalog,
        parameters: [Value],
        timeZone: TimeZone,
        seeing access: @escaping (ObjectDefinition) -> ObjectAccess?
    ) throws(ExpressionError) -> CheckedExpression {
        guard parameters.count == placeholders else {
            throw ExpressionError(
                column: 1,
                .expressionPlaceholders,
                ["expected": .text(String(placeholders)), "given": .text(String(parameters.count))]
            )
        }
        let checker = ExpressionChecker(
            object: object,
            catalog: catalog,
            parameters: parameters,
            zone: ZoneDays.of(timeZone),
            access: access
        )
        let kind = try checker.check(root).kind
        return CheckedExpression(object: object, root: kind, names: checker.names.all)
    }

    /// As ``check(against:in:parameters:timeZone:)``, for places where only a condition makes sense.
    ///
    /// - Throws: `ExpressionError`, also when the expression is not a condition.
    public func checkCondition(
        against object: ObjectDefinition,
        in catalog: Catalog,
        parameters: [Value] = [],
        timeZone: TimeZone = FileSettings.usualTimeZone
    ) throws(ExpressionError) -> CheckedExpression {
        try check(against: object, in: catalog, parameters: parameters, timeZone: timeZone).asCondition()
    }
}

extension CheckedExpression {
    /// The expression as a condition.
    ///
    /// - Throws: `ExpressionError` when it is none.
    package func asCondition() throws(ExpressionError) -> CheckedExpression {
        switch root {
        case .condition: return self
        case .null: return CheckedExpression(object: object, root: .condition(.constant(nil)))
        default:
            throw ExpressionError(
                column: 1,
                .expressionNeeds,
                ["expected": .message(Message(.kindCondition)), "found": .message(root.kindName)]
            )
        }
    }
}
