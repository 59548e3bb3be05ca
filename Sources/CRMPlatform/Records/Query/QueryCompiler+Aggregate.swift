package import CRMModel
import CRMStorage

extension QueryCompiler {
    /// The statement that works out the figures of a query.
    ///
    /// - Throws: `PlatformError` `notFound` for an unknown object, `invalidInput` for everything else that is wrong.
    package func compile(_ query: AggregateQuery) throws(PlatformError) -> CompiledAggregate {
        let object = try readable(query.object)
        try check(limit: query.limit, upTo: AggregateQuery.maximumLimit)
        try checkAliases(query)
        let filter = try condition(query.filter, query.parameters, of: object)
        var terms: [MeasureTerm] = []
        for group in query.groups { terms.append(try groupTerm(group, of: object)) }
        for measure in query.measures { terms.append(try measureTerm(measure, of: object)) }
        let order = try order(query, terms)
        var writer = writer(for: object)
        let parts = try written { () throws in
            let condition = try self.where(filter, of: object, with: &writer)
            let list = SQLFragment.list(try terms.map { try $0.written(with: &writer) })
            return (condition, list, try keys(order, terms, with: &writer))
        }
        var statement: SQLFragment = "SELECT \(parts.1)\(from(object, writer, where: [parts.0]))"
        if !query.groups.isEmpty {
            statement += " GROUP BY \(.list(query.groups.indices.map { "\(Int64($0 + 1))" }))"
        }
        if !parts.2.isEmpty { statement += " ORDER BY \(.list(parts.2))" }
        // One more than asked for tells whether there are more.
        statement += " LIMIT \(sql.bound(.integer(Int64(query.limit) + 1), as: .integer))"
        return CompiledAggregate(
            sql: try text(of: statement),
            bindings: statement.bindings,
            columns: terms.map(\.column)
        )
    }

    private func checkAliases(_ query: AggregateQuery) throws(PlatformError) {
        let terms = query.groups + query.measures
        guard 1...AggregateQuery.maximumTerms ~= terms.count else {
            throw PlatformError(
                .invalidInput,
                Message(.queryTooManyTerms, ["limit": .text(String(AggregateQuery.maximumTerms))])
            )
        }
        var seen: Set<String> = []
        for term in terms where term.alias.isEmpty || !seen.insert(term.alias).inserted {
            throw PlatformError(.invalidInput, Message(.queryAliases, ["alias": .text(term.alias)]))
        }
    }

    private func groupTerm(
        _ term: AggregateQuery.Term,
        of object: ObjectDefinition
    ) throws(PlatformError) -> MeasureTerm {
        let checked = try expression(term.expression, of: object)
        let source = checked.root.fieldSource
        let origin = source.map { source in
            CompiledAggregate.FieldOrigin(object: source.hops.last?.target.name ?? object.name, slot: source.slot)
        }
        return MeasureTerm(
            function: .none,
            node: checked.root,
            column: CompiledAggregate.Column(
                alias: term.alias,
                storage: checked.storage,
                isGroup: true,
                kind: .plain(isChecked: checked.root.isComputedNumber),
                field: origin
            )
        )
    }

    private func measureTerm(
        _ term: AggregateQuery.Term,
        of object: ObjectDefinition
    ) throws(PlatformError) -> MeasureTerm {
        let text = TextNormalisation.trimmed(
            TextNormalisation.trimmed(term.expression).replacing("（", with: "(").replacing("）", with: ")")
        )
        guard let open = text.firstIndex(of: "("), text.last == ")",
            let function = MeasureTerm.Function(
                rawValue: TextNormalisation.trimmed(text[..<open]).lowercased()
            ), function != .none
        else { throw badMeasure(term) }
        let inner = String(text[text.index(after: open)...].dropLast())
        if TextNormalisation.isBlank(inner) {
            guard function == .count else { throw badMeasure(term) }
            return MeasureTerm(function: .count, node: nil, column: column(term, .integer))
        }
        let checked = try expression(inner, of: object)
        let root = checked.root
        switch (function, root) {
        case (.count, _), (.countDistinct, _):
            return MeasureTerm(function: function, node: root, column: column(term, .integer))
        case (.sum, .number):
            return MeasureTerm(
                function: .sum,
                node: root,
                column: CompiledAggregate.Column(
                    alias: term.alias,
                    storage: checked.storage,
                    isGroup: false,
                    kind: .total,
                    field: nil
                )
            )
        case (.average, .number(_, let scale)):
            let places = min(scale + 6, FixedDecimal.maximumScale)
            return MeasureTerm(
                function: .average,
                node: root,
                column: CompiledAggregate.Column(
                    alias: term.alias,
                    storage: .scaled(places),
                    isGroup: false,
                    kind: .average(scale: scale),
                    field: nil
                )
            )
        case (.least, .number), (.greatest, .number), (.least, .text), (.greatest, .text), (.least, .day),
            (.greatest, .day), (.least, .moment), (.greatest, .moment):
            return MeasureTerm(
                function: function,
                node: root,
                column: column(term, checked.storage, isChecked: root.isComputedNumber)
            )
        default:
            throw PlatformError(
                .invalidInput,
                Message(.queryMeasureKind, ["measure": .text(term.expression), "found": .message(root.kindName)])
            )
        }
    }

    private func column(
        _ term: AggregateQuery.Term,
        _ storage: FieldStorage,
        isChecked: Bool = false
    ) -> CompiledAggregate.Column {
        CompiledAggregate.Column(
            alias: term.alias,
            storage: storage,
            isGroup: false,
            kind: .plain(isChecked: isChecked),
            field: nil
        )
    }

    private func badMeasure(_ term: AggregateQuery.Term) -> PlatformError {
        PlatformError(.invalidInput, Message(.queryBadMeasure, ["measure": .text(term.expression)]))
    }

    /// The terms that order the result, with their directions: those asked for, then the groups.
    private func order(
        _ query: AggregateQuery,
        _ terms: [MeasureTerm]
    ) throws(PlatformError) -> [(term: Int, descending: Bool)] {
        var result: [(term: Int, descending: Bool)] = []
        for key in query.sort {
            guard let term = terms.firstIndex(where: { $0.column.alias == key.field }) else {
                let known = terms.map(\.column.alias).joined(separator: ", ")
                throw PlatformError(
                    .invalidInput,
                    Message(.queryUnknownAlias, ["alias": .text(key.field), "known": .text(known)])
                )
            }
            if !result.contains(where: { $0.term == term }) { result.append((term, key.descending)) }
        }
        for index in query.groups.indices where !result.contains(where: { $0.term == index }) {
            result.append((index, false))
        }
        return result
    }

    /// What the rows are ordered by; any of it may be null.
    private func keys(
        _ order: [(term: Int, descending: Bool)],
        _ terms: [MeasureTerm],
        with writer: inout ExpressionSQL
    ) throws -> [SQLFragment] {
        var keys: [SQLFragment] = []
        for key in order {
            let position = terms[..<key.term].reduce(1) { $0 + $1.width }
            for part in try terms[key.term].keys(at: position, with: &writer) {
                keys.append(sql.ordered(part, descending: key.descending, isNullable: true))
            }
        }
        return keys
    }
}
