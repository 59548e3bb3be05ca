import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Every door, for everybody: what must be there, and what must not.
@Suite("Doors and roles", .tags(.slow))
struct DoorMatrixTests {
    @Test("show the seller what is his, and nothing of anything else", arguments: Door.allCases)
    func seller(door: Door) throws {
        let office = try SalesOffice()
        let expected = door.expectation
        let before = try TableDigest(file: office.platform.path)
        let answer = DoorAnswer(office: office, role: .seller).text(door)
        for text in expected.seller { #expect(answer.contains(text), "\(door) lacks \(text):\n\(answer)") }
        for text in DoorExpectation.never + expected.absent where !expected.typed.contains(text) {
            #expect(!answer.contains(text), "\(door) tells \(text):\n\(answer)")
        }
        if answer.hasPrefix("error "), door != .idempotency {
            let after = try TableDigest(file: office.platform.path)
            #expect(after == before, "\(door) was refused and has changed the file")
        }
    }

    @Test("show the administrator everything", arguments: Door.allCases)
    func administrator(door: Door) throws {
        let answer = DoorAnswer(office: try SalesOffice(), role: .administrator).text(door)
        for text in door.expectation.administrator {
            #expect(answer.contains(text), "\(door) lacks \(text):\n\(answer)")
        }
    }

    @Test("show nothing at all to those who have no right", arguments: Door.allCases)
    func stranger(door: Door) throws {
        let office = try SalesOffice()
        let expected = door.expectation
        let answer = DoorAnswer(office: office, role: .stranger).text(door)
        for text in DoorExpectation.never + DoorExpectation.strangers + expected.absent
        where !expected.typed.contains(text) && text != "secret" && text != "customer/1" && text != "contact" {
            #expect(!answer.contains(text), "\(door) tells \(text):\n\(answer)")
        }
    }

    @Test("say the same to those who may do everything, though they are asked", arguments: Door.allCases)
    func whole(door: Door) throws {
        guard door.expectation.isSameForWhole else { return }
        let answers = try [OfficeRole.administrator, .whole].map { role in
            DoorAnswer(office: try SalesOffice(), role: role).text(door)
                .replacing(#/(created_by|updated_by)=\d+/#) { "\($0.output.1)=…" }
                .replacing(#/(create|update|delete) [15] /#) { "\($0.output.1) … " }
                .replacing(#/@[0-9a-z]{8}/#, with: "@…")
                .replacing(#/[0-9.]+ (秒|s)/#) { "… \($0.output.1)" }
                // Tables of scripts have no order.
                .split(separator: "\n").sorted()
        }
        #expect(answers[0] == answers[1])
    }
}
