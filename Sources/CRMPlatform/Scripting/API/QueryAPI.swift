import CRMModel
import CRMRecords
import LuaBridge

/// Finding, counting and adding up records.
enum QueryAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "find",
            "Finds records; also returns the cursor of the next page, nil when there is none.",
            [
                .required("object", .string, "Object API name"),
                .optional("expression", .string, "Condition; ? stands for values in options.params"),
                .optional(
                    "options",
                    .table,
                    "params, sort (\"name desc, id\"), limit (1 to 5,000, default 200), after (the cursor that a page gave)"
                ),
            ],
            returns: "crm.Record[], string?",
            example:
                "for _, c in ipairs(crm.find(\"customer\", \"grade = ?\", {params = {\"A\"}})) do print(c.name) end",
            find
        ),
        APIFunction(
            "",
            "each",
            "Iterates over all records that meet a condition, page by page.",
            [
                .required("object", .string, "Object API name"), .optional("expression", .string, "Condition"),
                .optional("options", .table, "params, sort"),
            ],
            returns: "fun(): crm.Record?",
            example: "for c in crm.each(\"customer\", \"grade = 'A'\") do print(c.name) end",
            each
        ),
        APIFunction(
            "",
            "count",
            "Counts records.",
            [
                .required("object", .string, "Object API name"), .optional("expression", .string, "Condition"),
                .optional("options", .table, "params"),
            ],
            returns: "integer",
            example: "local n = crm.count(\"customer\", \"grade = 'A'\")",
            count
        ),
        APIFunction(
            "",
            "aggregate",
            "Groups records and adds them up; each row is a plain table.",
            [
                .required("object", .string, "Object API name"),
                .required(
                    "query",
                    .table,
                    "where, params, group (list of expressions), measures (alias → expression), sort"
                ),
            ],
            returns: "table[]",
            example:
                "crm.aggregate(\"order\", {group = {\"status\"}, measures = {total = \"sum(amount)\", n = \"count()\"}})",
            aggregate
        ),
        StageAPI.stages,
    ]

    /// The query that a script asks for, of which it may say what is named in `known`; nothing else is passed over.
    private static func query(
        _ call: borrowing LuaCall,
        _ host: PluginHost,
        _ known: [String]
    ) throws -> Query {
        let object = try host.object(call, 1)
        var query = Query(object: object.name, filter: try call.optionalString(2), limit: 200)
        for (key, value) in try call.options(3, known) {
            switch (key, value) {
            case ("params", let list): query.parameters = try parameters(list, call)
            case ("sort", .string(let text)): query.sort = try Query.parseSort(text)
            case ("limit", .integer(let limit)) where (1...5000).contains(limit): query.limit = Int(limit)
            case ("limit", _): throw call.badArgument(3, "limit must be a whole number from 1 to 5000")
            case ("after", .string(let token)):
                guard let cursor = PageCursor(token: token) else {
                    throw PlatformError(.invalidInput, Message(.queryCursor))
                }
                query.after = cursor
            default: throw call.badArgument(3, "\(key) must be a text")
            }
        }
        return query
    }

    private static func name(_ value: LuaValue) -> String { Definition.text(value) ?? "?" }

    /// The values for `?`, from a list of texts, numbers, decimals, dates and records.
    static func parameters(_ list: LuaValue, _ call: borrowing LuaCall) throws -> [Value] {
        let items: [LuaValue]
        switch list {
        case .array(let values): items = values
        case .table(let pairs) where pairs.isEmpty: items = []
        default: throw call.badArgument(3, "params must be a list without gaps")
        }
        return try items.map { item in
            switch item {
            case .boolean(let flag): return .boolean(flag)
            case .integer(let number): return .integer(number)
            case .number(let number):
                guard let exact = FixedDecimal(exactly: number) else {
                    throw call.badArgument(3, "a number in params is no exact decimal")
                }
                return .decimal(exact)
            case .string(let text):
                // Records come as `customer/42`, which is read as a record where it meets a reference or an id.
                return .text(text)
            default: throw call.badArgument(3, "params may hold texts, numbers, dates, decimals and records")
            }
        }
    }

    private static func find(_ call: inout LuaCall, _ host: PluginHost) throws {
        let query = try query(call, host, ["params", "sort", "limit", "after"])
        let page = try host.reading { session throws(PlatformError) in try session.find(query) }
        let types = try host.luaTypes()
        let records = try page.records.map { LuaArgument.object(try types.argument(RecordHandle($0))) }
        try call.push(.array(records))
        if let next = page.next { call.push(next.token) } else { call.pushNil() }
    }

    private static func each(_ call: inout LuaCall, _ host: PluginHost) throws {
        var query = try query(call, host, ["params", "sort"])
        query.limit = 500
        let pages = PageWalk(query)
        let next = try call.state.makeFunction("each") { [unowned host] call in
            guard let record = try pages.next(in: host) else { return call.pushNil() }
            try call.push(host.luaTypes().argument(RecordHandle(record)))
        }
        try call.push(next)
    }

    /// Walks over the pages of a query.
    private final class PageWalk {
        private var query: Query
        private var page: [Record] = []
        private var position = 0
        private var isOver = false

        init(_ query: Query) {
            self.query = query
        }

        func next(in host: PluginHost) throws(PlatformError) -> Record? {
            if position == page.count {
                guard !isOver else { return nil }
                let found = try host.reading { session throws(PlatformError) in try session.find(query) }
                page = found.records
                position = 0
                query.after = found.next
                isOver = found.next == nil
                if page.isEmpty { return nil }
            }
            defer { position += 1 }
            return page[position]
        }
    }

    private static func count(_ call: inout LuaCall, _ host: PluginHost) throws {
        let query = try query(call, host, ["params"])
        let count = try host.reading { session throws(PlatformError) in
            try session.count(query.object, where: query.filter, parameters: query.parameters)
        }
        call.push(count)
    }

    private static func aggregate(_ call: inout LuaCall, _ host: PluginHost) throws {
        let object = try host.object(call, 1)
        var query = AggregateQuery(object: object.name)
        guard case .table(let pairs) = try call.value(2) else { throw call.wrongArgument(2, expected: "table") }
        for pair in pairs {
            switch (pair.key, pair.value) {
            case ("where", .string(let text)): query.filter = text
            case ("params", let list): query.parameters = try parameters(list, call)
            case ("group", let list): query.groups = try terms(list, call)
            case ("measures", let list): query.measures = try terms(list, call)
            case ("sort", .string(let text)): query.sort = try Query.parseSort(text)
            default:
                throw call.badArgument(
                    2,
                    "unknown or wrong member \(name(pair.key)); members are where, params, group, measures, sort"
                )
            }
        }
        // All groups or none: what is left out would be missing from every sum made of them.
        query.limit = AggregateQuery.maximumLimit
        let result = try host.reading { [query] session throws(PlatformError) in try session.aggregate(query) }
        guard !result.hasMore else {
            throw call.badArgument(
                2,
                "this gives more than \(query.limit) groups; narrow 'where' or group more coarsely"
            )
        }
        let types = try host.luaTypes()
        let rows = try result.rows.map { row in
            LuaArgument.map(
                try result.columns.enumerated().map { index, column in
                    (column, try types.argument(row[index], of: result.fields[index]))
                }
            )
        }
        try call.push(.array(rows))
    }

    private static func terms(_ list: LuaValue, _ call: borrowing LuaCall) throws -> [AggregateQuery.Term] {
        switch list {
        case .string(let text): return [AggregateQuery.Term(alias: text, expression: text)]
        case .array(let items):
            return try items.map { item in
                guard case .string(let text) = item else { throw call.badArgument(2, "expressions must be texts") }
                return AggregateQuery.Term(alias: text, expression: text)
            }
        case .table(let pairs):
            let terms = try pairs.map { pair in
                guard case .string(let alias) = pair.key, case .string(let text) = pair.value else {
                    throw call.badArgument(2, "members must be alias = \"expression\"")
                }
                return AggregateQuery.Term(alias: alias, expression: text)
            }
            return terms.sorted { $0.alias < $1.alias }
        default: throw call.badArgument(2, "a list of expressions, or alias = \"expression\"")
        }
    }
}
