import CRMScripting
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("The Lua interface and its papers")
struct ParityTests {
    /// The names of all functions that a script finds in `crm`.
    private func found() throws -> [String] {
        try ScriptCompany().run(
            """
            local names = {}
            local function walk(prefix, value)
              for key, member in pairs(value) do
                if type(member) == "function" then names[#names + 1] = prefix .. key
                elseif type(member) == "table" and prefix .. key ~= "crm.plugin" then walk(prefix .. key .. ".", member) end
              end
            end
            walk("crm.", crm)
            table.sort(names)
            for _, name in ipairs(names) do print(name) end
            """
        )
    }

    @Test("what scripts find is what is declared, each name once")
    func registered() throws {
        #expect(try found() == LuaStubs.functionNames.sorted())
        #expect(Set(LuaStubs.functionNames).count == LuaStubs.functionNames.count)
        #expect(LuaStubs.functionNames.count > 25)
    }

    @Test("each function has one stub and one place in the reference")
    func papers() throws {
        let stub = LuaStubs.files(catalog: .empty).first { $0.path == "crm.lua" }?.text ?? ""
        let pages = LuaStubs.pages.map(\.text).joined(separator: "\n")
        for name in LuaStubs.functionNames {
            #expect(stub.split(separator: "\n").count { $0.hasPrefix("function \(name)(") } == 1, "\(name)")
            #expect(pages.split(separator: "\n").count { $0.hasPrefix("## `\(name)(") } == 1, "\(name)")
        }
        #expect(pages.split(separator: "\n").count { $0.hasPrefix("## ") } == LuaStubs.functionNames.count)
    }

    @Test("the papers in the repository are those of the declarations; scripts/generate-stubs makes them")
    func committed() throws {
        for page in LuaStubs.pages {
            #expect(try String(decoding: Repository.bytes("docs/lua-api/\(page.path)"), as: UTF8.self) == page.text)
        }
        #expect(Repository.names(in: "docs/lua-api") == LuaStubs.pages.map(\.path).sorted())
        let stub = LuaStubs.files(catalog: .empty)[0]
        #expect(stub.path == "crm.lua")
        #expect(try String(decoding: Repository.bytes("lua/meta/crm.lua"), as: UTF8.self) == stub.text)
    }

    @Test("the stub is Lua", arguments: ["crm.lua"])
    func stubParses(_ path: String) throws {
        let text = try String(decoding: Repository.bytes("lua/meta/\(path)"), as: UTF8.self)
        let error = try ScriptCompany().failure(text)
        // It compiles and then says that it is not meant to be run.
        #expect(error?.code == .hookFailed)
        #expect(error?.text(in: .en).contains("cannot be required") == true)
    }

    @Test("the examples of the reference compile")
    func examples() throws {
        let company = try ScriptCompany()
        for page in LuaStubs.pages {
            let blocks = page.text.split(separator: "```lua\n").dropFirst()
            for block in blocks {
                let example = block.prefix(while: { $0 != "`" })
                let error = company.failure("if false then\n\(example)\nend")
                #expect(error == nil, "\(page.path): \(example)")
            }
        }
    }
}
