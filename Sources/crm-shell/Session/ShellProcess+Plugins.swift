import CRMPlatform
import Foundation

/// What the maker of a plugin asks for.
struct NewPluginRequest {
    /// The identifier as it was typed.
    var plugin: String
    /// The folder in which the plugin's folder is made.
    var folder = "plugins"
    /// The title; the identifier when nothing is said.
    var title: String?
    /// The name of the example object.
    var object: String?
    /// The plugins that are needed.
    var depends: [String] = []
}

extension ShellProcess {
    /// Makes the folder of a new plugin.
    func newPlugin(_ request: NewPluginRequest) throws {
        guard let id = PluginID(rawValue: request.plugin) else {
            throw PlatformError(.invalidInput, Message(.shellPluginForm, ["text": .text(request.plugin)]))
        }
        // Another plugin of that name would take its place, or be taken for a version of it.
        if let shipped = PluginSearch.folders.map({ "\($0)/\(request.plugin)" }).first(where: {
            FileManager.default.fileExists(atPath: $0 + "/plugin.json")
        }) {
            throw PlatformError(
                .alreadyExists,
                Message(.shellPluginThere, ["plugin": .text(request.plugin), "folder": .text(shipped)])
            )
        }
        let files = try Platform.newPlugin(
            id: id,
            in: request.folder,
            title: request.title,
            language: language,
            object: request.object,
            depends: request.depends,
            template: PluginSearch.template()
        )
        if isJSON {
            console.json(["plugin": .string(request.plugin), "files": .array(files.map { .string($0) })])
        } else {
            let message = Message(
                .shellNewPlugin,
                ["plugin": .text(request.plugin), "files": .text("\n  " + files.joined(separator: "\n  "))]
            )
            console.line(DisplayWidth.escapingControls(message.text(in: language), keepingLines: true))
        }
    }

    /// Looks a plugin's folder over.
    func checkPlugin(_ folder: String) throws {
        let (problems, warnings) = Platform.reviewPlugin(
            folder: PluginSearch.folder(folder),
            searchPath: PluginSearch.folders
        )
        let rendering = ErrorRendering(language: language)
        if isJSON {
            console.json([
                "clean": .boolean(problems.isEmpty),
                "problems": .list(problems) { rendering.member($0) },
                "warnings": .list(warnings) { rendering.member($0) },
            ])
        } else {
            for problem in problems { console.line(rendering.text(problem)) }
            for warning in warnings {
                let file = warning.context.file.map { file in
                    file + (warning.context.line.map { ":\($0)" } ?? "") + " "
                }
                let text = Message(
                    .shellWarning,
                    ["text": .text((file ?? "") + warning.text(in: language))]
                ).text(in: language)
                console.line(DisplayWidth.escapingControls(text))
            }
        }
        guard problems.isEmpty else {
            // The mistakes of metadata are told as one problem with all of them.
            let count = problems.reduce(0) { $0 + max($1.issues.count, 1) }
            throw PlatformError(
                .invalidPlugin,
                Message(.shellPluginProblems, ["folder": .text(folder), "count": .text(String(count))])
            )
        }
        if !isJSON {
            let message = Message(
                warnings.isEmpty ? .shellPluginClean : .shellPluginWarnings,
                ["folder": .text(folder), "count": .text(String(warnings.count))]
            )
            console.line(DisplayWidth.escapingControls(message.text(in: language)))
        }
    }

    /// Runs the tests of a plugin.
    func testPlugin(_ folder: String, filter: String?) throws {
        let result = try Platform.testPlugin(
            folder: PluginSearch.folder(folder),
            filter: filter,
            searchPath: PluginSearch.folders,
            language: language,
            isCancelled: { Interruption.shared.isStruck }
        )
        if isJSON {
            let tests = result.tests.map { test -> JSONValue in
                [
                    "name": .string(test.name), "file": .string(test.file), "line": .count(test.line),
                    "ok": .boolean(test.ok), "message": .string(test.message),
                    "ms": .number(DecimalText.tenths(test.milliseconds)),
                ]
            }
            console.json([
                "passed": .count(result.passed), "failed": .count(result.failed),
                "tests": .array(tests),
            ])
        } else {
            for test in result.tests {
                let head = "\(test.ok ? "✓" : "✗") \(test.name)  (\(DecimalText.tenths(test.milliseconds)) ms)"
                let message = test.message.split(separator: "\n").joined(separator: "\n    ")
                let tail = test.ok ? "" : "\n    \(test.file):\(test.line): \(message)"
                console.line(DisplayWidth.escapingControls(head + tail, keepingLines: true))
            }
            let message = Message(
                .shellTestsDone,
                ["passed": .text(String(result.passed)), "failed": .text(String(result.failed))]
            )
            console.line(message.text(in: language))
        }
        if result.failed > 0 {
            throw PlatformError(
                .validationFailed,
                Message(.shellTestsFailed, ["failed": .text(String(result.failed))])
            )
        }
    }

    /// Tells the versions of the engines, and where plugins are looked for.
    func doctor() {
        let versions = Platform.engineVersions
        var warnings: [Message] = []
        // `security.md` §1: the bugs that end a process were mended after 5.4.4, the WAL-reset bug in 3.51.3.
        if Self.isOlder(versions.lua, than: [5, 4, 6]) {
            warnings.append(Message(.shellLuaOld, ["version": .text(versions.lua)]))
        }
        if Self.isOlder(versions.sqlite, than: [3, 51, 3]) {
            warnings.append(Message(.shellSQLiteOld, ["version": .text(versions.sqlite)]))
        }
        if isJSON {
            console.json([
                "crm_shell": .string(Platform.version), "lua": .string(versions.lua),
                "sqlite": .string(versions.sqlite),
                "plugin_folders": .array(PluginSearch.folders.map { .string($0) }),
                "warnings": .array(warnings.map { .string($0.text(in: language)) }),
            ])
            return
        }
        console.line("crm-shell  \(Platform.version)")
        console.line("Lua        \(versions.lua)")
        console.line("SQLite     \(versions.sqlite)")
        console.line("plugins    \(PluginSearch.folders.joined(separator: ":"))")
        for warning in warnings {
            console.line(
                Message(.shellWarning, ["text": .message(warning)]).text(in: language)
            )
        }
    }

    /// Whether a version such as `5.4.4` comes before another.
    static func isOlder(_ version: String, than wanted: [Int]) -> Bool {
        let parts = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
        return parts.lexicographicallyPrecedes(wanted)
    }
}

extension MessageKey {
    static let shellPluginThere = MessageKey(
        "shell.plugin_there",
        zhCN: "已经有插件「{plugin}」（{folder}）；请另起名称",
        zhTW: "已經有外掛「{plugin}」（{folder}）；請另起名稱",
        en: "There is a plugin \"{plugin}\" already ({folder}); take another name"
    )
}
