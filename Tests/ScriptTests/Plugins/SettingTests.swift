import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Settings of plugins")
struct SettingTests {
    private let folder: ScratchFolder
    private let platform: Platform
    private let id: PluginID

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.inMemory()
        id = try #require(PluginID(rawValue: "tuned"))
        try install(version: "1.0.0")
    }

    private func install(version: String, settings: String = Self.settings) throws {
        let manifest =
            #"{"id":"tuned","version":"\#(version)","api":1,"type":"module","title":"T","settings":\#(settings)}"#
        try folder.write(manifest, to: "tuned/plugin.json")
        try folder.write(
            """
            local s = crm.plugin.settings
            if s.days == 13 then error("thirteen days are refused") end
            crm.command{ name = "tell", title = "T", params = {}, run = function()
              return table.concat({ tostring(s.days), tostring(s.share), tostring(s.strict), s.greeting }, " ")
            end }
            """,
            to: "tuned/main.lua"
        )
        try platform.installPlugin(.folder(folder.path + "/tuned"))
    }

    private static let settings = """
        {"days": {"type": "integer", "default": 30, "description": "D"},
         "share": {"type": "decimal", "default": "2.50", "description": "S"},
         "strict": {"type": "boolean", "default": false, "description": "X"},
         "greeting": {"type": "text", "default": "您好", "description": "G"}}
        """

    private func told() throws -> String {
        let result = try platform.runCommand("tell", as: .administrator) { _ in }
        guard case .text(let text) = result else { return "" }
        return text.text(in: .zhCN)
    }

    @Test("hold the defaults until somebody changes them, and reach the running plugin at once")
    func change() throws {
        #expect(try told() == "30 2.50 false 您好")
        try platform.setSettings(["days": "４５", "share": "3.25", "strict": "是", "greeting": "欢迎"], of: id)
        #expect(try told() == "45 3.25 true 欢迎")
        try platform.setSettings(["days": "", "greeting": ""], of: id)
        #expect(try told() == "30 3.25 true 您好")
    }

    @Test("that do not fit are all named, and none is changed")
    func refused() throws {
        let error = try #require(throws: PlatformError.self) {
            try platform.setSettings(["share": "1", "days": "soon", "strict": "maybe", "dayz": "3"], of: id)
        }
        #expect(error.code == .invalidInput)
        #expect(error.issues.count == 3)
        #expect(try told() == "30 2.50 false 您好")
    }

    @Test("with which the plugin does not load are not kept")
    func notLoading() throws {
        #expect(throws: PlatformError.self) { try platform.setSettings(["days": "13"], of: id) }
        #expect(try told() == "30 2.50 false 您好")
    }

    @Test("stay when the plugin is upgraded, and when it is taken out and comes back")
    func kept() throws {
        try platform.setSettings(["days": "60"], of: id)
        try install(version: "1.1.0")
        #expect(try told() == "60 2.50 false 您好")
        _ = try platform.uninstallPlugin(id)
        try install(version: "1.1.0")
        #expect(try told() == "60 2.50 false 您好")
    }

    @Test("whose kind an upgrade has changed go back to the default")
    func otherKind() throws {
        try platform.setSettings(["greeting": "欢迎", "days": "60"], of: id)
        try install(
            version: "2.0.0",
            settings: Self.settings.replacingOccurrences(
                of: #""greeting": {"type": "text", "default": "您好""#,
                with: #""greeting": {"type": "integer", "default": 7"#
            )
        )
        #expect(try told() == "60 2.50 false 7")
    }

    @Test("have defaults of their own kind")
    func defaults() throws {
        #expect(throws: PlatformError.self) {
            try install(
                version: "2.0.0",
                settings: #"{"days": {"type": "integer", "default": "30", "description": "D"}}"#
            )
        }
    }

    @Test("of a plugin that is not there are not found")
    func absent() throws {
        let other = try #require(PluginID(rawValue: "absent"))
        #expect(throws: PlatformError.self) { try platform.settings(of: other) }
        #expect(throws: PlatformError.self) { try platform.setSettings(["a": "1"], of: other) }
    }
}
