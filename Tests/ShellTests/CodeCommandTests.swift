import Foundation
import Testing

@Suite("Counters of codes in the shell")
struct CodeCommandTests {
    private func company() throws -> ShellFolder {
        let folder = try ShellFolder()
        try folder.write(
            #"""
            {"name": "ticket", "label": {"zh-CN": "工单", "zh-TW": "工單", "en": "Ticket"}, "title_field": "code", "fields": [
              {"name": "code", "type": "auto_number", "label": {"zh-CN": "单号", "zh-TW": "單號", "en": "Code"}},
              {"name": "name", "type": "text", "label": {"zh-CN": "事由", "zh-TW": "事由", "en": "Matter"}}],
             "code_rules": [{"name": "tickets", "field": "code", "pattern": "W-{seq:4}"}]}
            """#,
            to: "small/objects/ticket.json"
        )
        #expect(try ShellRun(["new", "a.crm", "--with", "small"], in: folder).status == 0)
        return folder
    }

    @Test("are listed, looked at without using any up, and set")
    func commands() throws {
        let folder = try company()
        for _ in 0..<2 {
            let next = try ShellRun(["code", "next", "a.crm", "工单.单号"], in: folder)
            #expect(next.output == "ticket.code 的下一个编码：W-0001（序号 1）\n", "\(next.errors)")
        }
        let set = try ShellRun(["code", "set", "a.crm", "ticket.code", "120"], in: folder, language: "en")
        #expect(set.output == "Set ticket.code; its next code: W-0120 (serial 120)\n", "\(set.errors)")
        #expect(try ShellRun(["create", "a.crm", "ticket", "name=x"], in: folder).output.contains("W-0120"))
        let list = try ShellRun(["code", "list", "a.crm", "ticket"], in: folder)
        #expect(list.output.contains("W-0121"), "\(list.errors)")
        let json = try ShellRun(["code", "list", "a.crm", "--json"], in: folder)
        #expect(
            json.output == """
                {"counters":[{"object":"ticket","field":"code","rule":"tickets","scope":[],"period":"","highest":120,\
                "next":121,"code":"W-0121"}]}

                """
        )
    }

    @Test("are not set to what is in use, nor to what is no number, and the words say so")
    func refused() throws {
        let folder = try company()
        #expect(try ShellRun(["create", "a.crm", "ticket", "name=x"], in: folder).status == 0)
        for (words, expected) in [
            (["set", "a.crm", "ticket.code", "1"], "2 或更大"), (["set", "a.crm", "ticket.code", "x"], "「x」"),
            (["next", "a.crm", "ticket"], "customer.code"), (["next", "a.crm", "ticket.name"], "ticket.code"),
        ] {
            let run = try ShellRun(["code"] + words, in: folder)
            #expect(run.status != 0)
            #expect(run.errors.contains(expected), "\(run.errors)")
        }
        #expect(try ShellRun(["code", "next", "a.crm", "ticket.code"], in: folder).output.contains("W-0002"))
    }
}
