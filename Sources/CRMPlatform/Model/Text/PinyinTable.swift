/// The readings of Han characters, read in place from generated literals; nothing is unpacked but the list of syllables.
///
/// A number of the tables is two digits of base 91: the printable signs of ASCII without `"`, `\` and `#`.
enum PinyinTable {
    /// The numbers of a character's syllables, the commonest first; empty when it has none.
    static func syllables(of scalar: Unicode.Scalar) -> [Int] {
        let value = Int(scalar.value)
        let first: Int
        switch value {
        case 0x4E00..<0x7700: first = number(in: basicFront, at: value - 0x4E00)
        case 0x7700...0x9FFF: first = number(in: basicBack, at: value - 0x7700)
        case 0x3400...0x4DBF: first = number(in: extended, at: value - 0x3400)
        case 0x3007: return ling.map { [$0] } ?? []
        default: return []
        }
        guard first > 0 else { return [] }
        guard let others = further[UInt32(value)] else { return [first] }
        return [first] + others
    }

    /// The letters of a syllable.
    static func spelling(of syllable: Int) -> Substring.UTF8View {
        spellings.indices.contains(syllable) ? spellings[syllable] : Substring().utf8
    }

    private static let spellings: [Substring.UTF8View] = {
        let all = names.description.split(separator: " ").map(\.utf8)
        return [Substring().utf8] + all
    }()

    // 〇 stands outside the blocks of characters.
    private static let ling = spellings.firstIndex { $0.elementsEqual("ling".utf8) }

    private static let further: [UInt32: [Int]] = {
        var result: [UInt32: [Int]] = [:]
        let end = more.utf8CodeUnitCount / 2
        var position = 0
        while position + 3 <= end {
            let value = 0x3400 + number(in: more, at: position) << 7 + number(in: more, at: position + 1)
            let count = number(in: more, at: position + 2)
            position += 3
            guard position + count <= end else { break }
            result[UInt32(value)] = (position..<position + count).map { number(in: more, at: $0) }
            position += count
        }
        return result
    }()

    /// The number at a place of a table; 0 beyond its end.
    private static func number(in table: StaticString, at place: Int) -> Int {
        guard table.hasPointerRepresentation, 2 * place + 1 < table.utf8CodeUnitCount else { return 0 }
        let digits = table.utf8Start + 2 * place
        return digit(digits[0]) * 91 + digit(digits[1])
    }

    private static func digit(_ byte: UInt8) -> Int {
        switch byte {
        case 33: 0
        case 36..<92: Int(byte) - 35
        default: Int(byte) - 36
        }
    }
}
