import Foundation
import Testing

/// The chapters of the guide that build something, typed block by block as a reader would.
@Suite("The guide")
struct GuideTests {
    @Test(
        "every file and command of a chapter works as written",
        arguments: ["01-first-plugin.md", "07-a-vertical.md"]
    )
    func chapter(_ name: String) throws {
        let folder = try ShellFolder()
        let blocks = try GuideChapter(name).blocks
        #expect(blocks.count > 10)
        var output = ""
        for block in blocks {
            switch block.kind {
            case .file(let path): try folder.write(block.text, to: path)
            case .commands:
                let run = try GuideShell.run(block.text, in: folder)
                #expect(run.status == 0, "\(name), line \(block.line): \(run.output)")
                output = run.output
            case .refused:
                let run = try GuideShell.run(block.text, in: folder)
                #expect(run.status != 0, "\(name), line \(block.line) should have been refused: \(run.output)")
                output = run.output
            case .input(let file):
                let run = try GuideShell.run("crm-shell \(file) <<'END'\n\(block.text)END\n", in: folder)
                #expect(run.status == 0, "\(name), line \(block.line): \(run.output)")
                output = run.output
            case .output:
                #expect(
                    GuideShell.matches(output, block.text),
                    "\(name), line \(block.line): said\n\(output)\ninstead of\n\(block.text)"
                )
            }
        }
    }

    @Test("the program of the chapter on embedding is the example of the repository, and says what the chapter shows")
    func embedding() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = tests.appendingPathComponent("../..").standardized
        let page = try String(contentsOfFile: root.path + "/docs/guide/embedding.md", encoding: .utf8)
        let program = try String(contentsOfFile: root.path + "/Examples/Embedding/main.swift", encoding: .utf8)
        let blocks = page.components(separatedBy: "```")
        #expect(blocks[1] == "swift\n" + program)
        let folder = try ShellFolder()
        let process = Process()
        process.executableURL = ShellProcessHandle.executable.deletingLastPathComponent()
            .appendingPathComponent("embedding-example")
        process.arguments = [folder.path + "/company.crm", root.path + "/plugins/sales"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(told == blocks[3].dropFirst("text\n".count))
    }

    @Test("an output that differs is noticed") func differs() {
        #expect(GuideShell.matches("新建 3，失败 0\n", "新建 3，…\n"))
        #expect(!GuideShell.matches("新建 2，失败 0\n", "新建 3，…\n"))
        #expect(!GuideShell.matches("a\nb\n", "a\n"))
    }
}

/// A chapter, cut into the blocks that do something.
private struct GuideChapter {
    /// What a block is.
    enum Kind {
        /// The text of the file named above the block.
        case file(String)
        /// Commands for a terminal (`sh`).
        case commands
        /// Commands of which the last is refused (`sh refused`).
        case refused
        /// Lines for the shell of a company's file (`crm FILE`).
        case input(String)
        /// What the last commands wrote (`text`); `…` stands for anything on a line.
        case output
    }

    /// A block, with the line it begins on.
    struct Block {
        let kind: Kind
        let line: Int
        var text: String
    }

    /// The blocks in order; blocks that do none of the things above are left out.
    private(set) var blocks: [Block] = []

    init(_ name: String) throws {
        let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../docs/guide/"
        )
        let text = try String(contentsOf: guide.appendingPathComponent(name), encoding: .utf8)
        var path: String?
        var open: Block?
        var inside = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if inside {
                    if let block = open { blocks.append(block) }
                    (open, inside, path) = (nil, false, nil)
                } else {
                    open = Self.kind(info: line.dropFirst(3), path: path).map {
                        Block(kind: $0, line: index + 1, text: "")
                    }
                    inside = true
                }
            } else if inside {
                open?.text += line + "\n"
            } else if line.hasPrefix("`"), line.hasSuffix("`"), line.count > 2,
                !line.dropFirst().dropLast().contains("`")
            {
                path = String(line.dropFirst().dropLast())
            } else if !line.isEmpty {
                path = nil
            }
        }
    }

    private static func kind(info: Substring, path: String?) -> Kind? {
        if let path { return .file(path) }
        switch info {
        case "sh": return .commands
        case "sh refused": return .refused
        case "text": return .output
        default: return info.hasPrefix("crm ") ? .input(String(info.dropFirst(4))) : nil
        }
    }
}

/// A terminal in the folder of a test.
enum GuideShell {
    /// Runs commands until the first that fails; the output holds both streams.
    static func run(_ commands: String, in folder: ShellFolder) throws -> (output: String, status: Int32) {
        let beside = ShellProcessHandle.executable.deletingLastPathComponent().path
        let plugins = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../plugins"
        ).path
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-e", "-c", "exec 2>&1\n" + commands]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = [
            "CRM_LANG": "zh-CN", "LC_ALL": "C.UTF-8", "HOME": folder.path, "PATH": "\(beside):/usr/bin:/bin",
            "CRM_PLUGINS": plugins,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
        return (text, process.terminationStatus)
    }

    /// Whether an output is as the guide says, line by line; `…` stands for anything on a line.
    static func matches(_ output: String, _ expected: String) -> Bool {
        let said = lines(output)
        let wanted = lines(expected)
        return said.count == wanted.count
            && zip(said, wanted).allSatisfy { line, pattern in
                let parts = pattern.components(separatedBy: "…")
                guard parts.count > 1 else { return line == pattern }
                guard line.hasPrefix(parts[0]) else { return false }
                var rest = line.dropFirst(parts[0].count)
                for part in parts.dropFirst() where !part.isEmpty {
                    guard let found = rest.range(of: part) else { return false }
                    rest = rest[found.upperBound...]
                }
                return parts.last?.isEmpty == true || rest.isEmpty
            }
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
