import CRMPlatform

/// The functions of the Lua API that completion offers, read from the annotations that editors get.
struct LuaFunctions: Sendable {
    private let signatures: [(owner: String, name: String, arguments: String)]

    /// Reads lines such as `function crm.date.today() end` and `function record:old(field) end`.
    init(annotations: String) {
        signatures = annotations.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("function "), let open = line.firstIndex(of: "("),
                let close = line.firstIndex(of: ")"), open < close
            else { return nil }
            let path = line[..<open].dropFirst("function ".count)
            guard let sign = path.lastIndex(where: { $0 == "." || $0 == ":" }) else { return nil }
            return (
                String(path[..<sign]), String(path[path.index(after: sign)...]), String(line[open...close])
            )
        }
    }

    /// The functions and tables in a table such as `crm` or `crm.date`, or the methods of `record`.
    func members(of owner: String) -> [CompletionCandidate] {
        let functions = signatures.filter { $0.owner == owner }.map { function in
            CompletionCandidate(function.name, shown: function.name + function.arguments, suffix: "(")
        }
        var tables: [String] = []
        for signature in signatures where signature.owner.hasPrefix(owner + ".") {
            let name = signature.owner.dropFirst(owner.count + 1).prefix { $0 != "." }
            if !tables.contains(String(name)) { tables.append(String(name)) }
        }
        // `crm.decimal` may be called and has members too: then the choice is left open.
        return functions + tables.map { CompletionCandidate($0, shown: $0 + ".", suffix: ".") }
    }
}
