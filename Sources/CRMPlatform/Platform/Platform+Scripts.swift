public import CRMModel
public import CRMRuntime
import CRMScripting
import CRMStorage
import Foundation

/// The versions of the engines underneath.
public struct EngineVersions: Sendable {
    /// Lua's.
    public let lua: String
    /// SQLite's.
    public let sqlite: String
}

/// A file of editor annotations.
public struct StubFile: Sendable {
    /// The path within the folder of annotations.
    public let path: String
    /// The text.
    public let text: String
}

/// Lua for a person, line by line; keeps its globals.
public final class ScriptConsole: Sendable {
    private let lanes: Lanes
    private let unit: UnitContext
    private let console: ConsoleBox

    fileprivate init(lanes: Lanes, unit: UnitContext) {
        self.lanes = lanes
        self.unit = unit
        console = ConsoleBox()
    }

    /// Runs a line or several in one transaction, in a context of its own when one is given; a bare expression gives its value.
    ///
    /// - Throws: `PlatformError`: a syntax error, what the script raises, a limit.
    public func evaluate(_ chunk: String, in unit: UnitContext? = nil) throws(PlatformError) -> ConsoleResult {
        let unit = unit ?? self.unit
        return try lanes.run(.write, unit) { workspace throws(PlatformError) in
            try console.evaluate(chunk, workspace, unit)
        }
    }
}

/// `@unchecked Sendable`: used only within the lane, by one thread at a time.
private final class ConsoleBox: @unchecked Sendable {
    private var console: Console?

    func evaluate(_ chunk: String, _ workspace: Workspace, _ unit: UnitContext) throws(PlatformError) -> ConsoleResult {
        let current = console ?? Console(opened: workspace)
        console = current
        return try current.evaluate(chunk, in: unit)
    }
}

extension Platform {
    /// Runs a script in one transaction under the limits of a person's scripts: a minute of CPU, 256 MB.
    ///
    /// - Throws: `invalidPlugin` for a syntax error; what the script raises; nothing is kept then.
    public func runScript(
        _ source: String,
        name: String,
        in unit: UnitContext,
        arguments: [String] = [],
        output: @escaping @Sendable (String) -> Void
    ) throws(PlatformError) {
        try lanes.run(.write, unit) { workspace throws(PlatformError) in
            try workspace.runScript(source, name: name, in: unit, arguments: arguments, output: output)
        }
    }

    /// Makes a console.
    public func makeConsole(in unit: UnitContext) -> ScriptConsole {
        ScriptConsole(lanes: lanes, unit: unit)
    }

    /// Runs a script by itself under the limits of plugins and tells how it ended.
    ///
    /// - Throws: `notFound` when a file is not there.
    public static func sandbox(script: String, after: String? = nil) throws(PlatformError) -> SandboxOutcome {
        try SandboxOutcome.run(script: read(script), after: after.map { path throws(PlatformError) in try read(path) })
    }

    private static func read(_ path: String) throws(PlatformError) -> String {
        try OpenDataFiles.refuse(reading: path)
        let bytes: [UInt8]
        do throws(SystemNumber) {
            bytes = try InputFile.read(path, upTo: InputFile.scriptBytes, isStopped: { false })
        } catch {
            throw InputFile.unreadable(path, error.number)
        }
        guard bytes.count <= InputFile.scriptBytes else {
            throw InputFile.tooLarge(path, limit: InputFile.scriptBytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The versions of the engines underneath.
    public static var engineVersions: EngineVersions {
        EngineVersions(lua: LuaVersion.current, sqlite: SQLiteVersion.current)
    }

    /// Annotations for editors: the `crm` table, and the objects of this file with their fields.
    ///
    /// - Throws: as ``catalog``.
    public func stubs() throws(PlatformError) -> [StubFile] {
        LuaStubs.files(catalog: try catalog).map { StubFile(path: $0.path, text: $0.text) }
    }

    /// Whether a file that begins so was made by ``stubs()`` or ``scriptReference``.
    public static func isStub(_ head: [UInt8]) -> Bool { LuaStubs.isGenerated(head) }

    /// The reference of the `crm` table, a page of Markdown for each table of functions.
    public static var scriptReference: [StubFile] {
        LuaStubs.pages.map { StubFile(path: $0.path, text: $0.text) }
    }

    /// Makes a new plugin folder from the template: a manifest, an object, a hook, a report, a print, a test.
    ///
    /// - Throws: `alreadyExists` when the folder is there; `invalidInput` when the identifier is wrong; `storage`.
    public static func newPlugin(
        id: PluginID,
        in folder: String,
        title: String? = nil,
        language: Language = .zhCN,
        object: String? = nil,
        depends: [String] = [],
        template: String
    ) throws(PlatformError) -> [String] {
        try PluginTemplate(folder: template).make(
            id: id,
            in: folder,
            PluginTemplate.Choice(title: title, language: language, object: object, depends: depends)
        )
    }
}

extension MessageKey {
    static let scriptNoFile = MessageKey(
        "script.no_file",
        zhCN: "找不到文件「{file}」",
        zhTW: "找不到檔案「{file}」",
        en: "There is no file \"{file}\""
    )
}
