import CRMModel
import CRMRecords
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// A record read in any way has the values that reading it by its number gives.
@Suite("A record read in any way", .tags(.fuzz))
struct SameValuesTests {
    /// `CRM_LONG_TESTS=1` tries twenty times as much.
    private static let isLong = ProcessInfo.processInfo.environment["CRM_LONG_TESTS"] == "1"
    private static let seeds = Array(0..<(isLong ? 200 : 20))

    @Test(
        "has the same values over generated plugins: sorted, filtered, paged, as JSON, CSV and in Lua",
        arguments: seeds
    )
    func generated(seed: Int) throws {
        let plugins = try GeneratedPlugins(seed: seed)
        let main = try plugins.platform.catalog.object(object(GeneratedPlugins.main))
        var dice = Dice(seed &+ 77)
        for _ in 0..<(Self.isLong ? 20 : 10) {
            let reading = Reading.byChance(main, &dice)
            try compare(reading, of: main, on: plugins.platform)
        }
    }

    @Test("has the same values over every path of the shipped objects")
    func shipped() throws {
        let platform = try Platform.inMemory()
        for name in SolutionTests.solutions { try platform.installPlugin(.folder(Repository.path("plugins/\(name)"))) }
        let catalog = try platform.catalog
        let objects = catalog.sortedObjects
        // Reference data are there already; numbers beyond them would collide with nothing either.
        var dice = Dice(2026)
        let empty = try objects.filter { object in
            try platform.read(as: .administrator) { session in try session.count(object.name) == 0
            }
        }
        try SampleRecords(platform).fill(Dictionary(uniqueKeysWithValues: empty.map { ($0.name.rawValue, 5) }), &dice)
        var queries = 0
        for object in empty {
            let all = try platform.read(as: .administrator) { session in
                try Self.byNumber(object, session)
            }
            var paths = Reading.paths(of: object, in: catalog, hops: 2).shuffled(using: &dice)
            if !Self.isLong { paths = Array(paths.prefix(60)) }
            while !paths.isEmpty {
                let count = min(1 + dice.below(3), paths.count)
                let sort = paths.suffix(count).map { SortKey(field: $0, descending: dice.below(2) == 0) }
                paths.removeLast(count)
                try platform.read(as: .administrator) { session in
                    let page = try session.find(Query(object: object.name, sort: sort, limit: 4))
                    for record in page.records where all[record.id] != record.values {
                        Issue.record("\(record.recordID) sorted by \(sort): \(record.values)")
                    }
                }
                queries += 1
            }
        }
        #expect(queries > 300)
    }

    // MARK: - Comparing

    private static func byNumber(
        _ object: ObjectDefinition,
        _ session: RecordSession
    ) throws(PlatformError) -> [Int64: [Value]] {
        var all: [Int64: [Value]] = [:]
        var number: Int64 = 1
        while let record = try session.get(RecordID(object: object.name, number: number)) {
            all[number] = record.values
            number += 1
        }
        return all
    }

    private func compare(_ reading: Reading, of object: ObjectDefinition, on platform: Platform) throws {
        try platform.read(as: .administrator) { session in
            let all = try Self.byNumber(object, session)
            let asked = reading.slots(of: object)
            var query = reading.query(of: object)
            var pages: [Record] = []
            var json: [JSONValue] = []
            while true {
                let page = try session.find(query)
                pages += page.records
                var bytes: [UInt8] = []
                let written = try session.findJSON(query, into: &bytes)
                #expect(written.next == page.next && written.count == page.records.count, "\(reading)")
                json += (try? JSONParser.parse(bytes))?.arrayValue ?? []
                guard let next = page.next else { break }
                query.after = PageCursor(token: next.token)
            }
            var walked: [[Value]] = []
            try session.forEach(reading.query(of: object)) { record throws(PlatformError) in
                walked.append(record.values)
                return true
            }
            #expect(walked == pages.map(\.values), "\(reading)")
            #expect(Int64(pages.count) == (try session.count(object.name, where: reading.filter)), "\(reading)")
            #expect(Set(pages.map(\.id)).count == pages.count, "\(reading)")
            #expect(reading.filter != nil || pages.count == all.count, "\(reading)")
            for (record, row) in zip(pages, json) {
                let whole = all[record.id] ?? []
                let expected = whole.enumerated().map { asked.contains($0) ? $1 : .null }
                if record.values != expected { Issue.record("\(reading): \(record.values) in place of \(expected)") }
                #expect(row == Self.json(expected, asked, object), "\(reading)")
            }
        }
        try compareExports(reading, object, platform)
        try compareInLua(reading, object, platform)
    }

    private static func json(_ values: [Value], _ asked: [Int], _ object: ObjectDefinition) -> JSONValue {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        for slot in asked {
            writer.key(object.fields[slot].name.rawValue)
            writer.value(values[slot])
        }
        writer.endObject()
        return (try? JSONParser.parse(writer.bytes)) ?? .null
    }

