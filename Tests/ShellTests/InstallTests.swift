import CRMPlatform
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
        #expect(try install("0.10.0", "zh-CN") == "已安装 小插件（small 0.10.0）\n")
        #expect(try install("0.9.0", "zh-TW") == "已降級 小插件（small 0.10.0 → 0.9.0）\n")
        #expect(try install("0.8.0", "en") == "Downgraded 小插件 (small 0.9.0 → 0.8.0)\n")
        #expect(try install("0.8.0", "en") == "Installed 小插件 (small 0.8.0)\n")
    }
}
