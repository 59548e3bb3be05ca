import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMOutput
@testable import CRMPlatform

/// Times that no clock shows and moments at the ends of the calendar, through every door.
@Suite("Moments that there are not, through every door")
struct MomentDoorTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let meeting = """
        {"name": "meeting", "label": {"zh-CN": "会议", "zh-TW": "會議", "en": "Meeting"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称"},
          {"name": "at", "type": "date_time", "label": "时间"}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        try platform.installPlugin(.folder(folder.plugin("meetings", ["objects/meeting.json": Self.meeting])))
        try zone("America/New_York")
    }

    private func zone(_ identifier: String) throws {
        try platform.setSettings(
            ParameterInput(words: ["time_zone=\(identifier)"]),
            in: UnitContext(.administrator, origin: .shell)
        )
    }

    private func save(_ at: InputValue) throws {
        var input: RecordInput = ["name": "a"]
        input.append(field("at"), at)
        let given = input
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.create(object("meeting"), given)
        }
    }

    private func load(_ text: String) throws -> ImportSummary {
        let name = folder.path + "/" + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: name))
        return try platform.importRecords(object: object("meeting"), file: name, as: .administrator)
    }

    private func shown() throws -> [String] {
        try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("meeting"), sort: [SortKey(field: "id")])).records.map {
                $0.values[$0.object.slot(of: field("at")) ?? 0].displayText
            }
        }
    }

    @Test(
        "the shell, imports and scripts refuse it with the reason, and nothing is saved",
        arguments: [
            ("2026-03-08 02:30", "America/New_York"), ("0001-01-01 00:00", "0001-01-02"),
            ("9999-12-31T18:00:00Z", "9999-12-30"), ("2026-11-21 24:00", "23:59:59"), ("08:00 PM", "2026-11-21 09:30"),
        ]
    )
    func doors(_ text: String, _ reason: String) throws {
        let typed = refusal { try save(.text(text)) }
        #expect(typed?.text(in: .zhCN).contains(reason) == true, "\(String(describing: typed))")
        let summary = try load("name,at\na,\(text)\n")
        #expect(summary.created == 0 && summary.problems.count == 1)
        #expect(summary.problems.first?.messages.first?.text(in: .zhCN).contains(reason) == true)
        let script = refusal {
            try platform.runScript("crm.create('meeting', {name = 'a', at = '\(text)'})", name: "s", as: .administrator)
            {
                _ in
            }
        }
        #expect(script?.text(in: .zhCN).contains(reason) == true, "\(String(describing: script))")
        #expect(try shown() == [])
    }

    @Test("a program that gives the moment itself is refused as well")
    func typedMoments() throws {
        for text in ["0001-01-01T12:00:00Z", "9999-12-31T12:00:00Z"] {
            let moment = try #require(Instant(iso: text))
            let error = refusal { try save(.value(.instant(moment))) }
            #expect(error?.issues.first?.code == "moment_range")
        }
    }

    @Test("a row of an export from a zone with summer time is not read by the clocks of another zone")
    func otherZone() throws {
        try save(.text("2026-03-08 03:30"))
        let export = try platform.exported("meeting", as: .csv(bom: false), style: .people, language: .zhCN)
        try zone("Asia/Shanghai")
        let edited = String(decoding: export, as: UTF8.self).replacing("03:30:00", with: "02:30:00")
        let summary = try load(edited)
        #expect(summary.updated == 0 && summary.problems.count == 1, "\(summary)")
        #expect(summary.problems.first?.messages.first?.text(in: .en).contains("America/New_York") == true)
        #expect(try shown() == ["2026-03-08T07:30:00Z"])
    }

    @Test(
        "demonstration days are moved on the calendar, offsets stay, and what would leave the calendar is no day any more",
        arguments: [
            ("2026-03-01 09:30", "2026-03-31 09:30:00"), ("2026-03-01 09:30+0800", "2026-03-31T01:30:00Z"),
            ("2026-03-01T01:30:00Z", "2026-03-31T01:30:00Z"), ("2026-03-01", "2026-03-31"),
            ("9999-12-20 09:30", nil), ("9999-12-20", nil), ("soon", "soon"),
        ] as [(String, String?)]
    )
    func shifted(_ text: String, _ moved: String?) throws {
        let result = ImportCell.instant.moved(.text(text), days: 30)
        let shown =
            switch result {
            case .text(let text): text
            case .value(let value): value.displayText
            case .rows: ""
            }
        if let moved {
            #expect(shown == moved)
        } else {
            #expect(throws: InputProblem.self) { try LenientInput.instant(shown, in: .gmt) }
        }
    }
}
