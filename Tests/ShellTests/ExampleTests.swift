import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

/// What help and guide show as examples, typed on files with the solutions that come with the platform.
@Suite("Examples")
struct ExampleTests {
    private static func pages(_ page: CommandPage) -> [CommandPage] { [page] + page.subcommands.flatMap(pages) }

    /// What people are shown to type as a condition, in every language.
    private static var conditions: [String] {
        Language.allCases.compactMap { language in
            MessageKey.helpExpression.template.text(in: language).firstMatch(of: /"(.+)"/).map { String($0.output.1) }
        }
    }

    @Test("every example in the help of a command works on a file with the demonstration of sales")
    func help() throws {
        let folder = try ShellFolder()
        let made = try GuideShell.run("crm-shell new sales.crm --with sales --demo", in: folder)
        try #require(made.status == 0, "\(made.output)")
        var count = 0
        for page in Self.pages(.root) where !page.examples.isEmpty {
            let makesFile = page.examples.contains { $0.contains(" new ") }
            if !makesFile { _ = try GuideShell.run("cp sales.crm demo.crm", in: folder) }
            for example in page.examples {
                let run = try GuideShell.run(example, in: folder)
                #expect(run.status == 0, "\(example): \(run.output)")
                count += 1
            }
            _ = try GuideShell.run("rm -f demo.crm* empty.crm* *.csv *.html", in: folder)
        }
        #expect(count >= 25)
        try #require(Self.conditions.count == 3)
        for condition in Self.conditions {
            let run = try GuideShell.run("crm-shell count sales.crm customer \"\(condition)\"", in: folder)
            #expect(run.status == 0, "\(condition): \(run.output)")
        }
    }

    @Test(
        "the queries of the guide work on a file with the solutions",
        arguments: ["04-expressions.md", "05-import-export.md"]
    )
    func guide(_ name: String) throws {
        let folder = try ShellFolder()
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let solutions = try FileManager.default.contentsOfDirectory(atPath: root.path + "/plugins")
            .filter { !$0.hasPrefix("_") && !$0.hasPrefix(".") }.sorted().joined(separator: ",")
        let made = try GuideShell.run("crm-shell new work.crm --with \(solutions)", in: folder)
        try #require(made.status == 0, "\(made.output)")
        let text = try String(contentsOfFile: root.path + "/docs/guide/\(name)", encoding: .utf8)
        let lines = text.split(separator: "\n").filter {
            $0.contains(#/^crm-shell (find|count|export) work\.crm /#)
        }
        #expect(lines.count >= 2)
        for line in lines {
            let run = try GuideShell.run(String(line), in: folder)
            #expect(run.status == 0, "\(line): \(run.output)")
        }
    }
}
