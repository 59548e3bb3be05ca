import CRMPlatform
import Testing

@testable import crm_shell

@Suite("Completion")
struct CompleterTests {
    /// The line after Tab, or the listing when there is a choice.
    private func tab(_ line: String, unfinished: [String] = []) -> (line: String, listing: [String]) {
        var source = CompletionSource(catalog: ShellCatalog.catalog, language: .zhCN)
        source.functions = LuaFunctions(
            annotations: """
                ---@class crm.Record
                function record:is_new() end
                function record:old(field) end
                ---Counts.
                function crm.aggregate(object, query) end
                function crm.create(object, fields) end
                function crm.find(object, expression, options) end
                function crm.get(object, id) end
                function crm.date.today() end
                function crm.date.now() end
                """
        )
        source.reports = [("hall_area", LocalizedText("展馆面积")), ("acme.sales.totals", LocalizedText("合计"))]
        let completion = Completer(source: source, unfinished: unfinished).completion(for: line)
        let kept = String(line.unicodeScalars.dropLast(completion.deletedScalars))
        return (kept + completion.insertion, completion.listing)
    }

    @Test("a dot command is completed, and a choice is listed")
    func dotCommands() {
        #expect(tab(".desc").line == ".describe ")
        #expect(tab(".co").line == ".co")
        #expect(tab(".co").listing == [".count", ".command", ".commit"])
    }

    @Test("a report that two plugins have is completed to its full name, by the plugin and by its own name")
    func fullNames() {
        #expect(tab(".report acme.s").line == ".report acme.sales.totals ")
        #expect(tab(".report tot").line == ".report acme.sales.totals ")
        #expect(tab(".report ").listing == ["hall_area 展馆面积", "acme.sales.totals 合计"])
    }

    @Test("an object is found by name and by Chinese label")
    func objects() {
        #expect(tab(".find cu").line == ".find customer ")
        #expect(tab(".find 客").line == ".find customer ")
        #expect(tab(".show 展").line == ".show booth/")
        #expect(tab(".find ").listing == ["booth 展位", "customer 客户"])
    }

    @Test("fields of the object and of the one it refers to are completed in conditions")
    func fields() {
        #expect(tab(".find customer gr").line == ".find customer grade ")
        #expect(tab(".find customer name = 'x' and 等").line == ".find customer name = 'x' and grade ")
        #expect(tab(".find booth customer.gra").line == ".find booth customer.grade ")
        #expect(tab(".find booth gra").line == ".find booth gra")
    }

    @Test("after a picklist field and a sign the values are offered")
    func values() {
        #expect(tab(".find customer grade = ").line == ".find customer grade = '")
        #expect(tab(".find customer grade = ").listing == ["A 重点客户", "B 一般客户"])
        #expect(tab(".find customer grade = '重").line == ".find customer grade = 'A'")
        #expect(tab(".find customer grade in ('A', 'B").line == ".find customer grade in ('A', 'B'")
        #expect(tab(".find customer grade in ('A', ").listing == ["A 重点客户", "B 一般客户"])
        #expect(tab(".find customer grade = 'A' or ").listing.contains("mobile 手机"))
        #expect(tab(".find booth customer.grade = 'B").line == ".find booth customer.grade = 'B'")
        #expect(tab(".find customer name = '").line == ".find customer name = '")
    }

    @Test("assignments get the field with its sign, then the value")
    func assignments() {
        #expect(tab(".create customer na").line == ".create customer name=")
        #expect(tab(".create customer 手").line == ".create customer mobile=")
        #expect(tab(".create customer grade=一").line == ".create customer grade=B ")
        #expect(tab(".update customer/4 gra").line == ".update customer/4 grade=")
        #expect(tab(".create customer ver").line == ".create customer ver")
        #expect(tab(".explain create customer gra").line == ".explain create customer grade=")
    }

    @Test("options and what belongs to them are completed")
    func options() {
        #expect(tab(".find customer --so").line == ".find customer --sort ")
        #expect(tab(".find customer --sort na").line == ".find customer --sort name")
        #expect(tab(".find --limit 3 cu").line == ".find --limit 3 customer ")
        #expect(tab(".lang zh-T").line == ".lang zh-TW")
        #expect(tab(".report 展").line == ".report hall_area ")
        #expect(tab(".help .beg").line == ".help .begin")
    }

    @Test("Lua functions, objects, fields and values are completed")
    func lua() {
        #expect(tab("x = crm.agg").line == "x = crm.aggregate(")
        #expect(tab("crm.da").line == "crm.date.")
        #expect(tab("crm.date.to").line == "crm.date.today(")
        #expect(tab("crm.find(\"cus").line == "crm.find(\"customer")
        #expect(tab("crm.find(\"customer\", \"gra").line == "crm.find(\"customer\", \"grade ")
        #expect(tab("crm.find(\"customer\", \"grade = '重").line == "crm.find(\"customer\", \"grade = 'A'")
        #expect(tab("crm.create(\"customer\", { na").line == "crm.create(\"customer\", { name = ")
        #expect(tab("crm.create(\"customer\", { grade = ").listing == ["A 重点客户", "B 一般客户"])
        #expect(tab("c = crm.get(\"customer\", 1) print(c.mob").line == "c = crm.get(\"customer\", 1) print(c.mobile")
        #expect(tab("c:is").line == "c:is_new(")
        #expect(tab("crm.").listing.contains("get(object, id)"))
    }

    @Test("lines before the cursor count, and comments do not")
    func unfinishedLua() {
        #expect(tab("  na", unfinished: ["crm.create(\"customer\", {"]).line == "  name = ")
        #expect(tab("-- crm.f").line == "-- crm.f")
    }

    @Test("a choice stands in columns that hold double-width signs")
    func listing() {
        let text = CompletionListing.text(["A 重点", "B", "C"], width: 16)
        #expect(text == "A 重点  B\nC")
    }
}
