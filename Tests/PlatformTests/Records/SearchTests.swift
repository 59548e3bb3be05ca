import CRMModel
import CRMRecords
import TestSupport
import Testing

@Suite("Search")
struct SearchTests {
    private let crm: TestCompany

    init() throws {
        crm = try Fixture.company()
        try crm.write { crm throws(PlatformError) in
            for (name, phone) in [
                ("厦门华东医药有限公司", "13376194562"), ("ABC公司Ａｕｔｏ", "027-87654321"), ("重庆银行", "13999990000"),
                ("Café 东华", "400-820-8820"),
            ] {
                _ = try crm.create(object("company"), ["name": name, "phone": phone])
            }
        }
    }

    private func titles(_ text: String) throws -> [String] {
        try crm.write { crm throws(PlatformError) in try crm.search(text).hits.map(\.record.title) }
    }

    @Test(
        "finds Chinese of one, two and more characters, mixed text, pinyin initials, accents and last digits",
        arguments: [
            ("华", ["厦门华东医药有限公司", "Café 东华"]), ("华东", ["厦门华东医药有限公司"]), ("华东医药", ["厦门华东医药有限公司"]), ("东医华", []),
            ("abc公司", ["ABC公司Ａｕｔｏ"]), ("auto", ["ABC公司Ａｕｔｏ"]), ("AUT", ["ABC公司Ａｕｔｏ"]),
            ("xmhd", ["厦门华东医药有限公司"]), ("smhd", ["厦门华东医药有限公司"]), ("hdyy", ["厦门华东医药有限公司"]),
            ("cqyh", ["重庆银行"]), ("zqyx", ["重庆银行"]), ("cafe", ["Café 东华"]), ("café", ["Café 东华"]),
            ("4562", ["厦门华东医药有限公司"]), ("1337", ["厦门华东医药有限公司"]), ("银行 重庆", ["重庆银行"]), ("银行 厦门", []), ("\" OR *", []),
        ]
    )
    func finds(text: String, expected: [String]) throws {
        #expect(try titles(text) == expected)
    }

    @Test("finds one's own writes at once, and nothing that was changed or deleted")
    func followsWrites() throws {
        try crm.write { crm throws(PlatformError) in
            let found = try crm.search("重庆")
            guard let id = found.hits.first?.record.recordID else { return }
            _ = try crm.update(id, ["name": "成都银行"])
        }
        #expect(try titles("重庆") == [])
        #expect(try titles("成都") == ["成都银行"])
        try crm.write { crm throws(PlatformError) in
            for hit in try crm.search("成都").hits { try crm.delete(hit.record.recordID) }
        }
        #expect(try titles("银行") == [])
    }
}
