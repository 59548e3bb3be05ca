/// Reads the words of an expression into a tree: `or` binds least, then `and`, `not`, comparisons, `+ -`, `* /`, `-`.
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var index = 0
    private var terms = 0
    private var nesting = 0
    private(set) var placeholders = 0

    init(tokens: [ExpressionToken]) {
        self.tokens = tokens
    }

    mutating func expression() throws(ExpressionError) -> SyntaxNode {
        let node = try disjunction()
        guard token.kind == .end else {
            throw isComparison
                ? ExpressionError(column: token.column, .expressionChained) : unexpected(.expressionOperator)
        }
        return node
    }

    // MARK: - Words

    private var token: ExpressionToken { tokens[index] }

    private var following: ExpressionToken { tokens[min(index + 1, tokens.count - 1)] }

    private mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    private mutating func take(_ keyword: String) -> Bool {
        guard token.keyword == keyword else { return false }
        advance()
        return true
    }

    private mutating func take(_ symbol: ExpressionToken.Symbol) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ symbol: ExpressionToken.Symbol) throws(ExpressionError) {
        guard take(symbol) else { throw unexpected(expected: .text(symbol.rawValue)) }
    }

    private mutating func expect(_ keyword: String) throws(ExpressionError) {
        guard take(keyword) else { throw unexpected(expected: .text(keyword)) }
    }

    private func unexpected(_ expected: MessageKey) -> ExpressionError {
        unexpected(expected: .message(Message(expected)))
    }

    private func unexpected(expected: Message.Argument) -> ExpressionError {
        let found: Message.Argument =
            token.kind == .end ? .message(Message(.expressionEnd)) : .text(token.source)
        return ExpressionError(column: token.column, .expressionUnexpected, ["found": found, "expected": expected])
    }

    // MARK: - Limits

    private func made(
        _ kind: SyntaxNode.Kind,
        at column: Int,
        over children: [SyntaxNode]
    ) throws(ExpressionError) -> SyntaxNode {
        let node = SyntaxNode(kind, column: column, children: children)
        guard node.height <= Expression.maximumDepth else { throw tooDeep(column) }
        return node
    }

    private func tooDeep(_ column: Int) -> ExpressionError {
        ExpressionError(column: column, .expressionTooDeep, ["limit": .text(String(Expression.maximumDepth))])
    }

    /// Reads something within brackets, `not` or a sign, which may itself hold such things.
    private mutating func nested(
        _ body: (inout ExpressionParser) throws(ExpressionError) -> SyntaxNode
    ) throws(ExpressionError) -> SyntaxNode {
        guard nesting < Expression.maximumDepth else { throw tooDeep(token.column) }
        nesting += 1
        let node = try body(&self)
        nesting -= 1
        return node
    }

    private mutating func leaf(_ kind: SyntaxNode.Kind, at column: Int) throws(ExpressionError) -> SyntaxNode {
        terms += 1
        guard terms <= Expression.maximumTerms else {
            throw ExpressionError(
                column: column,
                .expressionTooManyTerms,
                ["limit": .text(String(Expression.maximumTerms))]
            )
        }
        return SyntaxNode(kind, column: column)
    }

    // MARK: - Conditions

    private mutating func disjunction() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        var parts = [try conjunction()]
        while take("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : try made(.any(parts), at: column, over: parts)
    }

    private mutating func conjunction() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        var parts = [try negation()]
        while take("and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : try made(.all(parts), at: column, over: parts)
    }

    private mutating func negation() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        guard take("not") else { return try comparison() }
        let operand = try nested { parser throws(ExpressionError) in try parser.negation() }
        return try made(.not(operand), at: column, over: [operand])
    }

    private var isComparison: Bool { comparisonOperator != nil }

    private var comparisonOperator: Comparison? {
        switch token.kind {
        case .symbol(.equal): .equal
        case .symbol(.notEqual): .notEqual
        case .symbol(.less): .less
        case .symbol(.lessOrEqual): .lessOrEqual
        case .symbol(.greater): .greater
        case .symbol(.greaterOrEqual): .greaterOrEqual
        default: nil
        }
    }

    private mutating func comparison() throws(ExpressionError) -> SyntaxNode {
        let left = try sum()
        let column = token.column
        if let comparison = comparisonOperator {
            advance()
            let right = try sum()
            return try made(.compare(comparison, left, right), at: column, over: [left, right])
        }
        if take("is") {
            let negated = take("not")
            guard take("empty") || take("null") else { throw unexpected(expected: .text("empty")) }
            return try finish(.empty(left), negated: negated, at: column, over: [left])
        }
        let negated =
            token.keyword == "not"
            && ["in", "like", "between", "contains", "starts", "ends"].contains(following.keyword)
        if negated { advance() }
        return try membership(of: left, negated: negated, at: column)
    }

    private mutating func membership(
        of left: SyntaxNode,
        negated: Bool,
        at column: Int
    ) throws(ExpressionError) -> SyntaxNode {
        switch token.keyword {
        case "in":
            advance()
            try expect(.open)
            let list = try arguments(until: .close, mayBeEmpty: false)
            return try finish(.among(left, list), negated: negated, at: column, over: [left] + list)
        case "between":
            advance()
            let low = try sum()
            try expect("and")
            let high = try sum()
            return try finish(.between(left, low, high), negated: negated, at: column, over: [left, low, high])
        case "like", "contains":
            let kind: PatternKind = token.keyword == "like" ? .like : .contains
            advance()
            let pattern = try sum()
            return try finish(.pattern(kind, left, pattern), negated: negated, at: column, over: [left, pattern])
        case "starts", "ends":
            let kind: PatternKind = token.keyword == "starts" ? .startsWith : .endsWith
            advance()
            try expect("with")
            let pattern = try sum()
            return try finish(.pattern(kind, left, pattern), negated: negated, at: column, over: [left, pattern])
        default:
            return left
        }
    }

    private func finish(
        _ kind: SyntaxNode.Kind,
        negated: Bool,
        at column: Int,
        over children: [SyntaxNode]
    ) throws(ExpressionError) -> SyntaxNode {
        let node = try made(kind, at: column, over: children)
        return negated ? try made(.not(node), at: column, over: [node]) : node
    }

    private mutating func arguments(
        until end: ExpressionToken.Symbol,
        mayBeEmpty: Bool
    ) throws(ExpressionError) -> [SyntaxNode] {
        if mayBeEmpty, take(end) { return [] }
        var list: [SyntaxNode] = []
        while true {
            list.append(try nested { parser throws(ExpressionError) in try parser.disjunction() })
            if take(.comma) { continue }
            guard take(end) else { throw unexpected(.expressionListEnd) }
            return list
        }
    }

    // MARK: - Values

    private mutating func sum() throws(ExpressionError) -> SyntaxNode {
        var node = try product()
        while true {
            let column = token.column
            let operation: ArithmeticOperator
            if take(.plus) { operation = .add } else if take(.minus) { operation = .subtract } else { return node }
            let right = try product()
            node = try made(.arithmetic(operation, node, right), at: column, over: [node, right])
        }
    }

    private mutating func product() throws(ExpressionError) -> SyntaxNode {
        var node = try signed()
        while true {
            let column = token.column
            let operation: ArithmeticOperator
            if take(.times) { operation = .multiply } else if take(.over) { operation = .divide } else { return node }
            let right = try signed()
            node = try made(.arithmetic(operation, node, right), at: column, over: [node, right])
        }
    }

    private mutating func signed() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        guard take(.minus) else { return try primary() }
        let operand = try nested { parser throws(ExpressionError) in try parser.signed() }
        if case .number(let value) = operand.kind, let negated = value.negated {
            return SyntaxNode(.number(negated), column: column)
        }
        return try made(.negate(operand), at: column, over: [operand])
    }

    private mutating func primary() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        switch token.kind {
        case .number(let value):
            advance()
            return try leaf(.number(value), at: column)
        case .text(let text):
            advance()
            return try leaf(.text(text), at: column)
        case .symbol(.placeholder):
            advance()
            placeholders += 1
            return try leaf(.placeholder(placeholders - 1), at: column)
        case .symbol(.open):
            advance()
            let node = try nested { parser throws(ExpressionError) in try parser.disjunction() }
            guard take(.close) else {
                throw isComparison
                    ? ExpressionError(column: token.column, .expressionChained) : unexpected(expected: .text(")"))
            }
            return node
        case .quotedName, .word:
            return try word()
        case .symbol, .end:
            throw unexpected(.expressionOperand)
        }
    }

    private mutating func word() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        switch token.keyword {
        case "true", "false":
            let value = token.keyword == "true"
            advance()
            return try leaf(.truth(value), at: column)
        case "null":
            advance()
            return try leaf(.null, at: column)
        case "and", "or", "not", "in", "like", "between", "is":
            throw unexpected(.expressionOperand)
        case "date":
            guard case .text(let text) = following.kind else { break }
            advance()
            guard let date = try? LenientInput.date(text) else {
                throw ExpressionError(
                    column: token.column,
                    .expressionUnreadable,
                    ["text": .text(text), "expected": .message(Message(.kindDate))]
                )
            }
            advance()
            return try leaf(.date(date), at: column)
        default: break
        }
        if case .word(let name) = token.kind, following.kind == .symbol(.open) {
            advance()
            advance()
            let list = try arguments(until: .close, mayBeEmpty: true)
            terms += 1
            return try made(.call(name.lowercased(), list), at: column, over: list)
        }
        return try path()
    }

    private mutating func path() throws(ExpressionError) -> SyntaxNode {
        let column = token.column
        var parts: [String] = []
        var isQuoted = false
        repeat {
            switch token.kind {
            case .word(let name): parts.append(name)
            case .quotedName(let name):
                parts.append(name)
                isQuoted = true
            default: throw unexpected(.expressionOperand)
            }
            advance()
        } while take(.dot)
        guard parts.count <= Expression.maximumHops + 1 else {
            throw ExpressionError(
                column: column,
                .expressionTooManyHops,
                ["limit": .text(String(Expression.maximumHops))]
            )
        }
        return try leaf(.name(parts, isQuoted: isQuoted), at: column)
    }
}
