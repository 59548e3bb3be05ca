import CRMPlatform
import Testing

@testable import crm_shell

@Suite("Lines of dot commands")
struct LineWordsTests {
    @Test(
        "blanks part words, quotes and backslashes keep them together",
        arguments: [
            (".find  customer", [".find", "customer"]),
            ("name=\"Acme Ltd\" x", ["name=Acme Ltd", "x"]),
            ("name='a \"b\"'", ["name=a \"b\""]),
            (#"a\ b c"#, ["a b", "c"]),
            (#"'a\b'"#, [#"a\b"#]),
            ("a \"\" b", ["a", "", "b"]),
            ("　客户　张三 ", ["客户", "张三"]),
            ("", []),
        ]
    )
    func words(_ line: String, _ expected: [String]) {
        #expect(LineWords(line).texts == expected)
    }

    @Test("an open quote is reported")
    func openQuote() {
        #expect(LineWords("a 'b c").openQuote == "'")
        #expect(LineWords("a 'b c'").openQuote == nil)
    }

    @Test("the rest of a line stays as it was typed")
    func rest() {
        #expect(LineWords(".find customer grade  = 'A  B' ").rest(from: 2) == "grade  = 'A  B'")
        #expect(LineWords(".find").rest(from: 1).isEmpty)
    }

    @Test("options are taken out and the condition keeps its quotes")
    func expression() throws {
        let arguments = try DotArguments(
            "customer --limit 5 grade = 'A' and name like '-- x' --sort=name",
            of: ".find",
            valued: ["--limit", "--sort"]
        )
        #expect(arguments.positional.first == "customer")
        #expect(arguments.raw(from: 1) == "grade = 'A' and name like '-- x'")
        #expect(try arguments.number("--limit") == 5)
        #expect(arguments.option("--sort") == "name")
    }

    @Test(
        "a condition in quotes as on a command line is taken out of them, a quoted label is not",
        arguments: [
            ("customer \"name like '%宏达%'\" --limit 2", "name like '%宏达%'"),
            ("customer \"Main contact\"", "\"Main contact\""),
            ("customer \"a b\" = \"c d\"", "\"a b\" = \"c d\""),
            ("customer \"a\"=\"b\"", "\"a\"=\"b\""),
        ]
    )
    func quoted(line: String, expression: String) throws {
        let arguments = try DotArguments(line, of: ".find", valued: ["--limit"])
        #expect(arguments.raw(from: 1) == expression)
    }

    @Test("a minus in a condition is no option")
    func minus() throws {
        let arguments = try DotArguments("booth area > -5 and area - x > -y", of: ".find", valued: ["-o"])
        #expect(arguments.raw(from: 1) == "area > -5 and area - x > -y")
    }

    @Test(
        "wrong options are refused",
        arguments: ["customer --limt 5", "customer --limit", "customer --limit 0", "customer --limit many"]
    )
    func wrongOptions(_ line: String) {
        let error = #expect(throws: PlatformError.self) {
            _ = try DotArguments(line, of: ".find", valued: ["--limit"]).number("--limit")
        }
        #expect(error?.code == .invalidInput)
    }
}
