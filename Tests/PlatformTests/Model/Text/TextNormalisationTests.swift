import CRMModel
import Testing

struct TextNormalisationTests {
    @Test("full-width signs become half-width, all else stays")
    func halfWidth() {
        #expect(TextNormalisation.halfWidth("ＡＢＣ　１２３，（％）～中文。") == "ABC 123,(%)~中文。")
        #expect(TextNormalisation.halfWidth("￥１２") == "¥12")
        #expect(TextNormalisation.halfWidth("plain é") == "plain é")
    }

    @Test(
        "blanks and invisible signs fall off at the ends only",
        arguments: [
            ("\u{3000}达川 农业\u{200B}\u{FEFF} ", "达川 农业"), (" \t\r\na b\n", "a b"), ("\u{A0}x\u{2009}", "x"), ("", ""),
            ("\u{3000}\u{200B}", ""), ("a\u{200B}b", "a\u{200B}b"), ("e\u{301} ", "e\u{301}"),
        ]
    )
    func trimmed(text: String, expected: String) {
        #expect(TextNormalisation.trimmed(text) == expected)
        #expect(TextNormalisation.isBlank(text) == expected.isEmpty)
    }

    @Test(
        "search forms meet",
        arguments: [
            ("É", "e"), ("e\u{301}", "e"), ("ＡＢＣ", "abc"), ("STRASSE", "strasse"), ("straße", "strasse"), ("ﬁn", "fin"),
            ("İstanbul", "istanbul"), ("ıstanbul", "istanbul"), ("a\u{200B}b", "ab"), ("上海Ａ１", "上海a1"), ("Ž", "z"),
            ("한글", "한글"), ("が", "が"),
        ]
    )
    func searchForm(text: String, expected: String) {
        #expect(TextNormalisation.searchForm(text) == expected)
    }

    @Test(
        "a company's core is free of form, brackets and case",
        arguments: [
            ("武汉达川农业股份有限公司", "武汉达川农业"), ("武汉达川农业（集团）有限公司", "武汉达川农业"),
            (" 武汉达川农业 （有限公司）", "武汉达川农业"), ("《武汉达川农业》有限责任公司", "武汉达川农业"),
            ("武汉达川农业集团有限公司", "武汉达川农业"), ("西门子（中国）有限公司", "西门子中国"),
            ("Acme Trading Co., Ltd.", "acmetrading"), ("ACME TRADING CO.,LTD", "acmetrading"),
            ("Müller GmbH & Co. KG", "muller"),
            ("Zinc", "zinc"), ("Texas Inc", "texas"), ("有限公司", "有限公司"), ("Ltd", "ltd"),
            ("武汉达川有限公司上海分公司", "武汉达川有限公司上海分公司"), ("ＡＢ贸易有限公司", "ab贸易"), ("", ""), ("（）", ""),
        ]
    )
    func companyName(text: String, expected: String) {
        #expect(ComparableForm.company.form(of: text) == expected)
    }

    @Test(
        "phone numbers meet however they are written",
        arguments: [
            ("13800138000", "13800138000"), ("+86 138-0013-8000", "13800138000"), ("0086 138 0013 8000", "13800138000"),
            ("86 13800138000", "13800138000"), ("（010）8888-6666", "01088886666"),
            ("010-88886666转801", "01088886666x801"),
            ("010-88886666 ext. 801", "01088886666x801"), ("01088886666#801", "01088886666x801"),
            ("８８８８６６６６", "88886666"), ("+49 170 1234567", "+491701234567"), ("", ""), ("无", ""), ("+", ""),
            ("010-88886666分机801", "01088886666x801"),
        ]
    )
    func phoneNumber(text: String, expected: String) {
        #expect(ComparableForm.phone.form(of: text) == expected)
    }
}
