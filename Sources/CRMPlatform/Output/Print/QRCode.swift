internal import CQrencode
internal import CRMModel

/// A QR code: the dark and light modules of a text, and their drawing.
struct QRCode {
    /// How many bytes of UTF-8 a code takes at most; the greatest symbol holds a few more.
    static let maximumBytes = 2300

    /// The blank modules around a symbol, as the standard asks for.
    static let quietZone = 4

    /// The modules on each side, without the quiet zone.
    let width: Int

    /// The modules row by row, true for dark.
    let modules: [Bool]

    /// Encodes a text with error correction M, in the smallest symbol that holds it.
    ///
    /// Text beyond ASCII is UTF-8 and says so (ECI 26), so that readers need not guess.
    ///
    /// Nil when the text is empty or longer than ``maximumBytes``.
    init?(_ text: String) {
        let bytes = Array(text.utf8.filter { $0 != 0 })
        guard !bytes.isEmpty, bytes.count <= Self.maximumBytes, let code = Self.encode(bytes) else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { return nil }
        modules = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    private static func encode(_ bytes: [UInt8]) -> UnsafeMutablePointer<QRcode>? {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            // The library chooses digits, capitals or bytes for each part.
            return (bytes + [0]).withUnsafeBytes { buffer in
                QRcode_encodeString(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                    0,
                    QR_ECLEVEL_M,
                    QR_MODE_8,
                    1
                )
            }
        }
        guard let input = QRinput_new2(0, QR_ECLEVEL_M) else { return nil }
        defer { QRinput_free(input) }
        guard QRinput_appendECIheader(input, 26) == 0,
            QRinput_append(input, QR_MODE_8, Int32(bytes.count), bytes) == 0
        else { return nil }
        return QRcode_encodeInput(input)
    }

    /// The code as an `svg` element with its quiet zone, sharp at every size.
    ///
    /// In an HTML page it is 30 mm wide unless the page's style says otherwise (class `qr`); in an SVG page it fills the
    /// `svg` element around it.
    ///
    /// - Parameters:
    ///   - title: What readers of the screen say.
    ///   - format: The form of the page.
    /// - Returns: The element, on one line.
    func svg(title: String, in format: PageFormat) -> String {
        let side = width + 2 * Self.quietZone
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard modules[row * width + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, modules[row * width + column] { column += 1 }
                path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
            }
        }
        let size = format == .html ? "30mm" : "100%"
        // The drawing becomes a part of a template, in which braces have a meaning.
        let title = HTMLText.escaped(title).replacing("{", with: "&#123;")
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" viewBox=\"0 0 \(side) \(side)\""
            + " width=\"\(size)\" height=\"\(size)\" role=\"img\" shape-rendering=\"crispEdges\">"
            + "<title>\(title)</title><path fill=\"#fff\" d=\"M0 0h\(side)v\(side)H0z\"/>"
            + "<path fill=\"#000\" d=\"\(path)\"/></svg>"
    }
}
