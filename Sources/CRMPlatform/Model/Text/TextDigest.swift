/// A short digest of texts in their order, by which what was written is known again; it keeps nothing secret.
package struct TextDigest: Sendable {
    private var sum: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The digest of no text.
    package init() {}

    /// Takes a further text.
    package mutating func add(_ text: String) {
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        sum = (sum ^ 0xFF) &* 0x100_0000_01B3
    }

    /// The digest in digits and small letters.
    ///
    /// - Parameter signs: How many signs, 1…12.
    /// - Returns: So many signs.
    package func text(signs: Int) -> String {
        var mixed = sum
        mixed ^= mixed >> 29
        mixed &*= 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 32
        let range = (0..<signs).reduce(into: UInt64(1)) { product, _ in product *= 36 }
        let digits = String(mixed % range, radix: 36)
        return String(repeating: "0", count: signs - digits.utf8.count) + digits
    }
}
