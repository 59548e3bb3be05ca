import Foundation
import Testing

@testable import crm_shell

@Suite("Linked plugins that do not load")
struct LinkTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        try #require(try ShellRun(["new", "t.crm"], in: folder).status == 0)
        try #require(try ShellRun(["plugin", "link", "t.crm", "small"], in: folder).status == 0)
    }

    private func run(_ arguments: String..., input: String = "", language: String = "zh-CN") throws -> ShellRun {
        try ShellRun(arguments, in: folder, input: input, language: language)
    }

    @Test("every command warns with plugin, file and line, and goes on with the version before")
    func broken() throws {
        #expect(try run("create", "t.crm", "customer", "name=甲").errors.isEmpty)
        try folder.write("local x = 1\nlocal y = = 2\n", to: "small/main.lua")
        let made = try run("create", "t.crm", "customer", "name=乙")
        #expect(made.status == 0)
        #expect(made.errors.hasPrefix("提醒：链接的插件「small」的新文件没有装上，继续使用原来的版本："))
        #expect(made.errors.contains("main.lua:2"))
        #expect(made.errors.split(separator: "\n").count == 1)
        let taiwan = try run("count", "t.crm", "customer", language: "zh-TW")
        #expect(taiwan.output == "2\n")
        #expect(taiwan.errors.hasPrefix("提醒：連結的外掛「small」的新檔案沒有裝上，繼續使用原來的版本："))
        #expect(try run("count", "t.crm", "customer", language: "en").errors.hasPrefix("Warning: the newest files of"))
        let json = try run("count", "t.crm", "customer", "--json").errors
        #expect(json.hasPrefix(#"{"warning":{"code":"invalid_plugin","#))
        let lines = try run("t.crm", "-e", ".count customer", "-e", ".count customer").errors
        #expect(lines.split(separator: "\n").count == 1)
        let check = try run("check", "t.crm")
        #expect(check.output.hasPrefix("提醒：链接的插件「small」"))
        #expect(check.status == 0)

        try folder.write("", to: "small/main.lua")
        #expect(try run("count", "t.crm", "customer").errors.isEmpty)
    }

    @Test("each mistake of a linked plugin is told once, on a line of its own, and so does a check")
    func mistakes() throws {
        try folder.write(
            #"{"name": "one", "label": "一", "fields": [{"name": "a", "type": "no"}, {"name": "b", "type": "nor"}]}"#,
            to: "small/objects/one.json"
        )
        let lines = try run("count", "t.crm", "customer").errors.split(separator: "\n").map(String.init)
        #expect(lines.count >= 3)
        #expect(lines.filter { $0.contains("nor") }.count == 1, "\(lines)")
        #expect(!lines.contains { $0.contains(#"\n"#) || $0.count > 300 }, "\(lines)")
        let check = try run("check", "t.crm").output.split(separator: "\n")
        #expect(check.filter { $0.contains("nor") }.count == 1)
        #expect(check.contains { $0.contains("no,") || $0.contains("「no」") }, "\(check)")
    }

    @Test("a folder named by a link is checked as the one that it leads to, and can be linked")
    func folderLink() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/way", withDestinationPath: "small")
        let check = try run("plugin", "check", "./way")
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        try #require(try run("plugin", "unlink", "t.crm", "small").status == 0)
        #expect(try run("plugin", "link", "t.crm", "./way").status == 0)
        try folder.write("local y = = 2\n", to: "small/main.lua")
        #expect(try run("count", "t.crm", "customer").errors.contains("main.lua:1"))
    }

    @Test("a folder that is gone is told by every command, by the list and by .reload, until the link is ended")
    func gone() throws {
        try folder.remove("small")
        #expect(try run("count", "t.crm", "customer").errors.contains("small"))
        let reload = try run("t.crm", "-e", ".reload")
        #expect(reload.status == 66)
        #expect(!reload.output.contains("已重新加载"))
        let list = try run("plugin", "list", "t.crm")
        #expect(list.output.contains("未能加载"))
        #expect(list.errors.components(separatedBy: "提醒：链接的插件「small」").count == 2)
        try #require(try run("plugin", "unlink", "t.crm", "small").status == 0)
        #expect(try run("count", "t.crm", "customer").errors.isEmpty)
    }
}
