package import CRMModel

/// Turns queries into SQL, for one principal at one moment.
///
/// Every statement carries the condition of what may be read of the object and of each object that a reference leads to;
/// what may not be seen of their fields is unknown in it. Names come from the catalog, values are bound.
package struct QueryCompiler {
    let catalog: Catalog
    let principal: Principal
    let environment: QueryEnvironment
    let access: (ObjectDefinition) -> ObjectAccess?

    /// Makes a compiler; `access` says what may be seen of an object, nil for all of it.
    package init(
        catalog: Catalog,
        principal: Principal,
        environment: QueryEnvironment,
        access: @escaping (ObjectDefinition) -> ObjectAccess?
    ) {
        self.catalog = catalog
        self.principal = principal
        self.environment = environment
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
            let filterSQL = try self.where(filter, of: object, with: &writer)
            let columnSQL = try Self.list(columns, of: object, with: &writer)
            let page = try PageOrder(keys: keys, cursor: query.after).branches(of: object, with: &writer)
            return (filterSQL, columnSQL, page)
        }
        var sql = SQLFragment()
        for (index, branch) in parts.2.enumerated() {
            if index > 0 { sql.append(" UNION ALL ") }
            sql.append("SELECT ")
            sql.append(parts.1)
            Self.append(from: object, writer, [parts.0, branch], to: &sql)
        }
        sql.append(" ORDER BY ")
        for (index, key) in keys.enumerated() {
            if index > 0 { sql.append(", ") }
            sql.append(number: Int64(key.column + 1))
            if key.descending { sql.append(" DESC") }
        }
        sql.append(" LIMIT ")
        // The row behind the page tells whether there is a next one.
        sql.bind(.integer(Int64(query.limit) + 1))
        return CompiledQuery(
            object: object,
            sql: sql.text,
            bindings: sql.bindings,
            columns: columns.map(\.column),
            fieldCount: fieldCount,
            readsWholeRecords: query.fields == nil,
            sortColumns: keys.map(\.column),
            limit: query.limit,
            order: order,
            userBindings: sql.userBindings,
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
        let filterSQL = try written { () throws in try self.where(filter, of: object, with: &writer) }
        var sql = SQLFragment()
        sql.append("SELECT count(*)")
        Self.append(from: object, writer, [filterSQL], to: &sql)
        return CompiledCount(sql: sql.text, bindings: sql.bindings)
    }

    /// The statement that reads one record by its number, when the principal may read it.
    ///
    /// - Throws: `PlatformError` `notFound` for an unknown object.
    package func compileRecord(_ id: RecordID) throws(PlatformError) -> CompiledQuery {
        try compile(Query(object: id.object, filter: "id = ?", parameters: [.integer(id.number)], limit: 1))
    }

    // MARK: - Parts

    /// The object of a query, whose records may be read at all.
    func readable(_ name: ObjectName) throws(PlatformError) -> ObjectDefinition {
        let object = try catalog.object(name)
        if access(object)?.actions.contains(.read) == false { throw RecordSession.denied(.read, object) }
        return object
    }

    func writer(for object: ObjectDefinition) -> ExpressionSQL {
        ExpressionSQL(root: object, access: access, constants: ConstantContext(environment, principal))
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
        var sql = SQLFragment()
        if let condition = try writer.accessCondition(of: object, alias: 0) { sql.append(condition) }
        // The parts of a conjunction stand side by side, so that the database sees each.
        let parts: [Condition] =
            switch filter {
            case nil: []
            case .all(let parts)?: parts
            case let condition?: [condition]
            }
        for part in parts {
            if !sql.isEmpty { sql.append(" AND ") }
            try writer.write(part, into: &sql)
        }
        if let narrowing = narrowing(parts, of: object) {
            sql.append(" AND ")
            sql.append(narrowing)
        }
        return sql
    }

    static func append(
        from object: ObjectDefinition,
        _ writer: ExpressionSQL,
        _ conditions: [SQLFragment],
        to sql: inout SQLFragment
    ) {
        sql.append(" FROM ")
        sql.append(table: object.name)
        sql.append(" AS ")
        sql.append(alias: 0)
        sql.append(writer.joinClause)
        var isFirst = true
        for condition in conditions where !condition.isEmpty {
            sql.append(isFirst ? " WHERE " : " AND ")
            sql.append(condition)
            isFirst = false
        }
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

    private static func list(
        _ columns: [PageOrder.Column],
        of object: ObjectDefinition,
        with writer: inout ExpressionSQL
    ) throws -> SQLFragment {
        var sql = SQLFragment()
        for (index, column) in columns.enumerated() {
            if index > 0 { sql.append(", ") }
            try writer.write(column.source, into: &sql)
        }
        return sql
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
