package import CRMModel
import CRMRecords
package import CRMScripting
import LuaBridge

/// What a line given to a console did.
public enum ConsoleResult: Sendable {
    /// The line is the beginning of something; more must follow.
    case incomplete
    /// It ran: what it printed, and the values it gave.
    case done(output: [String], values: [String])
}

/// Lua for a person: keeps its globals from line to line; each line is one transaction.
package final class Console {
    private let opened: Workspace
    private var host: PluginHost?
    // Records stay at hand from line to line; those of a host end with it.
    private var scope = LuaScope()

    /// Makes a console over an open file.
    package init(opened: Workspace) {
        self.opened = opened
    }

    /// Runs a line or several; a bare expression gives its value.
    ///
    /// - Throws: `invalidPlugin` for a syntax error; what the script raises; `limitExceeded`.
    package func evaluate(_ chunk: String, in unit: UnitContext) throws(PlatformError) -> ConsoleResult {
        try opened.catchUp()
        let host = try currentHost()
        let text = chunk.hasPrefix("=") ? String(chunk.dropFirst()) : chunk
        let function: LuaFunction
        if let expression = try? host.load("return \(text)", name: "shell") {
            function = expression
        } else {
            do throws(LuaError) {
                function = try host.load(text, name: "shell")
            } catch {
                if error.isIncomplete { return .incomplete }
                throw ScriptErrors.platformError(error, plugin: host.id, budget: .script)
            }
        }
        var output: [String] = []
        host.output = { output.append($0) }
        defer { host.output = nil }
        var values: [String] = []
        try opened.write(unit) { session throws(PlatformError) in
            try host.run(in: session, keeping: scope) { _ throws(LuaError) in
                let results = try function.call()
                for index in 0..<results.count {
                    values.append(Self.shown(results, index))
                }
            }
        }
        return .done(output: output, values: values)
    }

    private static func shown(_ results: LuaResults, _ index: Int) -> String {
        if let object = results.object(index, as: RecordHandle.self) { return object.recordID.description }
        if let object = results.object(index, as: DecimalBox.self) { return object.value.description }
        if let object = results.object(index, as: DateBox.self) { return object.value.description }
        if let object = results.object(index, as: InstantBox.self) { return object.value.description }
        guard let value = try? results.value(index, opaque: .name) else { return "?" }
        switch value {
        case .string(let text): return DisplayWidth.escapingControls(text, keepingLines: true)
        case .bytes(let bytes): return DisplayWidth.escapingControls(String(escapingInvalid: bytes), keepingLines: true)
        case .number(let number) where !number.isFinite: return "\(number)"
        case .opaque(let name): return name
        case .nil: return "nil"
        default: return JSONAPI.shown(value).serialised()
        }
    }

    private func currentHost() throws(PlatformError) -> PluginHost {
        if let host, !host.isDead, host.catalog === opened.catalog { return host }
        let new = try ScriptHost.make(opened: opened, id: "console", files: [:])
        host = new
        scope = LuaScope()
        return new
    }
}

/// Hosts for scripts that belong to no installed plugin.
enum ScriptHost {
    /// Makes a host with the `crm` table and without registrations.
    static func make(
        opened: Workspace,
        id: String,
        files: [String: [UInt8]]
    ) throws(PlatformError) -> PluginHost {
        var all = files
        if all["plugin.json"] == nil {
            all["plugin.json"] = Array(
                #"{"id":"\#(id)","version":"1.0.0","api":1,"type":"module","title":"\#(id)"}"#.utf8
            )
        }
        let package: PluginPackage
        do {
            package = try PluginPackage(files: all)
        } catch {
            throw error.platformError(plugin: nil)
        }
        let host = PluginHost(
            package: package,
            modules: PluginModules(
                of: package,
                among: opened.plugins.entries.map(\.package),
                isFree: files["plugin.json"] == nil,
                disabled: Set(opened.plugins.disabled)
            ),
            catalog: opened.catalog,
            surroundings: opened.surroundings,
            budget: .script
        )
        do throws(LuaError) {
            try host.makeState()
        } catch {
            throw ScriptErrors.platformError(error, plugin: host.id, budget: .script)
        }
        return host
    }
}

extension Workspace {
    /// Runs a script in one transaction.
    ///
    /// - Throws: what the script raises; `limitExceeded`; nothing is kept then.
    package func runScript(
        _ source: String,
        name: String,
        in unit: UnitContext,
        arguments: [String] = [],
        output: @escaping (String) -> Void
    ) throws(PlatformError) {
        try run(source, name: name, arguments.map { .string($0) }, files: [:], unit, output: output)
    }

    /// Runs a script of a plugin's demonstration data in one transaction, with the plugin's files within reach of
    /// `require`; its argument is by how many days the data is moved.
    ///
    /// - Throws: as ``runScript(_:name:in:arguments:output:)``.
    package func runDemo(_ file: String, of package: PluginPackage, dayShift: Int) throws(PlatformError) {
        guard plugins.entry(package.manifest.id)?.isEnabled != false else {
            throw PluginSuspension.error(package.manifest.id)
        }
        let source = package.text(file) ?? ""
        let days: [LuaArgument] = [.integer(Int64(dayShift))]
        try run(source, name: file, days, files: package.files, UnitContext(.administrator, origin: .install)) { _ in }
    }

    private func run(
        _ source: String,
        name: String,
        _ arguments: [LuaArgument],
        files: [String: [UInt8]],
        _ unit: UnitContext,
        output: @escaping (String) -> Void
    ) throws(PlatformError) {
        try catchUp()
        let host = try ScriptHost.make(opened: self, id: "script", files: files)
        host.output = output
        try write(unit) { session throws(PlatformError) in
            _ = try host.run(in: session) { _ throws(LuaError) in
                try host.load(source, name: name).call(arguments: arguments)
            }
        }
    }
}
