internal import CRMModel

/// What every HTML page of the platform's prints and reports begins with.
enum HTMLPage {
    /// Lets a page show itself and pictures that it holds, and nothing else: no script, no request to anybody.
    static let policy = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
        """

    private static let start = "<meta charset=\"utf-8\">\n\(policy)\n"

    /// A whole page with the policy, around what a template wrote.
    ///
    /// The finished page is judged, whatever templates and data it came from. A template that is a whole page keeps its own
    /// head, with the policy before everything else in it.
    ///
    /// - Throws: `PlatformError` `invalidInput` that names the line of the page, when it holds what may not be there.
    static func document(
        _ body: String,
        title: String,
        language: Language
    ) throws(PlatformError) -> String {
        let bytes = Array(body.utf8)
        var check = HTMLCheck(bytes)
        if let (message, offset) = check.problem() {
            let line = bytes[..<offset].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            throw PlatformError(
                .invalidInput,
                Message(
                    .templateFault,
                    [
                        "template": .text(title),
                        "problem": .message(
                            Message(.markupPageLine, ["line": "\(line)", "problem": .message(message)])
                        ),
                    ]
                ),
                context: ErrorContext(file: title)
            )
        }
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        func rest(from place: Int) -> String {
            guard let charset = check.charset, charset.lowerBound >= place else { return text(place..<bytes.count) }
            return text(place..<charset.lowerBound) + text(charset.upperBound..<bytes.count)
        }
        switch check.head {
        case .behind(let place):
            return text(0..<place) + "\n" + start + rest(from: place)
        case .made(let place):
            return text(0..<place) + "\n<head>\n\(start)<title>\(HTMLText.escaped(title))</title>\n</head>\n"
                + rest(from: place)
        case .none:
            return """
                <!DOCTYPE html>
                <html lang="\(language.rawValue)">
                <head>
                \(start)<title>\(HTMLText.escaped(title))</title>
                </head>
                <body>
                \(body)
                </body>
                </html>

                """
        }
    }
}
