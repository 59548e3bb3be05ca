import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Exports of every object of every plugin of the repository, for people, in every language and form.
@Suite("Exports of the shipped plugins")
struct ShippedExportTests {
    @Test("untouched, they come back into their records and change nothing")
    func untouched() throws {
        let scratch = try ScratchFolder()
        let platform = try DemoOnAnyDayTests.platform(on: "2026-11-21")
        let names = Repository.names(in: "plugins").filter { !$0.hasPrefix("_") && !$0.hasPrefix(".") }
        try platform.installPlugins(names.map { try DemoOnAnyDayTests.source($0, scratch) }, demo: true)
        var rows = 0
        for object in try platform.catalog.sortedObjects {
            for language in Language.allCases {
                for isWorkbook in [false, true] {
                    let file = scratch.path + "/file"
                    try Data(export(object, language, isWorkbook, platform)).write(to: URL(fileURLWithPath: file))
                    let summary = try platform.importRecords(object: object.name, file: file, as: .administrator)
                    let told = "\(object.name) \(language) \(isWorkbook) \(summary.text(in: .en))"
                    #expect(summary.unknownColumns.isEmpty && summary.failed == 0, "\(told)")
                    #expect(summary.unchanged == summary.rows && summary.created == 0, "\(told)")
                    rows += summary.rows
                }
            }
        }
        #expect(rows > 1000)
    }

    /// The first records of an object, for people.
    private func export(
        _ object: ObjectDefinition,
        _ language: Language,
        _ isWorkbook: Bool,
        _ platform: Platform
    ) throws -> [UInt8] {
        try platform.exported(
            object.name.rawValue,
            as: isWorkbook ? .xlsx : .csv(bom: true),
            style: .people,
            language: language,
            where: "id <= 20"
        )
    }
}
