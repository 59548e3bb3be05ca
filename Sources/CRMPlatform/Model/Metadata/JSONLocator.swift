/// A step on the way from the root of a JSON document to a value in it.
enum JSONPathStep: Hashable {
    case key(String)
    case index(Int)
}

/// Finds the line of a value in the text of a document that has been parsed already.
///
/// Metadata is read as values without places; only when there is something to complain about is the text walked again.
struct JSONLocator {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The line, 1 and up, on which the value at `path` starts; the line of the nearest parent when there is none.
    static func line(of path: [JSONPathStep], in bytes: [UInt8]) -> Int {
        var locator = JSONLocator(bytes)
        locator.skipBlanks()
        for step in path {
            guard locator.enter(step) else { break }
        }
        return bytes[..<min(locator.position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    }

    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipBlanks() {
        while position < bytes.count, current == 0x20 || current == 0x0A || current == 0x0D || current == 0x09 {
            position += 1
        }
    }

    /// Moves to the value that `step` leads to; stays in front of the container when there is none.
    private mutating func enter(_ step: JSONPathStep) -> Bool {
        let start = position
        let isObject = current == UInt8(ascii: "{")
        guard isObject || current == UInt8(ascii: "[") else { return false }
        position += 1
        var index = 0
        while position < bytes.count {
            skipBlanks()
            if current == UInt8(ascii: "}") || current == UInt8(ascii: "]") { break }
            var found = false
            if isObject {
                let keyStart = position
                skipString()
                if case .key(let key) = step { found = matches(key, from: keyStart + 1, to: position - 1) }
                if found {
                    position = keyStart
                    return moveToValue()
                }
                skipBlanks()
                position += 1
                skipBlanks()
            } else if case .index(index) = step {
                return true
            }
            skipValue()
            skipBlanks()
            if current == UInt8(ascii: ",") { position += 1 }
            index += 1
        }
        position = start
        return false
    }

    private mutating func moveToValue() -> Bool {
        skipString()
        skipBlanks()
        position += 1
        skipBlanks()
        return true
    }

    private func matches(_ key: String, from start: Int, to end: Int) -> Bool {
        start <= end && bytes[start..<end].elementsEqual(key.utf8)
    }

    private mutating func skipString() {
        position += 1
        while position < bytes.count, current != UInt8(ascii: "\"") {
            position += current == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func skipValue() {
        var depth = 0
        while position < bytes.count {
            switch current {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                position += 1
            case UInt8(ascii: ",") where depth == 0:
                return
            default:
                position += 1
            }
            if depth == 0, position < bytes.count, current == UInt8(ascii: ",") { return }
        }
    }
}
