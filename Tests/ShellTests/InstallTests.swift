import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("Installing plugins by name")
struct InstallTests {
    @Test("where no folder has plugins, the message names the folders looked in, CRM_PLUGINS and the path")
    func nowhere() throws {
        let folder = try ShellFolder()
        try folder.write("", to: "empty/readme.txt")
        do {
            _ = try PluginSearch.source("nobody", among: ["none/plugins", folder.path + "/empty"])
            Issue.record("there is no such plugin")
        } catch {
            #expect(error.code == .notFound)
            for language in [Language.zhCN, .zhTW, .en] {
                let text = error.text(in: language)
                for part in ["nobody", "none/plugins", "/empty", "CRM_PLUGINS", "./nobody"] {
                    #expect(text.contains(part), "\(text)")
                }
            }
        }
        #expect(try PluginSearch.source("small", among: [folder.path]) == .named("small", searchPath: [folder.path]))
        #expect(try PluginSearch.source("./x", among: ["none"]) == .folder("./x", searchPath: []))
    }

    @Test("an older version over a newer one is called a downgrade, with the version that was there")
    func downgrade() throws {
        let folder = try ShellFolder()
        try #require(try ShellRun(["new", "t.crm", "--with", "small"], in: folder).status == 0)
        func install(_ version: String, _ language: String) throws -> String {
            try folder.write(
                #"{"id": "small", "version": "\#(version)", "api": 1, "type": "module", "title": "小插件"}"#,
                to: "small/plugin.json"
            )
            return try ShellRun(["plugin", "install", "t.crm", "small"], in: folder, language: language).output
        }
        #expect(try install("0.9.0", "zh-CN") == "已降级 小插件（small 1.0.0 → 0.9.0）\n")
        #expect(try install("0.10.0", "zh-CN") == "已升级 小插件（small 0.9.0 → 0.10.0）\n")
        #expect(try install("0.9.0", "zh-TW") == "已降級 小插件（small 0.10.0 → 0.9.0）\n")
        #expect(try install("0.8.0", "en") == "Downgraded 小插件 (small 0.9.0 → 0.8.0)\n")
        #expect(
            try install("0.8.0", "en")
                == "small 0.8.0 is just what is installed\nInstalled 小插件 (small 0.8.0) again\n"
        )
    }

    @Test(
        "demonstration data that fails ends with a status, tells what was done, which rows and why, and leaves no file"
    )
    func failingDemo() throws {
        let folder = try ShellFolder()
        try folder.write(
            """
            {"id": "small", "version": "1.0.0", "api": 1, "type": "module", "title": "小插件",
             "demo": [{"import": "demo/good.csv", "object": "customer"}, {"import": "demo/bad.csv", "object": "customer"}]}
            """,
            to: "small/plugin.json"
        )
        try folder.write("name\n甲\n", to: "small/demo/good.csv")
        try folder.write("name,grade\n乙,A\n,A\n丙,Z\n", to: "small/demo/bad.csv")
        let made = try ShellRun(["new", "t.crm", "--with", "small", "--demo"], in: folder)
        #expect(made.status != 0)
        #expect(made.output == "已安装 小插件（small 1.0.0）\n演示数据 demo/good.csv：读取客户 1 行，新建 1，重复 0，失败 0\n")
        for part in ["没有建立 t.crm", "demo/bad.csv", "客户 3 行，新建 1", "2 行没有通过", "第 2 行", "第 3 行", "等级"] {
            #expect(made.errors.contains(part), "\(made.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/t.crm"))
        // Into a file that is there the plugin goes, and what was done stays.
        try #require(try ShellRun(["new", "u.crm"], in: folder).status == 0)
        let installed = try ShellRun(["plugin", "install", "u.crm", "small", "--demo"], in: folder)
        #expect(installed.status != 0)
        #expect(try ShellRun(["count", "u.crm", "customer"], in: folder).output == "2\n")
    }

    @Test("without plugins there is nothing to show, and no file is made", arguments: [Language.zhCN, .zhTW, .en])
    func nothingToDemo(_ language: Language) throws {
        let folder = try ShellFolder()
        let run = try ShellRun(["new", "t.crm", "--demo"], in: folder, language: language.rawValue)
        #expect(run.status != 0)
        #expect(run.errors.contains("--with"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/t.crm"))
        let none = try ShellRun(["new", "t.crm", "--with", "small", "--demo"], in: folder)
        #expect(none.status == 0)
        #expect(none.output.contains("插件 small 没有演示数据"))
    }
}