    /// What an export writes, sorted and not, is the same for each record.
    private func compareExports(_ reading: Reading, _ object: ObjectDefinition, _ platform: Platform) throws {
        for format in [ExportFormat.csv(bom: false), .json] {
            let sorted = try export(reading.query(of: object, fields: false), format, platform)
            let plain = try export(Query(object: object.name, filter: reading.filter), format, platform)
            // A comma ends each object of JSON but the last.
            func lines(_ text: String) -> [String] {
                text.split(whereSeparator: \.isNewline).map { $0.hasSuffix("},") ? String($0.dropLast()) : String($0) }
                    .sorted()
            }
            let (left, right) = (lines(sorted), lines(plain))
            if left != right { Issue.record("\(reading) \(format): \(Set(left).symmetricDifference(right).prefix(2))") }
        }
    }

    private func export(_ query: Query, _ format: ExportFormat, _ platform: Platform) throws -> String {
        let sink = Lines()
        _ = try platform.exportRecords(query: query, to: format, as: .administrator, language: .en) {
            sink.append(String(decoding: $0, as: UTF8.self))
        }
        return sink.all.joined()
    }

    /// In Lua each field of a record found is that of the record got.
    private func compareInLua(_ reading: Reading, _ object: ObjectDefinition, _ platform: Platform) throws {
        let names = object.fields.filter { $0.storage != .none }.map { "\"\($0.name)\"" }.joined(separator: ",")
        let filter = reading.filter.map { "[[\($0)]]" } ?? "nil"
        let script = """
            local function shown(v) return tostring(v) end
            local function same(found, how)
              local got = crm.get("\(object.name)", found.id)
              for _, f in ipairs({\(names)}) do
                if shown(found[f]) ~= shown(got[f]) then
                  print(how, found.id, f, shown(found[f]), shown(got[f]))
                end
              end
            end
            local n = 0
            for _, r in ipairs((crm.find("\(object.name)", \(filter), {sort = [[\(reading.sortText)]]}))) do
              same(r, "find"); n = n + 1
            end
            for r in crm.each("\(object.name)", \(filter), {sort = [[\(reading.sortText)]]}) do same(r, "each"); n = n - 1 end
            if n ~= 0 then print("find and each differ by", n) end
            """
        let lines = Lines()
        try platform.runScript(script, name: "t.lua", as: .administrator) { lines.append($0) }
        #expect(lines.all == [], "\(reading)")
    }
}

/// One way of asking for records.
struct Reading: CustomStringConvertible {
    var sort: [SortKey]
    var filter: String?
    var limit: Int
    var fields: [FieldName]?

    var description: String { "sort \(sortText), filter \(filter ?? "–"), limit \(limit), fields \(fields ?? [])" }
    var sortText: String { sort.map { $0.field + ($0.descending ? " desc" : "") }.joined(separator: ", ") }

    /// The fields that have a column, through up to `hops` references.
    static func paths(of object: ObjectDefinition, in catalog: Catalog, hops: Int) -> [String] {
        var paths = object.fields.filter { $0.storage != .none }.map(\.name.rawValue)
        guard hops > 0 else { return paths }
        for field in object.fields {
            guard case .reference(let target, _) = field.type, let next = catalog.objects[target] else { continue }
            paths += Self.paths(of: next, in: catalog, hops: hops - 1).map { "\(field.name).\($0)" }
        }
        return paths
    }

    static func byChance(_ object: ObjectDefinition, _ dice: inout Dice) -> Reading {
        let hops = [
            "f12.name", "f12.amount", "f12.far.name", "f12.far.rank", "f13.f0", "f13.f3", "f13.f12.name",
            "ext_near.name", "ext_near.far.rank",
        ]
        let own = object.fields.filter { $0.storage != .none }.map(\.name.rawValue)
        var sort: [SortKey] = []
        for _ in 0..<dice.below(4) {
            let path = dice.below(3) > 0 ? dice.pick(hops) : dice.pick(own)
            sort.append(SortKey(field: path, descending: dice.below(2) == 0))
        }
        let filters = [
            nil, nil, "f12.amount > 0", "id > 5", "f13.f12.name is not null", "f6 = true or f12.far.rank < 2",
        ]
        let names = object.fields.filter { $0.storage != .none }.map(\.name)
        let fields = dice.below(3) == 0 ? (0..<(1 + dice.below(5))).map { _ in dice.pick(names) } : nil
        return Reading(sort: sort, filter: dice.pick(filters), limit: dice.pick([1, 3, 8, 100]), fields: fields)
    }

    func query(of object: ObjectDefinition, fields withFields: Bool = true) -> Query {
        Query(object: object.name, filter: filter, sort: sort, limit: limit, fields: withFields ? fields : nil)
    }

    /// The slots that the answer has, in its order.
    func slots(of object: ObjectDefinition) -> [Int] {
        guard let fields else { return object.fields.indices.filter { object.fields[$0].storage != .none } }
        var slots = [SystemField.id.slot, SystemField.version.slot]
        for field in fields {
            if let slot = object.slot(of: field), !slots.contains(slot) { slots.append(slot) }
        }
        return slots
    }
}
