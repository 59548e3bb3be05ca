package import CRMModel
package import LuaBridge

/// The table that defines a report, template or command.
package struct Definition {
    package let value: LuaValue
    package let name: String
    package let title: LocalizedText
    private let functions: [String: LuaFunction]

    /// The members of definitions that may be functions.
    package static let functionKeys = ["run", "data"]

    /// Reads the first argument of a call; the file of a place has its name by the place.
    ///
    /// - Throws: `LuaError` that names the member that is wrong; `invalidPlugin` for another name than the place's.
    package init(_ call: borrowing LuaCall, allowing keys: [String], at place: PluginPlace?) throws {
        let value = try call.value(1, opaque: .name)
        self.value = value
        guard case .table(let pairs) = value else { throw call.wrongArgument(1, expected: "table of named members") }
        for pair in pairs {
            guard case .string(let key) = pair.key, keys.contains(key) else {
                throw call.badArgument(1, "unknown member \(pair.key); members are \(keys.joined(separator: ", "))")
            }
        }
        guard case .string(let name)? = value["name"] ?? place?.role.name.map({ .string($0) }),
            ElementName(rawValue: name) != nil
        else { throw call.badArgument(1, "'name' must be a name of a-z, 0-9 and _") }
        if let given = place?.role.name, given != name {
            throw PlatformError(
                .invalidPlugin,
                Message(.placeOtherName, ["name": .text(name), "place": .text(given)])
            )
        }
        self.name = name
        title = value["title"].flatMap { ScriptErrors.text(of: $0) } ?? LocalizedText(name)
        // The functions of the table follow it as arguments (`APIRegistry.withMembers`).
        var functions: [String: LuaFunction] = [:]
        for (index, key) in Self.functionKeys.enumerated() {
            guard call.isNil(index + 2) || call.type(of: index + 2) == .function else {
                throw call.badArgument(1, "the member '\(key)' must be a function")
            }
            functions[key] = try call.optionalFunction(index + 2)
        }
        self.functions = functions
    }

    /// The argument by which a function of the table follows it.
    package static func position(of key: String) -> Int { (functionKeys.firstIndex(of: key) ?? 0) + 2 }

    package func function(_ key: String) throws -> LuaFunction {
        guard let function = functions[key] else {
            throw LuaError(code: .argument, message: "the member '\(key)' must be a function")
        }
        return function
    }

    /// What the member `params` says.
    ///
    /// - Throws: `LuaError` that names the parameter and the member that is wrong.
    package func parameters() throws -> [ParameterInfo] {
        guard let list = value["params"] else { return [] }
        guard case .array(let items) = list else {
            if case .table(let pairs) = list, pairs.isEmpty { return [] }
            throw LuaError(code: .argument, message: "'params' must be a list of tables")
        }
        var parameters: [ParameterInfo] = []
        for item in items {
            let parameter = try ParameterInfo(definition: item)
            if parameters.contains(where: { $0.name == parameter.name }) {
                throw LuaError(code: .argument, message: "the parameter '\(parameter.name)' is there twice")
            }
            parameters.append(parameter)
        }
        return parameters
    }

    package static func text(_ value: LuaValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): FixedDecimal(exactly: number)?.description ?? String(number)
        case .boolean(let flag): String(flag)
        default: nil
        }
    }
}
