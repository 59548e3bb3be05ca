import CRMPlatform
import TestSupport
import Testing

/// Plugins that act in place of the system.
@Suite("Acting as the system")
struct ActingAsSystemTests {
    /// Users see what they have made themselves.
    private struct OwnAlone: AccessPolicy {
        var version: Int64 { 1 }
        func roles(of principal: Principal) -> RoleSet? { RoleSet(["user"]) }
        func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool { true }
        func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant {
            let own = RowScope.where("created_by = me()")
            return ObjectGrant(read: own, update: own, delete: own)
        }
    }

    private static let main = """
        local function count() return crm.count("deal") end
        crm.command{ name = "plain", title = "P", run = function() return tostring(count()) end }
        crm.command{ name = "system", title = "S", run = function()
          local n, none, person = crm.as_system("figures of all", function() return count(), nil, crm.get("deal/1") end)
          return n .. " " .. tostring(none) .. " " .. person.name .. " " .. count()
        end }
        crm.command{ name = "write", title = "W", run = function()
          crm.as_system("put right", function() crm.update("deal/1", {name = "by system"}) end)
          return crm.create("deal", {name = "own"}).name
        end }
        crm.command{ name = "broken", title = "B", run = function()
          local ok = pcall(crm.as_system, "to fail", function() error("oh") end)
          return tostring(ok) .. " " .. count()
        end }
        crm.command{ name = "yields", title = "Y", run = function()
          local work = coroutine.wrap(function() crm.as_system("to wait", function() coroutine.yield() end) end)
          local ok = pcall(work)
          return tostring(ok) .. " " .. count()
        end }
        crm.command{ name = "blank", title = "B", run = function()
          local ok, err = pcall(crm.as_system, "  ", function() end)
          return tostring(ok)
        end }
        crm.command{ name = "nested", title = "N", run = function()
          return crm.as_system("outside", function()
            local inner = crm.as_system("inside", count)
            return inner .. " " .. count()
          end)
        end }
        """

    private func company(_ capabilities: String) throws -> ScriptCompany {
        let manifest = """
            {"id":"demo","version":"1.0.0","api":1,"type":"module","title":"demo","capabilities":\(capabilities)}
            """
        let company = try ScriptCompany(access: OwnAlone())
        try company.install(Self.main, ["plugin.json": manifest])
        try company.platform.write(as: .administrator, origin: .library) { session in
            _ = try session.create(object("deal"), ["name": "one"])
            _ = try session.create(object("deal"), ["name": "two"])
        }
        return company
    }

    private func result(_ company: ScriptCompany, _ command: String) throws -> String {
        let unit = UnitContext(.user(7, name: "Li"), language: .en, origin: .shell)
        guard case .text(let text) = try company.platform.runCommand(command, in: unit, output: { _ in }) else {
            return ""
        }
        return text.text(in: .en)
    }

    @Test("sees everything within the function and nothing more behind it, and gives back what it returns")
    func reading() throws {
        let company = try company(#"["as_system"]"#)
        #expect(try result(company, "plain") == "0")
        #expect(try result(company, "system") == "2 nil one 0")
        #expect(try result(company, "nested") == "2 2")
    }

    @Test("is over when the function fails, and cannot be left by a yield")
    func leaving() throws {
        let company = try company(#"["as_system"]"#)
        #expect(try result(company, "broken") == "false 0")
        #expect(try result(company, "yields") == "false 0")
        #expect(try result(company, "blank") == "false")
    }

    @Test("the history keeps the reason with door and hand; what is saved outside has none")
    func history() throws {
        let company = try company(#"["as_system"]"#)
        #expect(try result(company, "write") == "own")
        let (first, own) = (RecordID(object: object("deal"), number: 1), RecordID(object: object("deal"), number: 3))
        let history = try company.platform.read(as: .administrator) { session in
            try session.history(of: first) + session.history(of: own)
        }
        #expect(history.map(\.reason) == ["", "put right", ""])
        #expect(history.map(\.origin) == ["library", "shell>plugin:demo", "shell>plugin:demo"])
        #expect(history.map(\.userID) == [1, 7, 7])
        #expect(try company.run("print(crm.history('deal/1')[2].reason)") == ["put right"])
    }

    @Test("is refused to a plugin that does not declare it, and to scripts; a check finds the call")
    func undeclared() throws {
        let company = try company("[]")
        let refused = refusal { _ = try result(company, "system") }
        #expect(refused?.code == .permissionDenied)
        #expect(refused?.text(in: .en).contains("\"capabilities\": [\"as_system\"]") == true)
        #expect(company.failure("crm.as_system('x', function() end)")?.code == .permissionDenied)
        let folder = try company.folder.plugin(
            "checked",
            [
                "plugin.json": #"{"id":"checked","version":"1.0.0","api":1,"type":"module","title":"c"}"#,
                "main.lua": "crm.on('*', 'after_save', function(rec) crm.as_system('why', function() end) end)",
            ]
        )
        let findings = Platform.reviewPlugin(folder: folder).problems.map { $0.text(in: .en) }
        #expect(findings.contains { $0.contains("as_system") }, "\(findings)")
    }

    @Test("rules, sums and codes do not depend on who acts: a settle hook counts what its user may not see")
    func sums() throws {
        let company = try ScriptCompany(access: OwnAlone())
        try company.install(
            """
            crm.on("deal", "after_save", function(deal) if deal.owner then crm.settle(deal.owner) end end)
            crm.on("person", "settle", function(person)
              crm.update(person, {name = "P" .. crm.count("deal", "owner = ?", {params = {person.id}})})
            end)
            """
        )
        try company.platform.write(as: .administrator, origin: .library) { session in
            _ = try session.create(object("person"), ["name": "P"])
            _ = try session.create(object("deal"), ["name": "a", "owner": "1"])
        }
        let own = RecordID(object: object("deal"), number: 2)
        try company.platform.write(as: .user(7, name: "Li"), origin: .library) { session in
            let made = try session.create(object("deal"), ["name": "b"])
            guard made.record.recordID == own else {
                throw PlatformError(.internal, Message(custom: LocalizedText("id")))
            }
        }
        try company.platform.write(as: .administrator, origin: .library) { session in
            _ = try session.update(own, ["owner": "1"])
        }
        // The user sees neither the person nor the other deal; the sum is of both.
        try company.platform.write(as: .user(7, name: "Li"), origin: .library) { session in
            _ = try session.update(own, ["name": "c"])
        }
        let title = try company.platform.read(as: .administrator) { session in
            try session.require(RecordID(object: object("person"), number: 1)).title
        }
        #expect(title == "P2")
        let reasons = try company.platform.read(as: .administrator) { session in
            try session.history(of: RecordID(object: object("person"), number: 1)).map(\.reason)
        }
        #expect(reasons.allSatisfy { $0.isEmpty || $0 == "settle person/1" }, "\(reasons)")
    }
}
