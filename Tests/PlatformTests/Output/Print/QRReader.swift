/// A reader of QR symbols of error correction M up to version 10, written from ISO/IEC 18004 and sharing nothing with the
/// encoder: format, mask, path of the modules, blocks, Reed–Solomon syndromes, segments.
struct QRReader {
    enum Problem: Error { case format, version, mode, correction }

    let width: Int
    let modules: [Bool]

    /// The text of the symbol, and the codewords of data and of error correction, block after block.
    func read() throws -> (text: String, data: [UInt8], correction: [UInt8]) {
        let version = (width - 17) / 4
        guard (1...10).contains(version), width == 17 + 4 * version else { throw Problem.version }
        let mask = try maskNumber()
        let stream = codewords(version: version, mask: mask)
        let (sizes, check) = Self.blocks[version - 1]
        // Codewords of data stand interleaved, those of short blocks first at the end; then those of correction.
        var data = sizes.map { _ in [UInt8]() }
        var position = 0
        for place in 0..<(sizes.max() ?? 0) {
            for (block, size) in sizes.enumerated() where place < size {
                data[block].append(stream[position])
                position += 1
            }
        }
        var correction = sizes.map { _ in [UInt8]() }
        for _ in 0..<check {
            for block in sizes.indices {
                correction[block].append(stream[position])
                position += 1
            }
        }
        for block in sizes.indices {
            guard Self.isCodeword(data[block] + correction[block], check: check) else { throw Problem.correction }
        }
        let bytes = data.flatMap { $0 }
        return (try Self.text(of: bytes, version: version), bytes, correction.flatMap { $0 })
    }

    private func isDark(_ row: Int, _ column: Int) -> Bool { modules[row * width + column] }

    /// The mask, from the format beside the upper left finder; it must be one of error correction M.
    private func maskNumber() throws -> Int {
        let places = (0...5).map { (8, $0) } + [(8, 7), (8, 8), (7, 8)] + (0...5).reversed().map { ($0, 8) }
        let read = places.reduce(0) { $0 << 1 | (isDark($1.0, $1.1) ? 1 : 0) } ^ 0b10101_00000_10010
        // The fifteen bits are a BCH code with the generator x¹⁰+x⁸+x⁵+x⁴+x²+x+1.
        var rest = read
        for bit in (10...14).reversed() where rest >> bit & 1 == 1 { rest ^= 0b101_0011_0111 << (bit - 10) }
        guard rest == 0, read >> 13 == 0 else { throw Problem.format }
        return read >> 10 & 7
    }

    private static func isMasked(_ mask: Int, _ i: Int, _ j: Int) -> Bool {
        switch mask {
        case 0: (i + j) % 2 == 0
        case 1: i % 2 == 0
        case 2: j % 3 == 0
        case 3: (i + j) % 3 == 0
        case 4: (i / 2 + j / 3) % 2 == 0
        case 5: i * j % 2 + i * j % 3 == 0
        case 6: (i * j % 2 + i * j % 3) % 2 == 0
        default: ((i + j) % 2 + i * j % 3) % 2 == 0
        }
    }

    private func isFunction(_ row: Int, _ column: Int, version: Int) -> Bool {
        let last = width - 1
        if row <= 8, column <= 8 || column >= last - 7 { return true }
        if row >= last - 7, column <= 8 { return true }
        if row == 6 || column == 6 { return true }
        if version >= 7, (row < 6 && column >= last - 10) || (column < 6 && row >= last - 10) { return true }
        let centres = Self.alignments[version - 1]
        for y in centres {
            for x in centres where abs(row - y) <= 2 && abs(column - x) <= 2 {
                // None stands where a finder does.
                let atFinder = (y == 6 && (x == 6 || x == last - 6)) || (y == last - 6 && x == 6)
                if !atFinder { return true }
            }
        }
        return false
    }

    private func codewords(version: Int, mask: Int) -> [UInt8] {
        var bits: [Bool] = []
        var upwards = true
        var right = width - 1
        while right > 0 {
            if right == 6 { right -= 1 }
            for step in 0..<width {
                let row = upwards ? width - 1 - step : step
                for column in [right, right - 1] where !isFunction(row, column, version: version) {
                    bits.append(isDark(row, column) != Self.isMasked(mask, row, column))
                }
            }
            upwards.toggle()
            right -= 2
        }
        return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }

    /// Whether the polynomial has the roots 2⁰ … 2^(check-1) in GF(2⁸) modulo x⁸+x⁴+x³+x²+1.
    private static func isCodeword(_ word: [UInt8], check: Int) -> Bool {
        func times(_ a: Int, _ b: Int) -> Int {
            var (a, b, product) = (a, b, 0)
            while b > 0 {
                if b & 1 == 1 { product ^= a }
                a <<= 1
                if a > 255 { a ^= 0x11D }
                b >>= 1
            }
            return product
        }
        var root = 1
        for _ in 0..<check {
            if word.reduce(0, { times($0, root) ^ Int($1) }) != 0 { return false }
            root = times(root, 2)
        }
        return true
    }

    private static func text(of data: [UInt8], version: Int) throws -> String {
        var position = 0
        func take(_ count: Int) -> Int {
            var value = 0
            for _ in 0..<count {
                value = value << 1 | (position / 8 < data.count ? Int(data[position / 8] >> (7 - position % 8)) & 1 : 0)
                position += 1
            }
            return value
        }
        let isSmall = version < 10
        let alphanumeric = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)
        var bytes: [UInt8] = []
        while position + 4 <= data.count * 8 {
            switch take(4) {
            case 0: return String(decoding: bytes, as: UTF8.self)
            case 1:
                var count = take(isSmall ? 10 : 12)
                while count > 0 {
                    let digits = min(count, 3)
                    let text = String(take([0, 4, 7, 10][digits]))
                    bytes += Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
                    count -= digits
                }
            case 2:
                var count = take(isSmall ? 9 : 11)
                while count > 1 {
                    let pair = take(11)
                    bytes += [alphanumeric[pair / 45], alphanumeric[pair % 45]]
                    count -= 2
                }
                if count == 1 { bytes.append(alphanumeric[take(6)]) }
            case 4:
                for _ in 0..<take(isSmall ? 8 : 16) { bytes.append(UInt8(take(8))) }
            case 7:
                // ECI 26 is UTF-8.
                guard take(8) == 26 else { throw Problem.mode }
            default: throw Problem.mode
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The codewords of data in each block, and those of correction in each, for M.
    private static let blocks: [([Int], Int)] = [
        ([16], 10), ([28], 16), ([44], 26), ([32, 32], 18), ([43, 43], 24), ([27, 27, 27, 27], 16),
        ([31, 31, 31, 31], 18), ([38, 38, 39, 39], 22), ([36, 36, 36, 37, 37], 22), ([43, 43, 43, 43, 44], 26),
    ]

    private static let alignments: [[Int]] = [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
    ]
}
