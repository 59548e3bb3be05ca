import CRMModel
import CRMOutput
import Testing

@Suite("Amounts in words")
struct AmountWordsTests {
    private func words(_ text: String, _ language: Language) throws -> String {
        try AmountWords.text(try #require(FixedDecimal(text)), in: language)
    }

    @Test(
        "amounts in English are as on an invoice",
        arguments: [
            ("0", "ZERO"), ("0.00", "ZERO"), ("0.05", "ZERO AND CENTS FIVE"), ("0.5", "ZERO AND CENTS FIFTY"),
            ("1.00", "ONE"), ("1.01", "ONE AND CENTS ONE"), ("12", "TWELVE"), ("20", "TWENTY"),
            ("21.99", "TWENTY-ONE AND CENTS NINETY-NINE"), ("100", "ONE HUNDRED"), ("101", "ONE HUNDRED AND ONE"),
            ("115", "ONE HUNDRED AND FIFTEEN"), ("1000", "ONE THOUSAND"), ("1001", "ONE THOUSAND AND ONE"),
            ("1234.56", "ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX"),
            ("10000", "TEN THOUSAND"), ("101000", "ONE HUNDRED AND ONE THOUSAND"),
            ("120045.10", "ONE HUNDRED AND TWENTY THOUSAND AND FORTY-FIVE AND CENTS TEN"),
            ("1000001.10", "ONE MILLION AND ONE AND CENTS TEN"), ("1000100", "ONE MILLION ONE HUNDRED"),
            ("1001000", "ONE MILLION ONE THOUSAND"),
            (
                "999999999999.99",
                "NINE HUNDRED AND NINETY-NINE BILLION NINE HUNDRED AND NINETY-NINE MILLION "
                    + "NINE HUNDRED AND NINETY-NINE THOUSAND NINE HUNDRED AND NINETY-NINE AND CENTS NINETY-NINE"
            ),
            ("-1234.56", "MINUS ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX"),
            ("-0.05", "MINUS ZERO AND CENTS FIVE"), ("7.5000", "SEVEN AND CENTS FIFTY"),
        ]
    )
    func english(number: String, expected: String) throws {
        #expect(try words(number, .en) == expected)
    }

    /// The examples of 正确填写票据和结算凭证的基本规定, and what the rules say of 零 and 整.
    @Test(
        "amounts in Chinese follow the banks' rules, in the characters of the language",
        arguments: [
            ("1409.50", "壹仟肆佰零玖元伍角整", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分", "陸仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分", "壹仟陸佰捌拾元參角貳分"),
            ("107000.53", "壹拾万柒仟元伍角叁分", "壹拾萬柒仟元伍角參分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分", "壹萬陸仟肆佰零玖元零貳分"),
            ("325.04", "叁佰贰拾伍元零肆分", "參佰貳拾伍元零肆分"),
            ("0", "零元整", "零元整"), ("0.05", "伍分", "伍分"), ("1.00", "壹元整", "壹元整"),
            ("1000001.10", "壹佰万零壹元壹角整", "壹佰萬零壹元壹角整"),
            (
                "999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
                "玖仟玖佰玖拾玖億玖仟玖佰玖拾玖萬玖仟玖佰玖拾玖元玖角玖分"
            ),
            ("-12.30", "负壹拾贰元叁角整", "負壹拾貳元參角整"),
        ]
    )
    func chinese(number: String, simplified: String, traditional: String) throws {
        #expect(try words(number, .zhCN) == simplified)
        #expect(try words(number, .zhTW) == traditional)
    }

    @Test("an amount that is too great names the limit, one with parts of a cent says to round")
    func refusals() throws {
        func refused(_ text: String, _ language: Language) -> String? {
            do {
                _ = try words(text, language)
                return nil
            } catch {
                return (error as? PlatformError)?.text(in: .en)
            }
        }
        #expect(refused("1000000000000", .en)?.contains("up to 999,999,999,999.99") == true)
        #expect(refused("-1000000000000.00", .en)?.contains("-1,000,000,000,000.00") == true)
        #expect(refused("1.005", .en)?.contains("1.005 has more than two places; round it first") == true)
        #expect(refused("1.005", .zhTW)?.contains("round it first") == true)
        #expect(refused("1000000000000", .zhCN) == nil)
    }

    @Test("pages have them as transforms, in the characters of their language")
    func transforms() throws {
        let page = try PrintTemplate(
            name: "p",
            source: "{{rmb(total)}}|{{words_en(total)}}|{{rmb(none)}}|{{lower(words_en(text))}}"
        )
        let data = PrintValue.group([
            "total": .value(.decimal(try #require(FixedDecimal("325.04")))), "none": .nothing, "text": .text("7.5"),
        ])
        #expect(
            try page.render(data, language: .zhTW).text.contains(
                "參佰貳拾伍元零肆分|THREE HUNDRED AND TWENTY-FIVE AND CENTS FOUR||seven and cents fifty"
            )
        )
        #expect(try page.render(data, language: .en).text.contains("叁佰贰拾伍元零肆分|"))
        let great = PrintValue.group([
            "total": .text("1000000000000"), "none": .nothing, "text": .text("x"),
        ])
        #expect {
            _ = try page.render(great, language: .en)
        } throws: { error in
            let text = (error as? PlatformError)?.text(in: .en) ?? ""
            return text.contains("line 1, column 16") && text.contains("up to 999,999,999,999.99")
        }
    }
}
