import CRMModel
import Testing

struct PinyinTests {
    @Test(
        "each way of reading gives its initials",
        arguments: [
            ("厦门", ["sm", "xm"]), ("重庆", ["cq", "zq"]), ("武汉", ["wh"]), ("达川", ["dc"]), ("ABC达川１2", ["abcdc12"]),
            ("长沙", ["cs", "zs"]), ("银行", ["yh", "yx"]), ("女", ["n"]), ("〇", ["l"]), ("", []), ("——", []),
            ("北京（中国）", ["bjzg"]),
        ]
    )
    func initials(text: String, expected: [String]) {
        #expect(Pinyin.initials(of: text).sorted() == expected)
    }

    @Test("no text gives more than sixteen forms, and each has all its signs")
    func capped() {
        let forms = Pinyin.initials(of: String(repeating: "重长行乐", count: 10))
        #expect(forms.count == 16)
        #expect(forms.allSatisfy { $0.utf8.count == 40 })
        #expect(Set(forms).count == 16)
    }

    /// A text with the commonest reading of each character.
    private func spelling(of text: String) -> String {
        String(decoding: text.unicodeScalars.flatMap { Pinyin.spellings(of: $0).first ?? [] }, as: UTF8.self)
    }

    @Test(
        "spellings are those of the dictionary",
        arguments: [
            ("上海", "shanghai"), ("绿", "lv"), ("黄淑珍", "huangshuzhen"), ("A座", "azuo"), ("一", "yi"), ("龥", "yu"),
            ("㐀", "qiu"),
            ("丐", "gai"), ("鿋", ""),
        ]
    )
    func spelling(text: String, expected: String) {
        #expect(spelling(of: text) == expected)
    }

    @Test("every character of the basic block that GB 2312 has can be spelled")
    func coverage() {
        let surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
        #expect(surnames.allSatisfy { !spelling(of: String($0)).isEmpty })
        #expect(spelling(of: "赵钱孙李") == "zhaoqiansunli")
    }
}
