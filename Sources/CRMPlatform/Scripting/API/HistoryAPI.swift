import CRMModel
import CRMRecords
import LuaBridge

/// Reading who has written a record.
enum HistoryAPI {
    static let history = APIFunction(
        "",
        "history",
        "Lists the writes of a record, oldest first, also of one that was deleted; empty when there never was one.",
        [
            .required("object", .any, "Object API name, or the record, such as \"customer/42\""),
            .optional("id", .record, "Number of the record"),
        ],
        returns:
            "{at: crm.Moment, user: integer, origin: string, reason: string, action: string, changes: {field: string, old: any, new: any}[]}[]",
        example: "for _, h in ipairs(crm.history(\"customer/42\")) do print(h.at, h.action, #h.changes) end",
        list
    )

    private static func list(_ call: inout LuaCall, _ host: PluginHost) throws {
        let id = try call.isNil(2) ? host.recordID(call, 1) : host.recordID(call, ofObjectAt: 1)
        let object = try host.catalog.object(id.object)
        let entries = try host.reading { session throws(PlatformError) in try session.countedHistory(of: id) }
        let types = try host.luaTypes()
        let rows = try entries.map { entry in
            LuaArgument.map([
                ("at", try types.argument(.instant(entry.at), of: nil)), ("user", .integer(entry.userID)),
                ("origin", .string(entry.origin)), ("reason", .string(entry.reason)), ("action", .string(entry.action)),
                (
                    "changes",
                    .array(
                        try entry.changes.map { change in
                            let field = object.field(change.field)
                            return .map([
                                ("field", .string(change.field.rawValue)),
                                ("old", try types.argument(change.old, of: field)),
                                ("new", try types.argument(change.new, of: field)),
                            ])
                        }
                    )
                ),
            ])
        }
        try call.push(.array(rows))
    }
}
