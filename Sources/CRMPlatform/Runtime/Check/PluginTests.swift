package import CRMModel
import CRMRecords
package import CRMScripting
import CRMStorage
import LuaBridge

/// One test of a plugin.
public struct PluginTestCase: Sendable {
    /// What it is called.
    public let name: String
    /// The file within the plugin.
    public let file: String
    /// The line where it begins.
    public let line: Int
    /// Whether it passed.
    public let ok: Bool
    /// Why it failed; empty when it passed.
    public let message: String
    /// How long it took.
    public let milliseconds: Double
}

extension PluginTestCase {
    /// A problem that the check of the plugin found, as a test that failed.
    package init(problem: PlatformError, language: Language) {
        self.init(
            name: "plugin check",
            file: problem.context.file ?? "plugin.json",
            line: problem.context.line ?? 1,
            ok: false,
            message: problem.text(in: language),
            milliseconds: 0
        )
    }
}

/// What the tests of a plugin gave.
public struct PluginTestReport: Sendable {
    /// The tests in order.
    public let tests: [PluginTestCase]
    /// How many passed.
    public var passed: Int { tests.count(where: \.ok) }
    /// How many failed.
    public var failed: Int { tests.count - passed }

    /// Makes a report of tests in order.
    package init(tests: [PluginTestCase]) {
        self.tests = tests
    }
}

/// Runs the Lua tests of a plugin: each on the same empty file in memory with only this plugin and those it needs,
/// in a transaction that is undone, on 21 November 2026 at ten in the company's morning.
package struct PluginTests {
    private let package: PluginPackage
    private let needed: [PluginPackage]
    private let language: Language

    /// Prepares the tests of a plugin.
    ///
    /// Failures are told in `language`.
    package init(_ package: PluginPackage, needed: [PluginPackage], language: Language) {
        self.language = language
        self.package = package
        self.needed = needed
    }

    private struct StillClock: Clock {
        let now: Instant
    }

    /// A test that a file has declared.
    private struct Declared {
        let name: String
        let line: Int
        let body: LuaFunction
    }

    private final class Declarations {
        var tests: [Declared] = []
    }

    /// Runs the tests whose name or file contains `filter`.
    ///
    /// - Throws: `invalidPlugin` and the like when the plugin cannot be installed; failures are in the report.
    package func run(filter: String?, isCancelled: () -> Bool = { false }) throws(PlatformError) -> PluginTestReport {
        var options = PlatformOptions()
        options.clock = StillClock(now: Instant(iso: "2026-11-21T02:00:00Z") ?? Instant(milliseconds: 0))
        let opened = Workspace(try OpenFile(store: StoreFactory.inMemory(), options: options))
        // What a check has told already does not keep the tests from running.
        _ = try opened.keep(needed + [package])
        var results: [PluginTestCase] = []
        let files = package.files.keys.filter {
            $0.hasPrefix("tests/") && $0.hasSuffix(".lua") && $0.split(separator: "/").count == 2
        }
        for file in files.sorted() { results += try run(file, filter, opened, isCancelled) }
        return PluginTestReport(tests: results)
    }

    private func run(
        _ file: String,
        _ filter: String?,
        _ opened: Workspace,
        _ isCancelled: () -> Bool
    ) throws(PlatformError) -> [PluginTestCase] {
        let host = try ScriptHost.make(opened: opened, id: package.manifest.id.rawValue, files: package.files)
        let declarations = Declarations()
        do throws(LuaError) {
            try install(host, declarations)
            try host.load(package.text(file) ?? "", name: file).call()
        } catch {
            let failed = ScriptErrors.platformError(error, plugin: host.id, budget: .script)
            return [failure(file, failed, file, error.line ?? 1)]
        }
        var results: [PluginTestCase] = []
        for test in declarations.tests {
            if isCancelled() { throw PlatformError(.cancelled, Message(.storageCancelled)) }
            if let filter, !test.name.contains(filter), !file.contains(filter) { continue }
            results.append(run(test, file, host, opened))
        }
        return results
    }

    private func failure(_ name: String, _ error: PlatformError, _ file: String, _ line: Int) -> PluginTestCase {
        PluginTestCase(
            name: name,
            file: file,
            line: line,
            ok: false,
            message: error.text(in: language) + (error.traceback.isEmpty ? "" : "\n" + error.traceback),
            milliseconds: 0
        )
    }

    private func run(_ test: Declared, _ file: String, _ host: PluginHost, _ opened: Workspace) -> PluginTestCase {
        let clock = ContinuousClock()
        let start = clock.now
        var failed: PlatformError?
        do throws(PlatformError) {
            try opened.rehearse { session throws(PlatformError) in
                do throws(PlatformError) {
                    _ = try host.run(in: session) { _ throws(LuaError) in try test.body.call() }
                } catch { failed = error }
            }
        } catch { failed = failed ?? error }
        let elapsed = clock.now - start
        let milliseconds = Double(elapsed.components.attoseconds) / 1e15 + Double(elapsed.components.seconds) * 1000
        guard let failed else {
            return PluginTestCase(
                name: test.name,
                file: file,
                line: test.line,
                ok: true,
                message: "",
                milliseconds: milliseconds
            )
        }
        return failure(test.name, failed, failed.context.file ?? file, failed.context.line ?? test.line)
    }

    // MARK: - What tests may call

    private func install(_ host: PluginHost, _ declarations: Declarations) throws(LuaError) {
        guard let state = host.state else { return }
        let test = try state.makeFunction("test") { call in
            declarations.tests.append(
                Declared(name: try call.string(1), line: call.callerLocation.line, body: try call.function(2))
            )
        }
        try state.setGlobal("test", .function(test))
        try state.load(Self.expectations, chunkName: "expect").call()
    }

    /// `expect` in Lua, so that failures are blamed on the line of the test.
    private static let expectations = """
        local function show(value)
          if type(value) == "string" then return '"' .. value .. '"' end
          return tostring(value)
        end
        local function same(a, b, depth)
          if a == b then return true end
          if type(a) ~= "table" or type(b) ~= "table" or depth > 16 then return false end
          for key, value in pairs(a) do if not same(value, b[key], depth + 1) then return false end end
          for key in pairs(b) do if a[key] == nil then return false end end
          return true
        end
        expect = {}
        function expect.equal(actual, expected)
          if not same(actual, expected, 0) then
            error("expected " .. show(expected) .. ", got " .. show(actual), 2)
          end
        end
        function expect.truthy(value)
          if not value then error("expected something, got " .. show(value), 2) end
        end
        function expect.error(body, text)
          local ok, err = pcall(body)
          if ok then error("expected an error, there was none", 2) end
          local message = type(err) == "table" and err.message or tostring(err)
          if text and not string.find(message, text, 1, true) then
            error('expected an error with "' .. text .. '", got "' .. tostring(message) .. '"', 2)
          end
          return err
        end
        """
}

extension Workspace {
    /// Runs `body` in a transaction and undoes it.
    func rehearse(_ body: (RecordSession) throws(PlatformError) -> Void) throws(PlatformError) {
        _ = try explain(UnitContext(.administrator), body)
    }
}

extension PluginHost {
    /// The Lua state, nil while there is none.
    var state: LuaState? { lua }
}
