import CRMConcurrency
import CRMPlatform
import TestSupport
import Testing

/// Searches over the files of the corpus, which hold values as people type them.
@Suite("What people search for is found however it is written")
struct SearchFaultTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let item = """
        {"name": "item", "label": {"zh-CN": "样品", "zh-TW": "樣品", "en": "Item"}, "title_field": "name", "fields": [
          {"name": "code", "type": "auto_number", "label": "编号", "code_rule": "item_code", "unique": true,
           "searchable": true},
          {"name": "name", "type": "text", "label": "名称", "searchable": true, "required": true},
          {"name": "tel", "type": "phone", "label": "电话", "searchable": true},
          {"name": "kind", "type": "picklist", "label": "类别", "dictionary": "kind", "searchable": true},
          {"name": "parent", "type": "reference", "label": "上级", "object": "item", "on_delete": "clear",
           "searchable": true}],
         "code_rules": [{"name": "item_code", "field": "code", "pattern": "P-{seq:4}"}],
         "duplicate_rules": [{"name": "same", "match": [{"field": "name", "normaliser": "company"},
           {"field": "tel", "normaliser": "phone"}]}]}
        """
    private static let kind = """
        {"name": "kind", "label": "类别", "options": [
          {"value": "a", "label": {"zh-CN": "甲类", "zh-TW": "甲類", "en": "Class A"}},
          {"value": "b", "label": {"zh-CN": "乙类", "zh-TW": "乙類", "en": "Class B"}, "aliases": ["二类"]}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        let files = ["objects/item.json": Self.item, "dictionaries/kind.json": Self.kind]
        try platform.installPlugin(.folder(folder.plugin("probe", files)))
    }

    private func load(_ name: String) throws -> ImportSummary {
        try platform.importRecords(
            object: object("item"),
            file: Repository.path("Tests/Corpus/faults/\(name)/rows.csv"),
            as: .administrator
        )
    }

    private func titles(_ text: String, limit: Int = 50) throws -> [String] {
        try platform.search(text, limit: limit, as: .administrator).hits.map(\.record.title)
    }

    @Test("a telephone number is found by its digits, with and without country code, and by any tail of four")
    func phones() throws {
        #expect(try load("phone-search").created == 9)
        for (text, name) in [
            ("13811110001", "东门"), ("1111-0001", "东门"), ("+8613811110001", "东门"), ("+86 13811110002", "西门"),
            ("8613811110002", "西门"), ("138 1111 0003", "南门"), ("0003", "南门"), ("02786543210", "北门"),
            ("86543210", "北门"), ("+86 27 8654 3210", "北门"), ("01055667788", "前台"), ("5566-7788", "前台"),
            ("4006001234", "热线"), ("1234", "热线"), ("021-55667788转801", "分机"), ("15550109999", "海外"),
            ("(555) 010 9999", "海外"), ("138-1111-0009", "全角"), ("１１０００９", "全角"),
        ] {
            #expect(try titles(text).contains(name), "\(text)")
        }
        #expect(try titles("13811110008") == [])
    }

    @Test("characters that stand apart, each pair of them, are not found as one")
    func apart() throws {
        for name in ["东方与方红", "方红在东方", "东方红农场"] {
            _ = try platform.write(as: .administrator, origin: .shell) { session in
                try session.create(object("item"), ["name": "\(name)"])
            }
        }
        #expect(try titles("东方红") == ["东方红农场"])
        #expect(try titles("东方 方红").count == 3)
    }

    @Test("brackets, dots and blanks do not part a name, and initials go on over letters and digits")
    func names() throws {
        #expect(try load("name-search").created == 7)
        for (text, name) in [
            ("zlcszg", "中联（长沙）重工有限公司"), ("中联长沙", "中联（长沙）重工有限公司"), ("长沙重工", "中联（长沙）重工有限公司"),
            ("中联(长沙)", "中联（长沙）重工有限公司"), ("李四苏州商行", "李四(苏州)商行"), ("aygl", "阿依·古丽"), ("阿依古丽", "阿依·古丽"),
            ("阿依•古丽", "阿依·古丽"), ("almmt", "艾力·买买提"), ("5ajq", "5A景区"), ("5a景区", "5A景区"), ("xyzsm", "XYZ商贸"),
            ("xyz商贸", "XYZ商贸"), ("ycjd", "尉迟敬德"), ("wcjd", "尉迟敬德"),
            ("zhonglian", "中联（长沙）重工有限公司"), ("changshazhonggong", "中联（长沙）重工有限公司"), ("yuchi", "尉迟敬德"),
            ("weichijing", "尉迟敬德"), ("lisisuzhou", "李四(苏州)商行"), ("5ajing", "5A景区"),
        ] {
            #expect(try titles(text) == [name], "\(text)")
        }
        #expect(try titles("长沙中联") == [])
    }

    @Test("options are matched without regard to case, width, blanks and script")
    func options() throws {
        #expect(try load("option-forms").created == 7)
        let kinds = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("item"))).records.map { $0["kind"].displayText }
        }
        #expect(kinds == Array(repeating: "a", count: 7))
    }

    @Test("a name is found in either script, and a second record of the company is refused")
    func scripts() throws {
        #expect(try load("scripts-as-one").created == 1)
        for text in ["台湾达发机电", "臺灣達發", "达發機电", "twdf", "台灣"] {
            #expect(try titles(text) == ["臺灣達發機電股份有限公司"], "\(text)")
        }
        let error = refusal {
            _ = try platform.write(as: .administrator, origin: .shell) { session in
                try session.create(object("item"), ["name": "台湾达发机电有限公司", "tel": "138-0000-0001"])
            }
        }
        #expect(error?.issues.map(\.code) == ["duplicate"])
    }

    @Test(
        "options are found by their labels in every language, references by the title they lead to, also when it changes"
    )
    func labels() throws {
        let ids = try platform.write(as: .administrator, origin: .shell) { session in
            let parent = try session.create(object("item"), ["name": "总部", "kind": "b"]).record.recordID
            let child = try session.create(object("item"), ["name": "分部", "parent": "总部"]).record.recordID
            return [parent, child]
        }
        #expect(try titles("class b") == ["总部"])
        #expect(try titles("乙類") == ["总部"])
        #expect(try titles("总部") == ["总部", "分部"])
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.update(ids[0], ["name": "本社"])
        }
        #expect(try titles("本社") == ["本社", "分部"])
        #expect(try titles("总部") == [])
    }

    @Test("what is typed exactly comes first, and a search says when there is more")
    func exactFirst() throws {
        try platform.write(as: .administrator, origin: .shell) { session in
            for name in ["东方红农机", "东方红", "新东方红", "东方红拖拉机"] {
                _ = try session.create(object("item"), ["name": name])
            }
        }
        #expect(try titles("东方红") == ["东方红", "东方红农机", "新东方红", "东方红拖拉机"])
        #expect(try titles("P-0004") == ["东方红拖拉机"])
        #expect(try titles("东方红", limit: 2) == ["东方红", "东方红农机"])
        #expect(try platform.search("东方红", limit: 3, as: .administrator).hasMore)
        #expect(try !platform.search("东方红", limit: 4, as: .administrator).hasMore)
    }

    @Test("what an import brought is read in short turns, between which others write, and it is told how far it is")
    func turns() throws {
        let lines = (1...2_000).map { "武汉第\($0)农业机械有限公司,139\(10_000_000 + $0)" }
        try folder.write("名称,电话\n" + lines.joined(separator: "\n") + "\n", to: "rows.csv")
        _ = try platform.importRecords(object: object("item"), file: folder.path + "/rows.csv", as: .administrator)
        let other = try Platform.open(at: platform.path)
        let told = Guarded<[Int]>([])
        let found = try platform.search("第1999农业", as: .administrator) { done, all in
            told.withLock { $0.append(done) }
            #expect(done <= all)
            #expect(throws: Never.self) {
                try other.write(as: .administrator, origin: .shell) { session in
                    _ = try session.create(object("item"), ["name": "插队\(done)"])
                }
            }
        }
        #expect(found.hits.map(\.record.title) == ["武汉第1999农业机械有限公司"])
        let turns = told.withLock { $0 }
        #expect(turns.count > 1)
        #expect(turns == turns.sorted())
        #expect(try platform.search("插队", limit: 1000, as: .administrator).hits.count == turns.count)
        try other.close()
    }

    @Test("nothing to search for is refused, and so is more than a name", arguments: ["", " ", "　", "（）", "%", "..."])
    func empty(text: String) throws {
        #expect(refusal { _ = try platform.search(text, as: .administrator) }?.code == .invalidInput)
        let long = String(repeating: "华", count: 500)
        #expect(refusal { _ = try platform.search(long, as: .administrator) }?.code == .invalidInput)
    }
}
