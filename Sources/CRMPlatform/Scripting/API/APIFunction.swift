import LuaBridge

/// A function of the `crm` table, declared once: registration, argument checks, the editor's stub, the reference page
/// and the parity test all come from this declaration.
struct APIFunction: Sendable {
    /// What an argument may be.
    enum Kind: String, Sendable {
        case string, integer, number, boolean, table, function
        /// An API name or a label of an object.
        case object
        /// A record, its number with the object known, or `customer/42`.
        case record
        /// Text, or a table of texts by language.
        case text
        /// Anything.
        case any

        /// The type in LuaLS annotations.
        var annotation: String {
            switch self {
            case .object: "string"
            case .record: "crm.Record|integer|string"
            case .text: "string|table<string, string>"
            case .function: "function"
            default: rawValue
            }
        }

        /// Whether an argument of a Lua type will do.
        func accepts(_ type: LuaType) -> Bool {
            switch self {
            case .string, .object: type == .string
            case .integer: type == .integer || type == .number
            case .number: type == .integer || type == .number
            case .boolean: type == .boolean
            case .table: type == .table
            case .function: type == .function
            case .record: [.object, .integer, .number, .string].contains(type)
            case .text: type == .string || type == .table
            case .any: type != .none
            }
        }

        /// What messages call it.
        var expected: String {
            switch self {
            case .object: "object name"
            case .record: "record, number or \"customer/42\""
            case .text: "text or table of texts by language"
            default: rawValue
            }
        }
    }

    /// A parameter.
    struct Parameter: Sendable {
        let name: String
        let kind: Kind
        var isOptional = false
        let text: String
    }

    /// The table within `crm`, empty for `crm` itself.
    let module: String
    /// The name.
    let name: String
    /// What it does, in one sentence; present tense.
    let summary: String
    /// The parameters in order.
    let parameters: [Parameter]
    /// The type of the result in LuaLS annotations, nil for none.
    let returns: String?
    /// When it may be called.
    let phases: String
    /// A line or two that show it.
    let example: String
    /// What it does.
    let body: @Sendable (inout LuaCall, PluginHost) throws -> Void

    /// The name as scripts write it, `crm.date.today`.
    var qualifiedName: String { (module.isEmpty ? "crm." : "crm.\(module).") + name }

    init(
        _ module: String,
        _ name: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        returns: String? = nil,
        phases: String = "any",
        example: String,
        _ body: @escaping @Sendable (inout LuaCall, PluginHost) throws -> Void
    ) {
        self.module = module
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.returns = returns
        self.phases = phases
        self.example = example
        self.body = body
    }
}

extension APIFunction.Parameter {
    static func required(_ name: String, _ kind: APIFunction.Kind, _ text: String) -> Self {
        Self(name: name, kind: kind, text: text)
    }

    static func optional(_ name: String, _ kind: APIFunction.Kind, _ text: String) -> Self {
        Self(name: name, kind: kind, isOptional: true, text: text)
    }
}
