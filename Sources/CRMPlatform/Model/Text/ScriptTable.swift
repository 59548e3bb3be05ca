/// Simplified and traditional characters as one: each class of variants has one character that stands for it.
///
/// The pairs come from Unihan and lie in generated literals. The choice is free of context: 后 and 後, 干, 乾 and 幹 are
/// one, so texts in either script meet, and a few names that only context tells apart meet too.
enum ScriptTable {
    private static let first: UInt32 = 0x3400

    /// The character that stands for each place from U+3400 to U+9FFF, 0 where it is the character itself.
    private static let standing: [UInt16] = {
        var result = [UInt16](repeating: 0, count: 0xA000 - Int(first))
        for table in [pairsFront, pairsBack] {
            var key: UInt32?
            for scalar in table.description.unicodeScalars {
                if let place = key {
                    result[Int(place - first)] = UInt16(truncatingIfNeeded: scalar.value)
                    key = nil
                } else if (first..<0xA000).contains(scalar.value) {
                    key = scalar.value
                }
            }
        }
        return result
    }()

    /// Whether a character from U+4E00 to U+9FFF stands for itself; false for all others.
    static func isOneForm(_ value: UInt32) -> Bool {
        0x4E00..<0xA000 ~= value && standing[Int(value - first)] == 0
    }

    /// The character that stands for `scalar` in both scripts; `scalar` itself when it has no variants.
    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value >= first, scalar.value < 0xA000 else { return scalar }
        let value = standing[Int(scalar.value - first)]
        return value == 0 ? scalar : Unicode.Scalar(value) ?? scalar
    }
}
