import CBench
import CRMPlatform
import Foundation

/// The goals of reading: (e), (f), (g) and (i).
struct Reads {
    let subjects: Subjects

    private var names: Names { subjects.names }
    private var size: Subjects.Size { subjects.size }

    private func pageQuery(after: PageCursor? = nil) -> Query {
        Query(
            object: names.customer,
            filter: "status = 'active'",
            sort: [SortKey(field: "updated_at", descending: true)],
            limit: 50,
            after: after
        )
    }

    /// Where the page in the middle of the active customers begins.
    private func middle(_ platform: Platform) throws -> PageCursor? {
        let query = pageQuery()
        let pages = size.customers / 5 / 50 / 2
        return try platform.read(as: .administrator) { session in
            var query = query
            for _ in 0..<pages { query.after = try session.find(query).next }
            return query.after
        }
    }

    /// (e): pages of 50 as records, each in a unit of work of its own.
    func pages() throws -> [Comparison] {
        let count = size.count(2000)
        let platform = try subjects.platform()
        let base = try subjects.yardstick()
        let first = pageQuery()
        let deep = pageQuery(after: try middle(platform))
        var comparisons: [Comparison] = []
        for (name, query, isDeep) in [("first page", first, false), ("page in the middle, by key", deep, true)] {
            var comparison = Comparison("e", "\(name) of 50 as records", .atMost(2.5), operations: count)
            try comparison.run(
                rounds: size.rounds,
                subject: { _ in
                    for _ in 0..<count {
                        let found = try platform.read(as: .administrator) { session in
                            try session.find(query).records.count
                        }
                        guard found == 50 else { throw BenchError("a page of \(found)") }
                    }
                },
                yardstick: { _ in _ = bench_page(base, isDeep ? 1 : 0, Int32(count)) }
            )
            comparisons.append(comparison)
        }
        bench_close(base)
        try platform.close()
        return comparisons
    }

    /// (f): reads by id as records, in one unit of work and each in its own.
    func byID() throws -> [Comparison] {
        let count = size.count(50_000)
        let platform = try subjects.platform()
        let base = try subjects.yardstick()
        let customer = names.customer
        let customers = UInt64(size.customers)
        func id(_ index: Int) -> RecordID {
            RecordID(object: customer, number: Int64(bench_mix(UInt64(index)) % customers) + 1)
        }
        var together = Comparison("f", "read by id as a record", .atLeast(0.4), operations: count)
        try together.run(
            rounds: size.rounds,
            subject: { round in
                let first = round * count
                try platform.read(as: .administrator) { session in
                    for index in first..<(first + count) {
                        let number = Int64(bench_mix(UInt64(index)) % customers) + 1
                        _ = try session.require(RecordID(object: customer, number: number))
                    }
                }
            },
            yardstick: { _ = bench_read(base, Int32(size.customers), Int32($0 * count), Int32(count)) }
        )
        let few = size.count(10_000)
        var apart = Comparison("–", "read by id, a unit of work each", .none, operations: few)
        try apart.run(
            rounds: size.rounds,
            subject: { round in
                for index in (round * few)..<((round + 1) * few) {
                    let wanted = id(index)
                    _ = try platform.read(as: .administrator) { session in
                        try session.require(wanted)
                    }
                }
            },
            yardstick: { _ = bench_read(base, Int32(size.customers), Int32($0 * few), Int32(few)) }
        )
        bench_close(base)
        try platform.close()
        return [together, apart]
    }

