import CRMModel
import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMStorage

/// Where a store is, as it is written.
@Suite struct StoreFactoryTests {
    @Test("a path is a file, and so is an address of one")
    func files() throws {
        #expect(try StoreFactory.path(of: "a.crm") == "a.crm")
        #expect(try StoreFactory.path(of: "/tmp/a b.crm") == "/tmp/a b.crm")
        #expect(try StoreFactory.path(of: "file:///tmp/a%20b.crm") == "/tmp/a b.crm")
        #expect(try StoreFactory.path(of: "FILE:///tmp/a.crm") == "/tmp/a.crm")
        #expect(try StoreFactory.path(of: "file:x") == "file:x")
    }

    @Test(
        "a server is refused in words, without what else stands in its address",
        arguments: ["postgres", "PostgreSQL"]
    )
    func servers(scheme: String) {
        let place = scheme + "://crm:secret@db.example/company"
        let errors = [
            #expect(throws: PlatformError.self) { try Platform.open(at: place) },
            #expect(throws: PlatformError.self) { try Platform.create(at: place) },
            #expect(throws: PlatformError.self) { try NewCompany(at: place) },
        ]
        for error in errors {
            #expect(error?.code == .invalidInput)
            let text = error?.text(in: .en) ?? ""
            #expect(text.contains(scheme.lowercased() + "://"))
            #expect(!text.contains("secret"))
        }
    }

    @Test("a company is made and opened by its address")
    func address() throws {
        let folder = try ScratchFolder()
        let address = URL(fileURLWithPath: folder.path + "/shop one.crm").absoluteString
        try Platform.create(at: address).close()
        #expect(FileManager.default.fileExists(atPath: folder.path + "/shop one.crm"))
        let platform = try Platform.open(at: address)
        #expect(platform.path == folder.path + "/shop one.crm")
        try platform.close()
    }
}
