import CRMModel
import CRMPlatform
import Testing

@Suite("crm.words")
struct WordsTests {
    @Test("an amount is written in the words of each language")
    func words() throws {
        let company = try ScriptCompany()
        #expect(
            try company.run(
                """
                print(crm.words(crm.decimal("1234.56"), "en"))
                print(crm.words("325.04", "zh-CN"))
                print(crm.words(crm.decimal("325.04"), "zh-TW"))
                print(crm.words(7, "en"))
                """
            ) == [
                "ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX", "叁佰贰拾伍元零肆分", "參佰貳拾伍元零肆分",
                "SEVEN",
            ]
        )
    }

    @Test(
        "what has no words is refused with the reason",
        arguments: [
            (#"crm.words("1000000000000", "en")"#, "999,999,999,999.99"),
            (#"crm.words("1.005", "zh-CN")"#, "more than two places"), (#"crm.words(1, "fr")"#, "en, zh-CN, zh-TW"),
            (#"crm.words("x", "en")"#, "not a decimal such as"),
            (#"crm.words(0.1 + 0.2, "en")"#, "not an exact decimal"), ("crm.words({}, 'en')", "table"),
        ]
    )
    func refusals(call: String, says: String) throws {
        let error = try ScriptCompany().failure("print(\(call))")
        #expect(error?.text(in: .en).contains(says) == true, "\(error?.text(in: .en) ?? "none")")
    }
}
