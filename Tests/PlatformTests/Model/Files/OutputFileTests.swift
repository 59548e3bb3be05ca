import CRMPlatform
import Foundation
import TestSupport
import Testing

@Suite("Files that commands make")
struct OutputFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path(name)))) ?? Data(), as: UTF8.self)
    }

    private func mode(_ name: String) -> mode_t {
        var status = stat()
        return lstat(path(name), &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func company(_ name: String) throws {
        try Platform.create(at: path(name)).close()
    }

    @Test("A file appears when it is published, for its owner alone, and nothing else is left")
    func published() throws {
        let file = try OutputFile(path("out.csv"))
        try file.write(Array("a,b\n".utf8))
        #expect(!FileManager.default.fileExists(atPath: path("out.csv")))
        try file.publish()
        #expect(text("out.csv") == "a,b\n")
        #expect(mode("out.csv") == 0o600)
        #expect(names == ["out.csv"])
    }

    @Test("A file that is let go leaves nothing")
    func letGo() throws {
        do {
            let file = try OutputFile(path("out.csv"))
            try file.write([1])
            #expect(names.count == 1)
        }
        #expect(names.isEmpty)
    }

    @Test("What is there stays until somebody says otherwise, and then keeps its rights")
    func overwriting() throws {
        try folder.write("mine", to: "out.csv")
        chmod(path("out.csv"), 0o640)
        let refusal = #expect(throws: PlatformError.self) {
            try OutputFile.write([1], to: path("out.csv"))
        }
        #expect(refusal?.code == .alreadyExists)
        #expect(refusal?.message.text(in: .en).contains("--force") == true)
        #expect(text("out.csv") == "mine")
        try OutputFile.write(Array("new".utf8), to: path("out.csv"), overwriting: .always)
        #expect(text("out.csv") == "new")
        #expect(mode("out.csv") == 0o640)
        #expect(names == ["out.csv"])
    }

    @Test("A file of the same kind may be replaced, another one not")
    func ownKind() throws {
        let isOwn = Overwriting.when { $0.starts(with: "#mine".utf8) }
        try folder.write("#mine 1", to: "a.txt")
        try folder.write("letter", to: "b.txt")
        try OutputFile.write(Array("#mine 2".utf8), to: path("a.txt"), overwriting: isOwn)
        #expect(text("a.txt") == "#mine 2")
        #expect(throws: PlatformError.self) { try OutputFile.write([1], to: path("b.txt"), overwriting: isOwn) }
        #expect(text("b.txt") == "letter")
    }

    @Test("What comes to stand there meanwhile is not overwritten")
    func meanwhile() throws {
        let file = try OutputFile(path("out.csv"))
        try folder.write("theirs", to: "out.csv")
        #expect(throws: PlatformError.self) { try file.publish() }
        #expect(text("out.csv") == "theirs")
    }

    @Test("A company, its copies, its links and the names of its log and lock are never outputs")
    func companies() throws {
        try company("a.crm")
        try company("b")
        link(path("a.crm"), path("hard.csv"))
        symlink(path("a.crm"), path("soft.csv"))
        let before = try Data(contentsOf: URL(fileURLWithPath: path("a.crm")))
        let places = [
            "a.crm", "b", "hard.csv", "soft.csv", "a.crm-wal", "a.crm-shm", "a.crm-journal", "a.crm-lock", "b-wal",
            "b.crm-lock", "a.crm.crm-new", "soft.csv-wal",
        ]
        for place in places {
            let refusal = #expect(throws: PlatformError.self, "\(place)") {
                try OutputFile.write([1], to: path(place), overwriting: .always)
            }
            #expect(refusal?.code == .invalidInput, "\(place)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path("a.crm"))) == before)
        #expect(!names.contains("a.crm-wal"))
    }

    @Test("What is read is not written, by whatever name")
    func inputs() throws {
        try folder.write("x\n1\n", to: "in.csv")
        link(path("in.csv"), path("hard.csv"))
        symlink("in.csv", path("soft.csv"))
        for place in ["in.csv", "hard.csv", "soft.csv", "./in.csv"] {
            #expect(throws: PlatformError.self, "\(place)") {
                try OutputFile.write([1], to: path(place), overwriting: .always, reading: [path("in.csv")])
            }
        }
        #expect(text("in.csv") == "x\n1\n")
    }

    @Test("Folders, devices, pipes and links to nothing are refused and stay what they are")
    func otherKinds() throws {
        mkfifo(path("pipe"), 0o600)
        symlink(path("nothing"), path("dangling"))
        mkdir(path("sub"), 0o700)
        for place in [
            path("pipe"), path("dangling"), path("sub"), path("sub/"), "/dev/null", path("no/such/a.csv"), "",
        ] {
            #expect(throws: PlatformError.self, "\(place)") {
                try OutputFile.write([1], to: place, overwriting: .always)
            }
        }
        #expect(names == ["dangling", "pipe", "sub"])
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test("A link to a file that may be overwritten stays a link")
    func throughLink() throws {
        mkdir(path("sub"), 0o700)
        try folder.write("old", to: "sub/real.csv")
        symlink("sub/real.csv", path("latest.csv"))
        try OutputFile.write(Array("new".utf8), to: path("latest.csv"), overwriting: .always)
        #expect(text("sub/real.csv") == "new")
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: path("latest.csv"))) == "sub/real.csv")
    }
}
