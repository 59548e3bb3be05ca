import CRMPlatform
import Foundation
import TestSupport
import Testing

@Suite("A company that is being made")
struct NewCompanyTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder.path + "/n.crm" }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasPrefix("n.crm") }
    }

    private func plugin() throws -> PluginSource {
        let thing =
            #"{"name":"thing","label":"物","title_field":"name","fields":[{"name":"name","type":"text","label":"名"}]}"#
        return .folder(try folder.plugin("small", ["objects/thing.json": thing]))
    }

    @Test("has its name when it is complete, and not before")
    func publication() throws {
        let new = try NewCompany(at: path)
        try new.platform.installPlugin(plugin())
        #expect(!FileManager.default.fileExists(atPath: path))
        try new.publish()
        #expect(files.sorted() == ["n.crm", "n.crm-lock"])
        let opened = try Platform.open(at: path)
        #expect(try opened.plugins.map(\.id.rawValue) == ["small"])
        #expect(try opened.check().isEmpty)
        _ = try opened.write(as: .administrator, origin: .shell) { crm in
            try crm.create(object("thing"), ["name": "a"]).record.id
        }
    }

    @Test("leaves nothing when it is let go of before")
    func abandonment() throws {
        do {
            let new = try NewCompany(at: path)
            try new.platform.installPlugin(plugin())
        }
        #expect(files == [])
        #expect(throws: PlatformError.self) { _ = try Platform.open(at: path) }
    }

    @Test("gives way to what has come to stand there meanwhile")
    func taken() throws {
        let new = try NewCompany(at: path)
        try folder.write("mine", to: "n.crm")
        let error = #expect(throws: PlatformError.self) { try new.publish() }
        #expect(error?.code == .alreadyExists)
        #expect(error?.text(in: .en).contains("n.crm") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test("names the file that it will be in its errors")
    func names() throws {
        try folder.write("mine", to: "n.crm")
        let error = #expect(throws: PlatformError.self) { _ = try NewCompany(at: path) }
        #expect(error?.code == .alreadyExists)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        #expect(files == ["n.crm"])
    }
}
