import CRMModel
import Testing

@Suite("Comparable forms")
struct ComparableFormTests {
    @Test(
        "telephone numbers of one line meet however they are written",
        arguments: [
            (
                "13800138000",
                ["+86 138 0013 8000", "0086-138-0013-8000", "86 13800138000", "013800138000", "１３８００１３８０００"]
            ),
            (
                "01088886666",
                ["(010) 8888-6666", "+86 10 8888 6666", "+86 (0)10 88886666", "0086 10 88886666", "861088886666"]
            ),
            ("075526772345", ["0755-26772345", "+86-755-26772345", "8675526772345"]),
            ("4008009999", ["400-800-9999", "+86 400 800 9999"]),
            (
                "02787654321x801",
                ["027-87654321转801", "027-87654321-801", "(027)87654321 ext. 801", "027 87654321 分机801"]
            ),
            ("+85223456789", ["+852 2345 6789", "00852-23456789", "852-2345-6789", "(852) 2345 6789", "852 23456789"]),
            ("+85366123456", ["853-6612 3456", "+853 66123456"]),
            ("+886223456789", ["886-2-2345-6789", "+886 02 2345 6789", "00886 (0)2 23456789", "886 02 23456789"]),
            ("+886912345678", ["886-912-345-678", "+886912345678"]),
            ("+14155550100", ["+1 415 555 0100", "1-415-555-0100", "1 (415) 555-0100", "001 415 5550100"]),
            ("+442079460958", ["+44 020 7946 0958", "+44 (0)20 7946 0958"]),
            ("+442079460958", ["+44 (0)20 7946 0958", "0044 20 7946 0958", "+44-20-7946-0958"]),
            ("+15550109999x5", ["+1 (555) 010-9999 ext 5", "001 555 010 9999 x5"]),
            ("88886666", ["8888 6666", "8888-6666"]),
        ]
    )
    func phones(form: String, texts: [String]) {
        for text in texts { #expect(ComparableForm.phone.form(of: text) == form, "\(text)") }
    }

    @Test("what may be a number of China stays one")
    func domestic() {
        // In one piece these are mobile numbers, and three groups of a mobile number are no North American ones.
        for text in ["14155550100", "141-5555-0100", "1415 555 0100"] {
            #expect(ComparableForm.phone.form(of: text) == "14155550100", "\(text)")
        }
        #expect(ComparableForm.phone.form(of: "0852-2345678") == "08522345678")
        #expect(ComparableForm.phone.form(of: "8522-3456") == "85223456")
        #expect(ComparableForm.phone.form(of: "+39 06 1234 5678") == "+390612345678")
    }

    @Test("texts that are seen at once to be their own form are what the whole way makes of them")
    func plainTexts() {
        var generator = SplitMix(state: 11)
        // What is plain, and what stands right beside it in the order of signs.
        let plain: [ClosedRange<UInt32>] = [0x61...0x7A, 0x2D...0x39, 0x40...0x40, 0x5F...0x5F, 0x4000...0x9FFF]
        let others: [UInt32] = [
            0x2C, 0x3A, 0x3F, 0x41, 0x5A, 0x5E, 0x60, 0x7B, 0x20, 0x3FFF, 0xA000, 0xE9, 0x301, 0xFF10,
        ]
        var seen = 0
        for _ in 0..<40_000 {
            var text = String.UnicodeScalarView()
            for _ in 0...(generator.next() % 5) {
                let range = plain[Int(generator.next() % 5)]
                var value = range.lowerBound + UInt32(generator.next() % UInt64(range.count))
                if generator.next() % 16 == 0 { value = others[Int(generator.next() % UInt64(others.count))] }
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            let whole = String(text)
            for form in ComparableForm.allCases where Array(whole.utf8).withUnsafeBufferPointer(form.keeps) {
                seen += 1
                // A sign that is not plain, and leaves no mark, sends the text the whole way.
                let slow = form == .exact || form == .email ? whole : "\u{200B}" + whole
                #expect(form.form(of: slow) == whole, "\(form) \(whole)")
            }
        }
        #expect(seen > 10_000)
    }

    @Test("numbers of other lines stay apart")
    func otherPhones() {
        let texts = ["13800138000", "+1 3800138000", "010-88886666", "010-88886666转1", "88886666", "021-88886666"]
        #expect(Set(texts.map(ComparableForm.phone.form(of:))).count == texts.count)
    }

    @Test(
        "simplified and traditional texts have one form",
        arguments: [
            ("乾", "干"), ("幹", "干"), ("後", "后"), ("裡", "里"), ("裏", "里"), ("臺", "台"), ("雲", "云"), ("發", "发"),
            ("髮", "发"), ("戶", "户"), ("爲", "为"), ("說", "说"), ("説", "说"), ("峯", "峰"), ("武漢達川農業", "武汉达川农业"),
        ]
    )
    func scripts(traditional: String, simplified: String) {
        for form in [ComparableForm.text, .name, .company, .code, .option, .heading] {
            #expect(form.form(of: traditional) == form.form(of: simplified))
        }
        #expect(ComparableForm.exact.form(of: traditional) == traditional)
    }

    @Test("characters of different words stay apart")
    func differentCharacters() {
        let text = "东西南北中大小人民公司贸易电子科技沉沈岩石"
        #expect(Set(text.map { ComparableForm.text.form(of: String($0)) }).count == text.count)
    }

    @Test(
        "each kind leaves out what does not tell values of it apart, and nothing more",
        arguments: [
            (ComparableForm.text, "  ＡＢＣ　 贸易 Co ", "abc贸易co"), (.text, "New  York", "new york"),
            (.text, "Café", "cafe"),
            (.name, "欧阳·娜娜", "欧阳娜娜"), (.name, "华为（武汉）", "华为武汉"), (.name, "O'Neil", "oneil"), (.name, "（）", "()"),
            (.company, "華為（武漢）技術有限公司", "华为武汉技术"), (.company, "达川集團股份有限公司", "达川"),
            (.code, "Ａ‑１２", "a-12"), (.code, "A—12", "a-12"), (.code, "Müller", "müller"), (.code, "SO 1", "so 1"),
            (.email, " Zhang@Example.COM ", "zhang@example.com"), (.email, "Ａ＠x.co", "a@x.co"),
            (.option, "Class　 A", "classa"), (.option, "甲 類", "甲类"),
            (.heading, "客戶名稱*：", "客户名称"), (.heading, "*", ""), (.exact, " A ", "A"),
        ]
    )
    func kinds(form: ComparableForm, text: String, expected: String) {
        #expect(form.form(of: text) == expected)
    }

    @Test(
        "a text that is read sign by sign has the form that one with an accent has",
        arguments: [ComparableForm.code, .email]
    )
    func bothRoads(form: ComparableForm) {
        for text in ["武漢達川農業（集團）", "ＡＢＣ－１２～！", "A\u{3000}B", "㐀龥", "Zhang@Ｅxample", "䷀乙"] {
            #expect(form.form(of: text + "é") == form.form(of: text) + "é", "\(text)")
        }
    }

    @Test("a form is its own form", arguments: ComparableForm.allCases)
    func settled(form: ComparableForm) {
        for text in ["＋86 (10) 8888-6666转12", "華為（武漢）有限公司 Co., Ltd.", "ＡＢＣ－１ x", "é@Ü.de", "Straße 5：*"] {
            let once = form.form(of: text)
            #expect(form.form(of: once) == once)
        }
    }
}
