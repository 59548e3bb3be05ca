import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Files of the repository with bytes changed, left out, doubled or cut: each is taken or refused, none stops the process.
@Suite("Damaged files", .tags(.fuzz))
struct MutationTests {
    /// The same numbers in each run.
    private struct Random {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }

        /// Bytes that parsers stumble over.
        static let pieces: [[UInt8]] =
            [
                "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\n", "\r", "\u{FEFF}", "null", "-1", "1e999",
                "99999999999999999999",
                "{{", "}}", "{{{", "{{#", "{{/", "\u{0}", "\t", "中", "=", ";", "0", "true", "''", "--",
                "0.0000000000001",
            ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x81, 0x30]]

        mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            for _ in 0...next(3) {
                guard !bytes.isEmpty else { return bytes }
                let place = next(bytes.count)
                switch next(6) {
                case 0: bytes[place] = UInt8(next(256))
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(8)))
                case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + next(60))], at: place)
                case 3: bytes.removeSubrange(place...)
                default: bytes.insert(contentsOf: Self.pieces[next(Self.pieces.count)], at: place)
                }
            }
            return bytes
        }
    }

    @Test("damaged metadata and Lua are refused with a text or taken whole", arguments: [1, 2, 3])
    func plugins(_ seed: Int) throws {
        var random = Random(state: UInt64(seed))
        let origin = try ScratchFolder()
        let id = try #require(PluginID(rawValue: "demo"))
        _ = try Platform.newPlugin(id: id, in: origin.path, title: "T", template: Repository.path("plugins/_template"))
        let files = try PluginPackage(folder: origin.path + "/demo").files
        let names = files.keys.sorted().filter { $0 != "README.md" && $0 != "CHANGELOG.md" }
        var taken = 0
        for _ in 0..<120 {
            let scratch = try ScratchFolder()
            let victim = names[random.next(names.count)]
            for (name, bytes) in files {
                let bytes = name == victim ? random.damage(bytes) : bytes
                let url = URL(fileURLWithPath: "\(scratch.path)/demo/\(name)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(bytes).write(to: url)
            }
            let platform = try Platform.inMemory()
            if let error = refusal({ try platform.installPlugin(.folder(scratch.path + "/demo")) }) {
                #expect(!error.text(in: .zhCN).isEmpty)
                let isEmpty = try platform.plugins.isEmpty && platform.catalog.objects.isEmpty
                #expect(isEmpty, "\(victim) left something behind")
            } else {
                taken += 1
                _ = refusal {
                    for template in try platform.printTemplates {
                        _ = try platform.printRecord(
                            template: template.name.rawValue,
                            record: RecordID(object: template.object, number: 1),
                            language: .zhCN,
                            as: .administrator
                        )
                    }
                    for report in try platform.reports {
                        _ = try platform.runReport(report.name.rawValue, as: .administrator)
                    }
                }
            }
            _ = Platform.checkPlugin(folder: scratch.path + "/demo")
        }
        #expect(taken > 5 && taken < 120)
    }

    @Test("damaged CSV goes in row by row or not at all", arguments: [11, 12])
    func csv(_ seed: Int) throws {
        var random = Random(state: UInt64(seed))
        let company = try ContactCompany()
        let names = [
            "01_bom_utf8.csv", "02_utf16le_bom.csv", "04_gbk.csv", "05_gb18030_rare.csv", "23_newline_in_cell.csv",
            "32_semicolon.csv", "51_numbers.csv", "53_emoji_rtl_zero_width.csv",
        ]
        var rows = 0
        for _ in 0..<120 {
            let bytes = random.damage(
                try Repository.bytes("Tests/Corpus/bad-input/csv/\(names[random.next(names.count)])")
            )
            let file = company.folder.path + "/damaged.csv"
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            var options = FileImport()
            options.isDryRun = random.next(2) == 0
            var summary: ImportSummary?
            let error = refusal {
                summary = try company.platform.importRecords(
                    object: object("contact"),
                    file: file,
                    options: options,
                    as: .administrator
                )
            }
            #expect((error == nil) == (summary != nil))
            if let summary {
                #expect(summary.created + summary.failed + summary.duplicates + summary.skipped <= summary.rows)
                rows += summary.rows
            }
        }
        #expect(rows > 100)
        #expect(try company.platform.check().map { $0.message.text(in: .en) } == [])
        #expect(try !company.values("name").values.contains { $0.contains("\u{FFFD}") })
    }

    @Test("a damaged data file is refused or read, and never stops the process", arguments: Array(300...330))
    func dataFile(_ seed: Int) throws {
        var random = Random(state: UInt64(seed))
        let company = try ContactCompany()
        _ = try company.importFile("50_formula_cells.csv")
        try company.platform.close()
        let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: company.file)))
        for round in 0..<40 {
            var bytes = good
            for _ in 0...random.next(20) { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
            if random.next(6) == 0 { bytes.removeSubrange(random.next(bytes.count)...) }
            let file = company.folder.path + "/damaged\(round).crm"
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let error = refusal {
                let platform = try Platform.open(at: file)
                _ = refusal { _ = try platform.check() }
                _ = refusal {
                    try platform.read(as: .administrator) { session in
                        _ = try session.find(Query(object: object("contact"), limit: 100))
                    }
                }
                _ = refusal {
                    try platform.runScript(
                        "crm.create('contact', {code = 'x', name = 'y'})",
                        name: "s",
                        as: .administrator
                    ) { _ in }
                }
                _ = refusal { _ = try platform.search("Name", as: .administrator) }
                try platform.close()
            }
            if let error { #expect(!error.text(in: .zhCN).contains("/damaged"), "no path of the machine") }
            try FileManager.default.removeItem(atPath: file)
        }
    }
}
