import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("The command line in the reader's language")
struct CommandLineTests {
    private let folder: ShellFolder

    init() throws { folder = try ShopPlugin.company() }

    private static let wrong: [[String]] = [
        ["count"], ["find", "t.crm"], ["find", "t.crm", "buyer", "--limt", "3"], ["find", "t.crm", "buyer", "--limit"],
        ["find", "t.crm", "buyer", "--limit", "x"], ["find", "t.crm", "buyer", "--json=3"],
        ["find", "t.crm", "buyer", "-x"],
        ["objects", "t.crm", "more", "and more"], ["export", "t.crm", "buyer", "--format", "x"],
        ["plugin", "lst", "t.crm"],
        ["print", "t.crm", "page"], ["find", "t.crm", "buyer", "--lang", "fr"], ["fnd"], ["show", "t.crm", "x"],
        ["find", "t.crm", "buyer", "grad = 'A'"], ["find", "t.crm", "byer"], ["search", "t.crm", ""],
        ["create", "t.crm", "buyer"], ["create", "t.crm", "buyer", "nam=x"], ["update", "t.crm", "buyer/1", "x"],
        ["new", "t.crm"], ["new", "nowhere/x.crm"], ["nowhere.crm"], ["plugin", "unlink", "t.crm", "shop"],
        ["report", "t.crm", "none"], ["import", "t.crm", "buyer", "none.csv"],
        ["find", "t.crm", "buyer", "--sort", "x"],
        ["find", "t.crm", "buyer", "--after", "x"], ["plugin", "install", "t.crm", "none"],
        ["run", "t.crm", "none.lua"],
    ]

    @Test("no wrong command line is answered in another language than the reader's", arguments: wrong)
    func languages(_ words: [String]) throws {
        let chinese = try ShellRun(words, in: folder, language: "zh-CN")
        #expect(chinese.status != 0)
        let english = [
            "Error", "Usage", "Missing", "Unknown", "Unexpected", "expected", "invalid", "does not", "There is", "See ",
        ]
        for word in english { #expect(!chinese.errors.contains(word), "\(chinese.errors)") }
        let other = try ShellRun(words, in: folder, language: "en")
        #expect(other.status == chinese.status)
        #expect(!other.errors.isEmpty)
        let stray = other.errors.unicodeScalars.first { 0x3000...0x9FFF ~= $0.value || 0xFF00...0xFFEF ~= $0.value }
        #expect(stray == nil, "\(other.errors)")
        let json = try ShellRun(words.filter { $0 != "--json=3" } + ["--json"], in: folder, language: "zh-TW")
        if json.status != 0 {
            #expect(try JSONParser.parse(json.errors)["error"]?["message"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("what is wrong is said with its name and what to do")
    func messages() throws {
        func errors(_ words: String...) throws -> String { try ShellRun(words, in: folder).errors }
        #expect(try errors("count").contains("缺少参数 <file>（公司文件"))
        #expect(try errors("find", "t.crm", "buyer", "--limt", "3").contains("没有选项 --limt，是否想写 --limit？"))
        #expect(try errors("find", "t.crm", "buyer", "--limit").contains("选项 --limit <n> 后面要有值"))
        #expect(try errors("find", "t.crm", "buyer", "--limit", "x").contains("「x」不能用作 --limit <n>"))
        #expect(try errors("find", "t.crm", "buyer", "--json=3").contains("选项 --json 不带值"))
        #expect(try errors("objects", "t.crm", "more", "it's").contains("多余的参数：more it's"))
        #expect(try errors("plugin", "lst").contains("没有子命令「lst」（是不是「list」？）"))
        #expect(try errors("count").contains("crm-shell count --help"))
        #expect(try errors("new", "nowhere/x.crm").contains("/nowhere」，放不下文件「x.crm」"))
    }

    @Test("a sentence that nobody knows becomes a word of ours")
    func unknownSentence() {
        let message = CommandLineError(page: .root).message(for: "Something new is 'wrong'")
        #expect(message.text(in: .zhCN) == "这样的写法不认识")
    }

    @Test("options that every command has may stand before the sub-command")
    func leadingOptions() throws {
        #expect(try ShellRun(["--lang", "en", "count", "t.crm", "buyer"], in: folder).output == "0\n")
        #expect(
            try ShellRun(["--json", "count", "t.crm", "buyer"], in: folder).output
                == "{\"object\":\"buyer\",\"count\":0}\n"
        )
        #expect(
            try ShellRun(["--lang=en", "plugin", "--json", "list", "t.crm"], in: folder).output.contains("\"Shop\"")
        )
        #expect(try ShellRun(["--lang", "en", "t.crm", "-e", ".lang"], in: folder).output == "Language: en\n")
        let wrong = try ShellRun(["--lang", "en", "fnd", "t.crm"], in: folder)
        #expect(wrong.errors.contains("did you mean \"find\"?"))
    }

    @Test("help is that of what was named, wherever the other options stand")
    func whoseHelp() throws {
        let top = ["--help", "--lang", "en"]
        #expect(try ShellRun(top, in: folder).output.contains("SUBCOMMANDS:"))
        #expect(try ShellRun(["help", "--lang", "en"], in: folder).output.contains("SUBCOMMANDS:"))
        for words in [
            ["--lang", "en", "new", "--help"], ["help", "new", "--lang", "en"], ["new", "-h", "--lang", "en"],
        ] {
            #expect(try ShellRun(words, in: folder).output.contains("crm-shell new <file>"), "\(words)")
        }
        #expect(try ShellRun(["plugin"], in: folder).output.contains("crm-shell plugin <subcommand>"))
        #expect(try ShellRun(["plugin", "list", "--help"], in: folder).output.contains("crm-shell plugin list <file>"))
    }

    @Test("the code of an error is for programs and for those who ask")
    func codes() throws {
        let words = ["show", "t.crm", "buyer/9"]
        #expect(!(try ShellRun(words, in: folder).errors.contains("not_found")))
        #expect(try ShellRun(words + ["--verbose"], in: folder).errors.contains("（not_found）"))
        #expect(try ShellRun(words + ["--json"], in: folder).errors.contains("\"not_found\""))
    }
}

@Suite("Help")
struct HelpTests {
    private static func pages(_ page: CommandPage) -> [CommandPage] { [page] + page.subcommands.flatMap(pages) }

