import CRMModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

/// Everything at once, for the sanitizer of threads as much as for the counts.
@Suite("A crowd on one file")
struct CrowdTests {
    @Test(
        "saves, reads, reports, searches, installations, rehearsals, cancelled tasks and interruptions at once lose nothing"
    )
    func crowd() throws {
        let company = try HeldCompany()
        let platform = company.platform
        let saved = Atomic<Int>(0)
        let rounds = 12
        @Sendable func tolerating(_ codes: [PlatformError.Code], _ body: () throws -> Void) throws {
            do { try body() } catch let error as PlatformError where codes.contains(error.code) {}
        }
        let crowd: [Beside<Void>] =
            (0..<2).map { _ in
                Beside {
                    for _ in 0..<rounds {
                        try tolerating([.busy, .cancelled]) {
                            try company.save(UnitContext(.administrator).within(.seconds(60)))
                            saved.wrappingAdd(1, ordering: .relaxed)
                        }
                    }
                }
            } + [
                Beside { for _ in 0..<rounds { try tolerating([.cancelled]) { _ = try company.count() } } },
                Beside { for _ in 0..<rounds { try tolerating([.cancelled]) { _ = try company.row(of: "quick") } } },
                Beside {
                    for _ in 0..<rounds {
                        try tolerating([.cancelled]) {
                            _ = try platform.catalog
                            _ = try platform.reports
                            _ = try platform.plugins
                        }
                    }
                },
                Beside {
                    for number in 0..<3 {
                        let main = HeldCompany.main + "\n-- \(number)"
                        try tolerating([.cancelled, .busy]) {
                            try platform.installPlugin(.folder(company.plugin(main)))
                        }
                    }
                },
                Beside {
                    for _ in 0..<rounds {
                        let task = Task {
                            try await platform.runReport("endless", in: UnitContext(.administrator))
                        }
                        sched_yield()
                        task.cancel()
                    }
                },
                Beside {
                    for _ in 0..<3 {
                        try tolerating([.busy, .cancelled]) {
                            let id = try platform.beginRehearsal(for: UnitContext(.administrator))
                            try tolerating([.cancelled]) {
                                try company.save(UnitContext(.administrator, rehearsal: id))
                            }
                            var isOver = false
                            while !isOver {
                                // An interruption may strike before it is undone; once it is, there is none any more.
                                do {
                                    try platform.rollbackRehearsal(id)
                                    isOver = true
                                } catch let error as PlatformError where error.code == .cancelled {
                                    continue
                                } catch let error as PlatformError where error.code == .conflict {
                                    isOver = true
                                }
                            }
                        }
                    }
                },
                Beside {
                    for _ in 0..<3 {
                        sched_yield()
                        platform.interrupt()
                    }
                },
            ]
        for one in crowd { try one.value() }
        #expect(try company.count() == saved.load(ordering: .relaxed))
        #expect(try platform.check().isEmpty)
    }
}
