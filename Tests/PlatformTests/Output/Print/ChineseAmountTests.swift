import CRMModel
import CRMOutput
import Testing

@Suite("Amounts in Chinese capital numerals")
struct ChineseAmountTests {
    @Test(
        "amounts are written as contracts have them",
        arguments: [
            ("0", "零元整"),
            ("0.00", "零元整"),
            ("0.01", "壹分"),
            ("0.10", "壹角整"),
            ("0.5", "伍角整"),
            ("0.56", "伍角陆分"),
            ("1", "壹元整"),
            ("10", "壹拾元整"),
            ("10.50", "壹拾元伍角整"),
            ("15", "壹拾伍元整"),
            ("100.05", "壹佰元零伍分"),
            ("101", "壹佰零壹元整"),
            ("110", "壹佰壹拾元整"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("1001", "壹仟零壹元整"),
            ("1010.1", "壹仟零壹拾元壹角整"),
            ("1100", "壹仟壹佰元整"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("10000", "壹万元整"),
            ("10001", "壹万零壹元整"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("100010", "壹拾万零壹拾元整"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("1000000", "壹佰万元整"),
            ("10300000.00", "壹仟零叁拾万元整"),
            ("100000000", "壹亿元整"),
            ("100000001", "壹亿零壹元整"),
            ("100010000", "壹亿零壹万元整"),
            ("120000000.09", "壹亿贰仟万元零玖分"),
            ("123456789.12", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分"),
            ("1000000000000", "壹万亿元整"),
            ("1000100000000", "壹万零壹亿元整"),
            ("1234500000001", "壹万贰仟叁佰肆拾伍亿零壹元整"),
            ("-12.30", "负壹拾贰元叁角整"),
            ("92233720368547758.07", "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"),
        ]
    )
    func capital(number: String, expected: String) throws {
        let amount = try #require(FixedDecimal(number))
        #expect(ChineseAmount.capital(amount) == expected)
    }

    @Test("places beyond a 分 are taken only when they are zero")
    func fractionsOfFen() throws {
        #expect(ChineseAmount.capital(try #require(FixedDecimal("1.2300"))) == "壹元贰角叁分")
        #expect(ChineseAmount.capital(try #require(FixedDecimal("1.235"))) == nil)
        #expect(ChineseAmount.capital(try #require(FixedDecimal("0.001"))) == nil)
    }

    @Test("the least number of 64 bits has a text")
    func least() throws {
        let amount = try #require(FixedDecimal(units: Int64.min, scale: 2))
        #expect(ChineseAmount.capital(amount)?.hasSuffix("元零捌分") == true)
    }
}
