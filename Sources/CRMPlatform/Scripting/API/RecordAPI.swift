import CRMModel
import CRMRecords
import LuaBridge

/// Reading and writing single records.
enum RecordAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "get",
            "Gets a record, nil when there is none.",
            [
                .required("object", .string, "Object API name, or a record such as \"customer/42\""),
                .optional("id", .record, "Number of the record, or the record itself"),
            ],
            returns: "crm.Record?",
            example: "local customer = crm.get(\"customer\", 42)",
            get
        ),
        APIFunction(
            "",
            "create",
            "Creates a record; child rows go in as lists of tables.",
            [.required("object", .string, "Object API name"), .required("fields", .table, "Field name → value")],
            returns: "crm.Record",
            example: "crm.create(\"customer\", {name = \"华东医药\"})",
            create
        ),
        APIFunction(
            "",
            "update",
            "Changes fields of a record; a list of child rows replaces all of them, and rows given with their id are kept.",
            [
                .required("record", .record, "The record"), .required("fields", .table, "Field name → value"),
                .optional("options", .table, "version: the version that was read"),
            ],
            returns: "crm.Record",
            example: "crm.update(\"customer/42\", {grade = \"A\"})",
            update
        ),
        APIFunction(
            "",
            "delete",
            "Deletes a record.",
            [.required("record", .record, "The record")],
            example: "crm.delete(\"customer/42\")",
            delete
        ),
        APIFunction(
            "",
            "settle",
            "Has the `settle` hooks of a record run once, when the saves that ask for it are over.",
            [
                .required("object", .any, "Object API name, or the record"),
                .optional("id", .record, "Number of the record; nil asks for nothing"),
            ],
            example:
                "crm.on(\"order_line\", \"after_save\", function(line) crm.settle(\"order\", line:id_of(\"order\")) end)",
            settle
        ),
    ]

    private static func get(_ call: inout LuaCall, _ host: PluginHost) throws {
        let id: RecordID
        if call.isNil(2), let whole = RecordID(try call.string(1)) {
            id = whole
        } else {
            guard !call.isNil(2) else {
                _ = try host.object(call, 1)
                throw call.wrongArgument(2, expected: "number or \"customer/42\"")
            }
            id = try host.recordID(call, ofObjectAt: 1)
        }
        let found = try host.reading { session throws(PlatformError) in try session.counted(id) }
        guard let record = found else { return call.pushNil() }
        try call.push(host.luaTypes().argument(RecordHandle(record)))
    }

    private static func create(_ call: inout LuaCall, _ host: PluginHost) throws {
        let object = try host.object(call, 1)
        let input = try host.input(call, 2, of: object)
        let record = try saving(host, records: input.recordCount) { session throws(PlatformError) in
            try session.create(object.name, input).record
        }
        try call.push(host.luaTypes().argument(handle(of: record, host)))
    }

    private static func update(_ call: inout LuaCall, _ host: PluginHost) throws {
        let id = try host.recordID(call, 1)
        let input = try host.input(call, 2, of: host.catalog.object(id.object))
        var options = SaveOptions()
        for (_, value) in try call.options(3, ["version"]) {
            // A version that is passed over would save over what somebody else wrote.
            guard case .integer(let version) = value else {
                throw call.badArgument(3, "version must be a whole number")
            }
            options.expectedVersion = version
        }
        let record = try saving(host, records: input.recordCount) { session throws(PlatformError) in
            try session.update(id, input, options).record
        }
        if call.type(of: 1) == .object {
            let given = try call.object(1, as: RecordHandle.self)
            if try host.session().awaitsSettling { given.forget() } else { given.replace(by: record) }
        }
        try call.push(host.luaTypes().argument(handle(of: record, host)))
    }

    /// The record that was saved; read again when it is looked at while something is put off that may change it.
    private static func handle(of record: Record, _ host: PluginHost) throws(PlatformError) -> RecordHandle {
        guard try host.session().awaitsSettling else { return RecordHandle(record) }
        return RecordHandle(object: record.object, number: record.id)
    }

    private static func delete(_ call: inout LuaCall, _ host: PluginHost) throws {
        let id = try host.recordID(call, 1)
        _ = try saving(host, records: 1) { session throws(PlatformError) in try session.delete(id) }
    }

    private static func settle(_ call: inout LuaCall, _ host: PluginHost) throws {
        let id: RecordID
        if call.type(of: 1) == .string, RecordID(try call.string(1)) == nil {
            guard !call.isNil(2) else {
                _ = try host.object(call, 1)
                return
            }
            id = try host.recordID(call, ofObjectAt: 1)
        } else {
            id = try host.recordID(call, 1)
        }
        let session = try host.session()
        guard session.hasSettleHooks(of: id.object) else {
            throw call.badArgument(1, "no plugin has a 'settle' hook for '\(id.object)'")
        }
        session.settle(id)
    }

    /// Runs a write on behalf of the plugin, which the history shows.
    private static func saving<T>(
        _ host: PluginHost,
        records count: Int,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        let session = try host.session()
        try host.meter.countWrites(count, in: host.lua)
        let outer = session.settling
        if outer == .atOnce { session.settling = .lazily }
        defer { session.settling = outer }
        return try session.acting(as: host.actor) { () throws(PlatformError) in try body(session) }
    }
}
