import CRMConcurrency
import CRMModel
import Foundation
import TestSupport

@testable import CRMPlatform
@testable import CRMRuntime

/// A place where work is held until a test lets it go on.
final class Gate: Sendable {
    private let reached = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    /// Holds whoever comes.
    func hold() {
        reached.signal()
        opened.wait()
    }

    /// Waits until somebody is held.
    func waitUntilHeld() { reached.wait() }

    /// Lets one go on.
    func open() { opened.signal() }

    /// As ``waitUntilHeld()``, for tests that are tasks: their threads are few.
    func untilHeld() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.reached.wait()
                continuation.resume()
            }
        }
    }
}

/// Work on a thread of its own.
final class Beside<T: Sendable>: Sendable {
    private let ended = DispatchSemaphore(value: 0)
    private let outcome = Guarded<Result<T, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> T) {
        Thread.detachNewThread { [self] in
            let result = Result { try body() }
            outcome.withLock { $0 = result }
            ended.signal()
        }
    }

    /// Whether it is over.
    var isOver: Bool { outcome.withLock { $0 != nil } }

    /// Waits for the end; once.
    func value() throws -> T {
        ended.wait()
        guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }

    /// The error it ended with, nil when it ended well; once.
    var error: PlatformError? { refusal { try value() } }
}

/// A company in a file, whose plugin has reports that can be held: what they log as `hold` waits at the gate.
///
/// `@unchecked Sendable`: the folder is written to by one thread at a time.
final class HeldCompany: @unchecked Sendable {
    let folder: ScratchFolder
    let platform: Platform
    let gate = Gate()

    static let main = """
        local said = "nothing"
        crm.on("deal", "before_save", function(deal) said = "a save" end)
        crm.report{name = "held", title = "H", run = function()
          local before = crm.count("deal")
          crm.log.info("hold")
          return {columns = {{name = "a", label = "A", type = "integer"}, {name = "b", label = "B", type = "integer"}},
                  rows = {{a = before, b = crm.count("deal")}}}
        end}
        crm.report{name = "endless", title = "E", run = function() crm.log.info("begun") while true do end end}
        crm.report{name = "heard", title = "S", run = function()
          return {columns = {{name = "said", label = "S"}}, rows = {{said = said}}}
        end}
        crm.report{name = "label", title = "L", run = function()
          local before = crm.label("deal", "stage", "new")
          crm.log.info("hold")
          return {columns = {{name = "a", label = "A"}, {name = "b", label = "B"}},
                  rows = {{a = before, b = crm.label("deal", "stage", "new")}}}
        end}
        crm.report{name = "quick", title = "Q", run = function()
          return {columns = {{name = "n", label = "N", type = "integer"}}, rows = {{n = 7}}}
        end}
        """

    init(
        _ main: String = HeldCompany.main,
        _ files: [String: String] = [:],
        change: (inout PlatformOptions) -> Void = { _ in }
    ) throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        options.language = .en
        options.log = { [gate] entry in
            if entry.text == "hold" { gate.hold() }
        }
        change(&options)
        platform = try Platform.create(at: folder.path + "/held.crm", options: options)
        try platform.installPlugin(.folder(plugin(main, files)))
    }

    /// The folder of the plugin with other code or files.
    func plugin(_ main: String = HeldCompany.main, _ files: [String: String] = [:]) throws -> String {
        try folder.plugin(
            "demo",
            ScriptCompany.metadata.merging(files) { $1 }.merging(["main.lua": main]) { $1 }
        )
    }

    /// Saves a deal.
    @discardableResult
    func save(_ unit: UnitContext = UnitContext(.administrator)) throws -> RecordID {
        try platform.write(unit) { session in
            try session.create(object("deal"), ["name": "a", "stage": "new"]).record.recordID
        }
    }

    /// How many deals a unit sees.
    func count(_ unit: UnitContext = UnitContext(.administrator)) throws -> Int {
        try platform.read(unit) { session in try Int(session.count(object("deal"))) }
    }

    /// The cells of the first row of a report.
    func row(of report: String, _ unit: UnitContext = UnitContext(.administrator)) throws -> [String] {
        Self.cells(try platform.runReport(report, in: unit))
    }

    static func cells(_ result: ReportResult) -> [String] { result.rows.first?.map(\.displayText) ?? [] }
}
