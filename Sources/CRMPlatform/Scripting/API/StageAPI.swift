import CRMModel
import LuaBridge

/// `crm.stages`.
enum StageAPI {
    static let stages =
        APIFunction(
            "",
            "stages",
            "Gives the stages of an object in their order, so that reports can follow it.",
            [.required("object", .object, "Object API name")],
            returns: "table[] value, label, start, and next: the values that may follow, nil for any",
            example: "for _, step in ipairs(crm.stages(\"opportunity\")) do print(step.value, step.label) end"
        ) { call, host in
            let object = try host.object(call, 1)
            guard let stages = object.stages else {
                throw call.badArgument(1, "the object '\(object.name)' has no stages")
            }
            let starts = Set(stages.starts)
            let dictionary = object.field(stages.field).flatMap { host.catalog.dictionary(of: $0) }
            try call.push(
                LuaArgument.array(
                    stages.steps.map { step in
                        let label = dictionary?.option(step.value)?.label.text(in: host.language)
                        var members: [(name: String, value: LuaArgument)] = [
                            ("value", .string(step.value)), ("label", .string(label ?? step.value)),
                            ("start", .boolean(starts.contains(step.value))),
                        ]
                        if let next = step.next { members.append(("next", .array(next.map { .string($0) }))) }
                        return .map(members)
                    }
                )
            )
        }
}
