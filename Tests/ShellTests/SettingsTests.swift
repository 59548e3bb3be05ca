import CRMPlatform
import Testing

@testable import crm_shell

@Suite("Settings of a file in the shell")
struct SettingsTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        let made = try ShellRun(["new", "t.crm"], in: folder)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func run(_ arguments: String..., input: String = "", language: String = "en") throws -> ShellRun {
        try ShellRun(arguments, in: folder, input: input, language: language)
    }

    @Test("the command shows, sets and gives back settings, in words and as JSON")
    func command() throws {
        let shown = try run("settings", "t.crm")
        #expect(shown.output.contains("Asia/Shanghai") && shown.output.contains("not set"))
        let changed = try run("settings", "t.crm", "name=华东展览", "time_zone=asia/taipei")
        #expect(changed.output.contains("华东展览") && changed.output.contains("Asia/Taipei"))
        let json = try run("settings", "t.crm", "time_zone=", "--json")
        #expect(
            json.output.contains(
                #"{"name":"time_zone","label":"Time zone","value":"Asia/Shanghai","set":false}"#
            )
                || json.output.replacing(" ", with: "").contains(
                    #""name":"time_zone","label":"Timezone","value":"Asia/Shanghai","set":false"#
                )
        )
        #expect(try run("settings", "t.crm", language: "zh-CN").output.contains("未设置，使用 Asia/Shanghai"))
        let history = try run("settings", "t.crm", "--history")
        #expect(history.output.contains("administrator") && history.output.contains("Asia/Taipei"))
        let wrong = try run("settings", "t.crm", "currency=Dollar")
        #expect(wrong.status == 64 && wrong.errors.contains("ISO 4217"))
    }

    @Test("a new file has the language that the command asked for")
    func language() throws {
        #expect(try run("new", "e.crm", "--lang", "en").status == 0)
        let settings = try run("settings", "e.crm", language: "zh-CN")
        #expect(settings.output.contains("en"))
        #expect(try !run("settings", "t.crm").output.contains("zh-TW"))
    }

    @Test("the prompt has them under .settings without a plugin")
    func prompt() throws {
        let shown = try run("t.crm", input: ".settings week_start=sunday\n.settings --history\n.settings\n")
        #expect(shown.errors.isEmpty && shown.output.contains("sunday") && shown.output.contains("week_start"))
    }
}
