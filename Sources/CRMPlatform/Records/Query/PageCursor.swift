import CRMModel

private import struct Foundation.Data

/// The place where a page ended: the sort keys and the number of its last record.
///
/// The next page is found by these values, not by counting, so it costs the same however deep it lies, and records that
/// come or go in between do not shift it.
public struct PageCursor: Sendable, Hashable {
    /// Which object, order and condition the values belong to.
    let order: String
    /// The values of the sort keys, as integers, texts and nulls.
    let keys: [Value]
    /// The number of the last record.
    let id: Int64

    init(order: String, keys: [Value], id: Int64) {
        self.order = order
        self.keys = keys
        self.id = id
    }

    /// The cursor as text that can be handed to a client and back.
    public var token: String {
        var bytes: [UInt8] = Array("\(id);".utf8)
        func append(_ text: String, as kind: String) { bytes += Array("\(kind)\(text.utf8.count):\(text)".utf8) }
        append(order, as: "o")
        for key in keys {
            switch key {
            case .integer(let number): append(String(number), as: "i")
            case .text(let text): append(text, as: "t")
            default: append("", as: "n")
            }
        }
        return Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads a cursor from its text; nil when the text is not one.
    public init?(token: String) {
        guard token.utf8.count <= 100_000 else { return nil }
        var base64 = token.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64), let text = String(validating: data, as: UTF8.self) else {
            return nil
        }
        var rest = text.utf8[...]
        guard let semicolon = rest.firstIndex(of: UInt8(ascii: ";")), let id = Int64(String(rest[..<semicolon]) ?? "")
        else { return nil }
        self.id = id
        rest = rest[rest.index(after: semicolon)...]
        var order: String?
        var keys: [Value] = []
        while let kind = rest.first {
            let digits = rest.dropFirst()
            guard let colon = digits.firstIndex(of: UInt8(ascii: ":")),
                let count = Int(String(digits[..<colon]) ?? ""), (0..<100_000).contains(count),
                let end = rest.index(colon, offsetBy: count + 1, limitedBy: rest.endIndex),
                let content = String(rest[rest.index(after: colon)..<end])
            else { return nil }
            switch kind {
            case UInt8(ascii: "o") where order == nil && keys.isEmpty: order = content
            case UInt8(ascii: "t"): keys.append(.text(content))
            case UInt8(ascii: "n") where content.isEmpty: keys.append(.null)
            case UInt8(ascii: "i"):
                guard let number = Int64(content) else { return nil }
                keys.append(.integer(number))
            default: return nil
            }
            rest = rest[end...]
        }
        guard let order else { return nil }
        self.order = order
        self.keys = keys
    }
}
