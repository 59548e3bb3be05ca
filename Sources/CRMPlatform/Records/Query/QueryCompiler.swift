package import CRMModel
package import CRMStorage

/// Turns queries into SQL, for one principal at one moment.
///
/// Every statement carries the condition of what may be read of the object and of each object that a reference leads to;
/// what may not be seen of their fields is unknown in it. Names come from the catalog, values are bound.
package struct QueryCompiler {
    let catalog: Catalog
    let principal: Principal
    let environment: QueryEnvironment
    /// How the engine wants it written.
    let sql: any SQLDialect
    let access: (ObjectDefinition) -> ObjectAccess?

    /// Makes a compiler; `access` says what may be seen of an object, nil for all of it.
    package init(
        catalog: Catalog,
        principal: Principal,
        environment: QueryEnvironment,
        dialect: any SQLDialect,
        access: @escaping (ObjectDefinition) -> ObjectAccess?
    ) {
        self.catalog = catalog
        self.principal = principal
        self.environment = environment
        sql = dialect
        self.access = access
    }

    /// The statement that reads one page of records.
    ///
    /// - Throws: `PlatformError` `notFound` for an unknown object, `invalidInput` for everything else that is wrong.
    package func compile(_ query: Query) throws(PlatformError) -> CompiledQuery {
        let object = try readable(query.object)
        try check(limit: query.limit, upTo: Query.maximumLimit)
        var writer = writer(for: object)
        let filter = try condition(query.filter, query.parameters, of: object)
        var columns = try columns(query.fields, of: object)
        let fieldCount = columns.count
        let keys = try sortKeys(query.sort, of: object, into: &columns)
        let order = PageOrder.signature(of: keys, object: object, query: query)
        if let cursor = query.after, cursor.order != order || !PageOrder.fits(cursor, keys) { throw badCursor }
        let parts = try written { () throws in
            let condition = try self.where(filter, of: object, with: &writer)
            let list = SQLFragment.list(try columns.map { try writer.written($0.source) })
            return (condition, list, try PageOrder(keys: keys).keys(with: &writer))
        }
        let pages = query.after.map { sql.selections(after: $0.keys + [.integer($0.id)], by: parts.2) }
        // The row behind the page tells whether there is a next one.
        let statement = sql.page(
            (pages ?? [SQLFragment()]).map { page in
                "SELECT \(parts.1)\(from(object, writer, where: [parts.0, page]))"
            },
            order: sql.order(by: parts.2),
            limit: sql.bound(.integer(Int64(query.limit) + 1), as: .integer)
        )
        return CompiledQuery(
            object: object,
            sql: try text(of: statement),
            bindings: statement.bindings,
            columns: columns.map(\.column),
            fieldCount: fieldCount,
            readsWholeRecords: query.fields == nil,
            sortColumns: keys.map(\.column),
            limit: query.limit,
            order: order,
            userBindings: statement.userBindings,
            isForOnce: writer.constants.isForOnce
        )
    }

    /// The statement that counts the records of a query, on all pages.
    ///
    /// - Throws: As ``compile(_:)``.
    package func compileCount(_ query: Query) throws(PlatformError) -> CompiledCount {
        let object = try readable(query.object)
        var writer = writer(for: object)
        let filter = try condition(query.filter, query.parameters, of: object)
        let condition = try written { () throws in try self.where(filter, of: object, with: &writer) }
        let statement: SQLFragment = "SELECT \(sql.count)\(from(object, writer, where: [condition]))"
        return CompiledCount(sql: try text(of: statement), bindings: statement.bindings)
    }

    // MARK: - Parts

    /// The object of a query, whose records may be read at all.
    func readable(_ name: ObjectName) throws(PlatformError) -> ObjectDefinition {
        let object = try catalog.object(name)
        if access(object)?.actions.contains(.read) == false { throw RecordSession.denied(.read, object) }
        return object
    }

    func writer(for object: ObjectDefinition) -> ExpressionSQL {
        ExpressionSQL(
            root: object,
            dialect: sql,
            access: access,
            constants: ConstantContext(environment, principal)
        )
    }

    /// The text of a whole statement.
    ///
    /// - Throws: `invalidInput` when it is too deep for the engine's parser.
    func text(of statement: SQLFragment) throws(PlatformError) -> String {
        guard sql.fits(statement) else { throw PlatformError(.invalidInput, Message(.queryTooDeep)) }
        return sql.statement(statement)
    }

    func check(limit: Int, upTo maximum: Int) throws(PlatformError) {
        guard 1...maximum ~= limit else {
            throw PlatformError(.invalidInput, Message(.queryLimit, ["limit": .text(String(maximum))]))
        }
    }

    /// Writing SQL fails only when a constant part cannot be worked out.
    func written<T>(_ body: () throws -> T) throws(PlatformError) -> T {
        do {
            return try body()
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.invalidInput, Message(.expressionOutOfRange), cause: error)
        }
    }

    func expression(
        _ text: String,
        _ parameters: [Value] = [],
        of object: ObjectDefinition,
        isCondition: Bool = false
    ) throws(PlatformError) -> CheckedExpression {
        do throws(ExpressionError) {
            let checked = try Expression.parse(text).check(
                against: object,
                in: catalog,
                parameters: parameters,
                timeZone: environment.timeZone,
                seeing: access
            )
            return isCondition ? try checked.asCondition() : checked
        } catch {
            throw error.platformError(in: text, context: ErrorContext(object: object.name))
        }
    }

    func condition(
        _ text: String?,
        _ parameters: [Value],
        of object: ObjectDefinition
    ) throws(PlatformError) -> Condition? {
        guard let text, !TextNormalisation.isBlank(text) else { return nil }
        guard case .condition(let node) = try expression(text, parameters, of: object, isCondition: true).root
        else { return nil }
        return node
    }

    /// The access predicate and the filter.
    func `where`(
        _ filter: Condition?,
        of object: ObjectDefinition,
        with writer: inout ExpressionSQL
    ) throws -> SQLFragment {
        var conditions: [SQLFragment] = []
        if let condition = try writer.accessCondition(of: object, alias: 0) { conditions.append(condition) }
        // The parts of a conjunction stand side by side, so that the database sees each.
        let parts: [Condition] =
            switch filter {
            case nil: []
            case .all(let parts)?: parts
            case let condition?: [condition]
            }
        for part in parts { conditions.append(try writer.written(part)) }
        if let narrowing = narrowing(parts, of: object) { conditions.append(narrowing) }
        return .list(conditions, separator: " AND ")
    }

    /// Where the rows come from, and the conditions that they meet.
    func from(_ object: ObjectDefinition, _ writer: ExpressionSQL, where conditions: [SQLFragment]) -> SQLFragment {
        let conditions = conditions.filter { !$0.isEmpty }
        let source: SQLFragment = " FROM \(sql.table(object.name)) AS \(sql.alias(0))\(writer.joinClause)"
        return conditions.isEmpty ? source : "\(source) WHERE \(.list(conditions, separator: " AND "))"
    }

    // MARK: - Columns and order

    /// The columns of the fields asked for; without any, all stored fields in slot order.
    private func columns(
        _ fields: [FieldName]?,
        of object: ObjectDefinition
    ) throws(PlatformError) -> [PageOrder.Column] {
        var slots: [Int] = []
        if let fields {
            slots = [SystemField.id.slot, SystemField.version.slot]
            for name in fields {
                guard let slot = object.slot(of: name), object.fields[slot].storage != .none,
                    access(object)?.hidden.contains(slot) != true
                else {
                    throw PlatformError(
                        .invalidInput,
                        Message(.queryUnknownField, ["object": .label(object.label), "field": .text(name.rawValue)]),
                        context: ErrorContext(object: object.name, field: name)
                    )
                }
                if !slots.contains(slot) { slots.append(slot) }
            }
        } else {
            slots = object.fields.indices.filter { object.fields[$0].storage != .none }
        }
        return slots.map { slot in
            PageOrder.Column(
                source: .own(slot: slot),
                column: CompiledQuery.Column(slot: slot, storage: object.fields[slot].storage)
            )
        }
    }

    /// The keys of the order, ending with the number of the record; each has a column in the result.
    private func sortKeys(
        _ sort: [SortKey],
        of object: ObjectDefinition,
        into columns: inout [PageOrder.Column]
    ) throws(PlatformError) -> [PageOrder.Key] {
        guard sort.count <= Query.maximumSortKeys else {
            throw PlatformError(
                .invalidInput,
                Message(.queryTooManyKeys, ["limit": .text(String(Query.maximumSortKeys))])
            )
        }
        var keys: [PageOrder.Key] = []
        for key in sort {
            let checked = try expression(key.field, of: object)
            guard let source = checked.root.fieldSource else {
                throw PlatformError(.invalidInput, Message(.querySortField, ["sort": .text(key.field)]))
            }
            let column = Self.column(of: source, storage: checked.storage, in: &columns)
            if keys.contains(where: { $0.column == column }) { continue }
            keys.append(
                PageOrder.Key(source: source, storage: checked.storage, column: column, descending: key.descending)
            )
            // Nothing can come after the number, no two records agree in it.
            if case .own(SystemField.id.slot) = source { return keys }
        }
        let id = FieldSource.own(slot: SystemField.id.slot)
        let column = Self.column(of: id, storage: .integer, in: &columns)
        keys.append(
            PageOrder.Key(source: id, storage: .integer, column: column, descending: keys.last?.descending ?? false)
        )
        return keys
    }

    private static func column(
        of source: FieldSource,
        storage: FieldStorage,
        in columns: inout [PageOrder.Column]
    ) -> Int {
        if case .own(let slot) = source, let index = columns.firstIndex(where: { $0.column.slot == slot }) {
            return index
        }
        let slot: Int? = source.hops.isEmpty ? source.slot : nil
        columns.append(PageOrder.Column(source: source, column: CompiledQuery.Column(slot: slot, storage: storage)))
        return columns.count - 1
    }

    private var badCursor: PlatformError { PlatformError(.invalidInput, Message(.queryCursor)) }
}

extension TypedNode {
    /// The field, when the node is nothing but a field.
    var fieldSource: FieldSource? {
        switch self {
        case .condition(.field(let source)), .number(.field(let source, _), _), .text(.field(let source)),
            .day(.field(let source)), .moment(.field(let source)):
            source
        default: nil
        }
    }
}
