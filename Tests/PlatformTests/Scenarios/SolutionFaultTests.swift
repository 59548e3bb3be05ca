import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Faults that were found in the solutions of the repository, each with its input and the right answer.
@Suite("Faults of the solutions")
struct SolutionFaultTests {
    private static func folder(_ name: String) -> String { Repository.path("Tests/Corpus/faults/\(name)") }

    private func sales(on moment: String = "2026-11-30T06:00:00Z") throws -> Platform {
        var options = PlatformOptions()
        options.clock = FixedClock(moment)
        let platform = try Platform.inMemory(options: options)
        try platform.installPlugin(.folder(Repository.path("plugins/sales")))
        return platform
    }

    private func run(_ script: String, _ platform: Platform) throws {
        let source = String(decoding: try Data(contentsOf: URL(fileURLWithPath: Self.folder(script))), as: UTF8.self)
        try platform.runScript(source, name: script, as: .administrator) { _ in }
    }

    @Test("receivables of a past day leave out what was ordered since and count what was paid since")
    func receivables() throws {
        let platform = try sales()
        try run("receivables-of-a-past-day/orders.lua", platform)
        func totals(_ parameters: ParameterInput) throws -> [String] {
            let report = try platform.runReport("receivables_ageing", parameters: parameters, as: .administrator)
            return report.rows.map { row in "\(row[0].displayText) \(row[row.count - 1].displayText)" }
        }
        // On 31 October the two orders of 1 November were not there, and the 300.00 of 20 November had not come.
        #expect(try totals(["on": "2026-10-31"]) == ["西山食品厂 1100.00", "东湖机械厂 1000.00"])
        #expect(try totals(["on": "2026-11-19"]).contains("东湖机械厂 1000.00"))
        #expect(try totals(["on": "2026-11-20"]).contains("东湖机械厂 700.00"))
        #expect(try totals([:]) == ["南岸五金店 1500.00", "西山食品厂 1100.00", "东湖机械厂 700.00"])
    }

    @Test("provinces, cities and districts are taken with their suffix and without it, in both scripts")
    func places() throws {
        let platform = try sales()
        let customer = try #require(ObjectName(rawValue: "customer"))
        let summary = try platform.importRecords(
            object: customer,
            file: Self.folder("places-with-their-suffix/customers.csv"),
            as: .administrator
        )
        #expect(summary.problems.map { $0.text(in: .en) } == [])
        let places = try platform.read(as: .administrator) { session in
            try session.find(Query(object: customer, sort: [SortKey(field: "id")])).records.map { record in
                ["province", "city", "district"].map { record[$0].displayText }.joined(separator: "/")
            }
        }
        #expect(
            places == [
                "hubei/wuhan/hongshan", "hubei/wuhan/hongshan", "fujian/fuzhou/gulou", "beijing/beijing/chaoyang",
                "guangxi/nanning/", "guangdong/guangzhou/tianhe", "xinjiang/ili/", "inner_mongolia/xilingol/",
                "chongqing/chongqing/yuzhong",
            ]
        )
        #expect(
            try platform.read(as: .administrator) { session in
                try session.count(customer, where: "province = '湖北省' and city = '武汉市'")
            } == 2
        )
    }

    @Test(
        "every province, city and district goes by a fuller or shorter name",
        arguments: ["province", "city", "district"]
    )
    func aliases(_ name: String) throws {
        let platform = try sales()
        let dictionary = try #require(platform.catalog.dictionaries.values.first { $0.name.rawValue == name })
        let without = dictionary.options.filter { option in
            option.aliases.isEmpty && !["hong_kong", "macau"].contains(option.parents.first ?? "")
        }
        #expect(without.map(\.value) == [])
    }

    @Test("lines of notes and descriptions reach the page, which keeps them apart")
    func lines() throws {
        let platform = try sales()
        try run("line-breaks-on-paper/order.lua", platform)
        for language in Language.allCases {
            let page = try platform.printRecord(
                template: "sales_order",
                record: #require(RecordID("sales_order/1")),
                language: language,
                as: .administrator
            )
            #expect(page.text.contains("<p>送到二号门\n先打电话\n\n周末不收货</p>"))
            #expect(page.text.contains("<td>钢管\n6 米</td>"))
            #expect(page.text.contains("p, li, td, dd { white-space: pre-line; }"))
        }
    }

    @Test(
        "every page of every plugin and of the template keeps line breaks",
        arguments: Repository.names(in: "plugins")
    )
    func pages(_ plugin: String) throws {
        let prints = Repository.path("plugins/\(plugin)/print")
        guard let names = FileManager.default.enumerator(atPath: prints)?.compactMap({ $0 as? String }) else { return }
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: prints + "/" + name)), as: UTF8.self)
        }
        let partials = try Dictionary(
            uniqueKeysWithValues: names.filter { $0.hasPrefix("_partials/") && $0.hasSuffix(".html") }.map {
                ("{{> " + $0.dropFirst(10).dropLast(5) + "}}", try text($0))
            }
        )
        for name in names where name.hasSuffix(".html") && !name.hasPrefix("_partials/") {
            let page = try partials.reduce(text(name)) { page, partial in
                page.replacingOccurrences(of: partial.key, with: partial.value)
            }
            #expect(page.contains("white-space: pre-line"), "\(plugin)/print/\(name)")
        }
    }
}
