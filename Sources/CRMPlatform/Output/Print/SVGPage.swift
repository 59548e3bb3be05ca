internal import CRMModel

/// A finished SVG page.
///
/// An SVG file has no policy that would forbid scripts to it, so the finished file is read as strictly as XML is, and
/// refused when it holds anything but a drawing.
enum SVGPage {
    /// The first line of every file: a template's own is left out, so that nothing is read in another encoding.
    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// The file around what a template wrote.
    ///
    /// - Throws: `PlatformError` `invalidInput` that names the line of the page.
    static func document(_ body: String, name: String) throws(PlatformError) -> String {
        var drawing = body.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if drawing.hasPrefix("<?xml "), let end = drawing.firstRange(of: "?>") {
            drawing = drawing[end.upperBound...].drop { $0.isWhitespace }
        }
        var check = SVGCheck(Array(drawing.utf8))
        guard let (message, offset) = check.problem() else { return declaration + drawing }
        let place = drawing.utf8.index(drawing.startIndex, offsetBy: offset)
        let line = body.utf8[..<place].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        throw PlatformError(
            .invalidInput,
            Message(
                .templateFault,
                [
                    "template": .text(name),
                    "problem": .message(
                        Message(.markupPageLine, ["line": "\(line)", "problem": .message(message)])
                    ),
                ]
            ),
            context: ErrorContext(file: name)
        )
    }
}

/// Reads a finished SVG file.
private struct SVGCheck {
    private let bytes: [UInt8]
    private var open: [String] = []
    private var hasRoot = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first thing that is wrong, nil when nothing is.
    mutating func problem() -> MarkupRules.Problem? {
        var reader = MarkupReader(bytes, isTemplate: false)
        var last = 0
        while let (token, offset) = reader.next() {
            last = offset
            if let message = message(token) { return (message, offset) }
        }
        if let name = open.last { return (Message(.markupNotClosed, ["name": .text(name)]), last) }
        return hasRoot ? nil : (Message(.markupRoot), 0)
    }

    private mutating func message(_ token: MarkupReader.Token) -> Message? {
        switch token {
        case .open(let name, let attributes, let isClosed):
            if open.isEmpty {
                let isDrawing = attributes.contains { $0.name == "xmlns" && $0.value == "http://www.w3.org/2000/svg" }
                guard name == "svg", isDrawing, !hasRoot else { return Message(.markupRoot) }
                hasRoot = true
            }
            if !isClosed { open.append(name) }
            guard MarkupRules.allows(element: name, .svg) else {
                return Message(.markupElement, ["name": .text(TextLimits.prefix(name, characters: 40))])
            }
            var names: Set<String> = []
            for attribute in attributes {
                guard attribute.isQuoted, !attribute.name.isEmpty, names.insert(attribute.name).inserted,
                    !attribute.value.utf8.contains(UInt8(ascii: "<"))
                else {
                    return Message(.markupAttribute, ["name": .text(TextLimits.prefix(attribute.name, characters: 40))])
                }
                if let reference = Self.wrongReference(attribute.value.utf8) {
                    return Message(.markupReference, ["name": .text(reference)])
                }
                if let problem = MarkupRules.problem(of: attribute, element: name, .svg) { return problem }
            }
            return nil
        case .close(let name):
            guard open.popLast() == name else { return Message(.markupNotClosed, ["name": .text(name)]) }
            return nil
        case .text(let range):
            let text = bytes[range]
            if open.isEmpty { return text.allSatisfy { $0 <= 0x20 } ? nil : Message(.markupRoot) }
            if open.last == "style" {
                let style = String(decoding: text, as: UTF8.self)
                if style.contains("<") || style.contains("&") { return Message(.markupStyle, ["text": "<"]) }
                return MarkupRules.problem(ofStyle: style)
            }
            return Self.wrongReference(text).map { Message(.markupReference, ["name": .text($0)]) }
        case .declaration(let word):
            return Message(.markupElement, ["name": .text(word)])
        case .broken:
            return Message(.markupBroken)
        }
    }

    /// The first reference that XML does not have by itself.
    private static func wrongReference(_ text: some Collection<UInt8>) -> String? {
        for piece in text.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).dropFirst() {
            let name = String(decoding: piece.prefix { $0 != UInt8(ascii: ";") }.prefix(16), as: UTF8.self)
            let isKnown = ["lt", "gt", "amp", "quot", "apos"].contains(name)
            let isNumber = name.firstMatch(of: /^#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7})$/) != nil
            guard piece.count > name.utf8.count, isKnown || isNumber else { return "&" + name }
        }
        return nil
    }
}
