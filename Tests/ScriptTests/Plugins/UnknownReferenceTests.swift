import CRMModel
import CRMPlatform
import TestSupport
import Testing

@Suite("Metadata that names what is not there")
struct UnknownReferenceTests {
    private func problems(_ type: String, _ language: Language) throws -> [String] {
        let folder = try ScratchFolder()
        let files = [
            "plugin.json": #"{"id": "demo", "version": "1.0.0", "api": 1, "type": "module", "title": "D"}"#,
            "objects/visit.json":
                #"{"name": "visit", "label": "V", "title_field": "x", "fields": [{"name": "x", "type": "text", "label": "X"},"#
                + "{\"name\": \"y\", \"label\": \"Y\", \(type)}]}",
            "main.lua": "",
        ]
        return Platform.checkPlugin(folder: try folder.plugin("demo", files)).map { $0.text(in: language) }
    }

    @Test("the message has the nearest name, or says that the plugin that defines it belongs into depends")
    func depends() throws {
        let dictionary = #""type": "picklist", "dictionary": "grade""#
        let object = #""type": "reference", "object": "customer""#
        for (type, language, expected) in [
            (dictionary, Language.zhCN, "没有名为「grade」的字典；如果它由另一个插件定义，请把该插件写进 plugin.json 的 depends"),
            (object, .zhTW, "沒有名為「customer」的物件（現有：visit）；如果它由另一個外掛定義，請把該外掛寫進 plugin.json 的 depends"),
            (
                object, .en,
                "there is no object named \"customer\" (there are: visit); if another plugin defines it, add that plugin to "
                    + "depends in plugin.json"
            ), (#""type": "reference", "object": "visti""#, .zhCN, "没有名为「visti」的对象。是否想写 visit？"),
        ] {
            let texts = try problems(type, language)
            #expect(texts.count == 1)
            #expect(texts.first?.hasSuffix(expected) == true, "\(texts)")
        }
    }
}
