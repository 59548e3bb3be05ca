import Foundation
import Testing

/// What `export` writes is what the name of the file says.
@Suite("Exports in the shell")
struct ExportTests {
    private func company() throws -> ShellFolder {
        let folder = try ShellFolder()
        #expect(try ShellRun(["new", "a.crm", "--with", "small"], in: folder).status == 0)
        #expect(try ShellRun(["create", "a.crm", "customer", "名称=甲", "等级=重点"], in: folder).status == 0)
        return folder
    }

    @Test(
        "the ending says the form, in any case",
        arguments: [
            ("x.xlsx", "PK"), ("X.XLSX", "PK"), ("x.csv", "\u{FEFF}name,grade"), ("x.json", "["), ("x.jsonl", "{"),
        ]
    )
    func endings(name: String, start: String) throws {
        let folder = try company()
        let run = try ShellRun(["export", "a.crm", "customer", "-o", name], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try folder.read(name).hasPrefix(start))
    }

    @Test(
        "another ending, none, or one that differs from the format is refused with those there are, and nothing is written",
        arguments: [
            ["-o", "x.pdf"], ["-o", "x"], ["-o", "x.xls"], ["--format", "csv", "-o", "x.xlsx"], ["--format", "pdf"],
        ]
    )
    func refused(words: [String]) throws {
        let folder = try company()
        let run = try ShellRun(["export", "a.crm", "customer"] + words, in: folder)
        #expect(run.status != 0)
        #expect(run.errors.contains("xlsx"))
        #expect(run.output.isEmpty)
        #expect(throws: (any Error).self) { try folder.read(words.last ?? "") }
    }

    @Test("labels, chosen fields, standard output and JSON")
    func forms() throws {
        let folder = try company()
        let labels = try ShellRun(
            ["export", "a.crm", "customer", "--labels", "--fields", "等级,name", "-o", "-"],
            in: folder
        )
        #expect(labels.output == "\u{FEFF}等级,名称\r\n重点,甲\r\n")
        let json = try ShellRun(["export", "a.crm", "customer", "--fields", "name", "--json"], in: folder)
        #expect(json.output == "[\n{\"id\":1,\"name\":\"甲\"}\n]\n")
        let dotted = try ShellRun(["open", "a.crm"], in: folder, input: ".export customer --labels -o l.csv\n.quit\n")
        #expect(dotted.status == 0)
        #expect(try folder.read("l.csv").hasPrefix("\u{FEFF}名称,等级,[record]\r\n甲,重点,customer/1 v1 "))
        let wrong = try ShellRun(["export", "a.crm", "customer", "--fields", "nmae"], in: folder)
        #expect(wrong.status != 0)
    }
}
