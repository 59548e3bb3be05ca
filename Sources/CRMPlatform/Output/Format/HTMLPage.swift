internal import CRMModel

/// What every HTML page of the platform's prints and reports begins with.
enum HTMLPage {
    /// Lets a page show itself and pictures that it holds, and nothing else: no script, no request to anybody.
    static let policy = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
        """

    /// The rest of a template's page without the first saying of its character set, which stands before it already.
    private static func withoutCharset(_ rest: Substring) -> Substring {
        let charset = #/\s*<meta\s+charset\s*=\s*["']?[\w\-]+["']?\s*\/?>/#.ignoresCase()
        guard let found = rest.prefix(2048).firstMatch(of: charset) else { return rest }
        return rest[..<found.range.lowerBound] + rest[found.range.upperBound...]
    }

    /// A whole page with the policy, around what a template wrote.
    ///
    /// A template that is a whole page keeps its own head, with the policy before everything else in it.
    static func document(_ body: String, title: String, language: Language) -> String {
        let head = "<meta charset=\"utf-8\">\n\(policy)\n"
        let start = body.prefix(4096).lowercased()
        if start.utf8.count == body.prefix(4096).utf8.count, let place = start.firstRange(of: "<head>") {
            let offset = start.utf8.distance(from: start.startIndex, to: place.upperBound)
            let index = body.utf8.index(body.startIndex, offsetBy: offset)
            return body[..<index] + "\n" + head + withoutCharset(body[index...])
        }
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            \(head)<title>\(HTMLText.escaped(title))</title>
            </head>
            <body>
            \(body)
            </body>
            </html>

            """
    }
}
