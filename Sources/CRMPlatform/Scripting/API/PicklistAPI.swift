import CRMModel
import LuaBridge

/// What scripts ask about the values of picklists.
enum PicklistAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "label",
            "Gets what people see for a value of a picklist, in the user's language; the value itself when it has no option.",
            [
                .required("object", .object, "Object API name"), .required("field", .string, "Picklist field"),
                .optional("value", .string, "Stored value, nil for none"),
            ],
            returns: "string?",
            example: "local text = crm.label(\"customer\", \"source\", row.source)"
        ) { call, host in
            let dictionary = try dictionary(call, host)
            guard !call.isNil(3) else { return call.pushNil() }
            let value = try call.string(3)
            call.push(dictionary.option(value)?.label.text(in: host.language) ?? value)
        },
        APIFunction(
            "",
            "options",
            "Gets the options of a picklist in their order, so that reports can show groups that are empty.",
            [.required("object", .object, "Object API name"), .required("field", .string, "Picklist field")],
            returns: "table[] value, label, colour (\"#rrggbb\", nil for none), retired",
            example: "for _, o in ipairs(crm.options(\"customer\", \"source\")) do print(o.value, o.label) end"
        ) { call, host in
            let options = try dictionary(call, host).options
            try call.push(
                LuaArgument.array(
                    options.map { option in
                        var members: [(name: String, value: LuaArgument)] = [
                            ("value", .string(option.value)),
                            ("label", .string(option.label.text(in: host.language))),
                            ("retired", .boolean(option.isRetired)),
                        ]
                        if !option.colour.isEmpty { members.append(("colour", .string(option.colour))) }
                        return .map(members)
                    }
                )
            )
        },
    ]

    private static func dictionary(_ call: borrowing LuaCall, _ host: PluginHost) throws -> PicklistSet {
        let object = try host.object(call, 1)
        let name = try call.string(2)
        guard let field = FieldName(rawValue: name).flatMap({ object.field($0) }) else {
            throw RecordType.unknownField(object, name)
        }
        guard let dictionary = host.catalog.dictionary(of: field) else {
            throw call.badArgument(2, "the field '\(name)' of '\(object.name)' is no picklist")
        }
        return dictionary
    }
}
