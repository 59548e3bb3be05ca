import CRMModel
import LuaBridge

extension LuaCall {
    /// The options at a position by name, none when nothing stands there.
    ///
    /// - Throws: a wrong argument, naming the first that is not among `known`.
    borrowing func options(_ position: Int, _ known: [String]) throws -> [(key: String, value: LuaValue)] {
        guard !isNil(position) else { return [] }
        let pairs: [(key: LuaValue, value: LuaValue)]
        switch try value(position) {
        case .table(let given): pairs = given
        case .array(let items) where items.isEmpty: pairs = []
        default: throw badArgument(position, "options must be a table such as {\(known[0]) = …}")
        }
        return try pairs.map { pair in
            guard case .string(let key) = pair.key, known.contains(key) else {
                let name = Definition.text(pair.key) ?? "?"
                throw badArgument(position, "unknown option \(name); options are \(known.joined(separator: ", "))")
            }
            return (key, pair.value)
        }
    }
}