    /// (g): pages of 50 as JSON, beside a writer of bytes over the C interface, both without a hop of threads.
    func json() throws -> Comparison {
        let count = size.count(2000)
        let platform = try subjects.platform()
        let base = try subjects.yardstick()
        let writer = try PlainWriter(bench_handle(base))
        let query = pageQuery()
        var comparison = Comparison("g", "page of 50 to JSON", .atLeast(0.7), operations: count)
        try comparison.run(
            rounds: size.rounds,
            subject: { _ in
                let length = try platform.read(as: .administrator) { session in
                    var buffer: [UInt8] = []
                    for _ in 0..<count {
                        buffer.removeAll(keepingCapacity: true)
                        _ = try session.findJSON(query, into: &buffer)
                    }
                    return buffer.count
                }
                guard length > 10_000 else { throw BenchError("JSON of \(length) bytes") }
            },
            yardstick: { _ in
                var buffer: [UInt8] = []
                // One view for all, as the unit of work beside it has.
                sqlite3_exec(bench_handle(base), "BEGIN", nil, nil, nil)
                defer { sqlite3_exec(bench_handle(base), "COMMIT", nil, nil, nil) }
                for _ in 0..<count {
                    buffer.removeAll(keepingCapacity: true)
                    writer.write(into: &buffer)
                }
                guard buffer.count > 10_000 else { throw BenchError("JSON of \(buffer.count) bytes") }
            }
        )
        writer.close()
        bench_close(base)
        try platform.close()
        return comparison
    }

    /// (i): a search for two characters among many companies.
    func search() throws -> [Figure] {
        var options = PlatformOptions()
        options.durability = .normal
        let platform = try Platform.create(at: subjects.path("search.crm"), options: options)
        try platform.installPlugin(.folder(subjects.plugin.path))
        let (company, name, city) = (names.company, names.name, names.city)
        for first in stride(from: 0, to: size.companies, by: 5000) {
            let count = min(5000, size.companies - first)
            try platform.write(as: .administrator, origin: .library) { session in
                for index in first..<(first + count) {
                    var input = RecordInput()
                    input.append(name, .value(.text(ChineseNames.company(index))))
                    input.append(city, .value(.text(ChineseNames.city(index))))
                    _ = try session.create(company, input)
                }
            }
        }
        _ = try platform.search("机械", as: .administrator)
        let figures = try ChineseNames.searches.map { words, meaning in
            var times: [Double] = []
            for _ in 0..<21 {
                let start = Elapsed.now
                let hits = try platform.search(words, limit: 50, as: .administrator).hits
                times.append((Elapsed.now.wall - start.wall) * 1000)
                guard !hits.isEmpty else { throw BenchError("nothing found for \(words)") }
            }
            return Figure(
                mark: "i",
                name: "search \(words) (\(meaning)) in \(size.companies) records, first 50",
                milliseconds: times,
                limit: 5
            )
        }
        try platform.close()
        return figures
    }
}

/// Names of companies as they are usual, made from numbers.
enum ChineseNames {
    private static let cities = ["上海", "北京", "广州", "深圳", "杭州", "宁波", "苏州", "青岛", "成都", "武汉"]
    private static let first = ["华", "永", "金", "恒", "瑞", "鑫", "德", "盛", "泰", "宏", "嘉", "安", "博", "中"]
    private static let second = ["达", "信", "源", "丰", "隆", "通", "和", "利", "美", "光", "元", "兴", "康", "诚"]
    private static let trades = [
        "机械", "电子", "食品", "纺织", "化工", "建材", "家具", "玩具", "包装", "照明", "五金", "塑料", "医药", "汽配",
    ]

    static func company(_ index: Int) -> String {
        let bits = bench_mix(UInt64(index) + 77)
        func pick(_ list: [String], _ shift: UInt64) -> String { list[Int((bits >> shift) % UInt64(list.count))] }
        // One in five thousand has a rare name.
        let rare = index % 5000 == 17 ? "麒麟" : ""
        return city(index) + pick(first, 8) + pick(second, 16) + rare + pick(trades, 24) + "有限公司"
    }

    static func city(_ index: Int) -> String { cities[Int(bench_mix(UInt64(index)) % UInt64(cities.count))] }

    static let searches = [("机械", "common"), ("麒麟", "rare"), ("恒丰", "some"), ("上海", "very common")]
}