    @Test("help of every command is in one language, and holds the terminal")
    func oneLanguage() throws {
        let folder = try ShellFolder()
        for page in Self.pages(.root) {
            let english = try ShellRun(page.path + ["--help", "--lang", "en"], in: folder).output
            // Examples speak of companies that are called what they are called.
            let prose = english.components(separatedBy: "EXAMPLES:")[0]
            #expect(!prose.unicodeScalars.contains { 0x3000...0x9FFF ~= $0.value }, "\(page.path): \(prose)")
            let chinese = try ShellRun(page.path + ["--help", "--lang", "zh-TW"], in: folder).output
            for word in ["OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "default:", "Show", "values:", "See "] {
                #expect(!chinese.contains(word), "\(page.path): \(word)")
            }
            let lines = english.components(separatedBy: "EXAMPLES:")[0].split(separator: "\n")
            #expect(lines.allSatisfy { DisplayWidth.columns(of: String($0)) <= 80 }, "\(page.path)")
        }
    }

    @Test("help of dot commands is in one language and breaks no word")
    func dotHelp() throws {
        let folder = try ShopPlugin.company()
        let english = try ShellRun(["t.crm", "--lang", "en", "-e", ".help"], in: folder).output
        #expect(!english.unicodeScalars.contains { 0x3000...0x9FFF ~= $0.value })
        #expect(english.split(separator: "\n").allSatisfy { DisplayWidth.columns(of: String($0)) <= 80 })
        for command in DotCommand.all { #expect(english.contains("\n  \(command.name)")) }
    }
}

@Suite("Lines that a terminal holds")
struct WrappingTests {
    @Test("lines end between words and between Chinese signs, never before closing punctuation")
    func wrapping() {
        #expect(DisplayWidth.wrapped("the quick brown fox", to: 10) == ["the quick", "brown fox"])
        #expect(DisplayWidth.wrapped("一二三四五", to: 6) == ["一二三", "四五"])
        #expect(DisplayWidth.wrapped("一二三，四", to: 6) == ["一二", "三，四"])
        #expect(DisplayWidth.wrapped("（一二三）", to: 8) == ["（一二", "三）"])
        #expect(DisplayWidth.wrapped("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
        #expect(DisplayWidth.wrapped("a\nb", to: 10) == ["a", "b"])
        #expect(DisplayWidth.wrapped("", to: 10) == [""])
        #expect(DisplayWidth.wrapped("x\u{1B}[2J", to: 20) == ["x\\x1B[2J"])
    }
}
