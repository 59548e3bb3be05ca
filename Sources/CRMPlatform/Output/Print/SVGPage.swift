internal import CRMModel

/// A finished SVG page.
///
/// An SVG file has no policy that would forbid scripts to it, so the finished file is read as strictly as XML is, and
/// refused when it holds anything but a drawing.
enum SVGPage {
    /// The file around what a template wrote.
    ///
    /// - Throws: `PlatformError` `invalidInput` that names the line of the page.
    static func document(_ body: String, name: String) throws(PlatformError) -> String {
        let start = body.firstIndex { !$0.isWhitespace } ?? body.endIndex
        let text = String(body[start...])
        let whole = text.hasPrefix("<?xml") ? text : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text
        var check = SVGCheck(Array(text.utf8))
        guard let (message, offset) = check.problem() else { return whole }
        let line =
            body[..<start].utf8.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            + text.utf8.prefix(offset).reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
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
            if let message = message(token, offset) { return (message, offset) }
        }
        if let name = open.last { return (Message(.markupNotClosed, ["name": .text(name)]), last) }
        return hasRoot ? nil : (Message(.markupRoot), 0)
    }

    private mutating func message(_ token: MarkupReader.Token, _ offset: Int) -> Message? {
        switch token {
        case .open(let name, let attributes, let isClosed):
            if open.isEmpty {
                let isDrawing = attributes.contains { $0.name == "xmlns" && $0.value == "http://www.w3.org/2000/svg" }
                guard name == "svg", isDrawing, !hasRoot else { return Message(.markupRoot) }
                hasRoot = true
            }
            if !isClosed { open.append(name) }
            guard MarkupRules.allows(element: name, .svg) else {
                return Message(.markupElement, ["name": .text(String(name.prefix(40)))])
            }
            var names: Set<String> = []
            for attribute in attributes {
                guard attribute.isQuoted, !attribute.name.isEmpty, names.insert(attribute.name).inserted,
                    !attribute.value.utf8.contains(UInt8(ascii: "<"))
                else { return Message(.markupAttribute, ["name": .text(String(attribute.name.prefix(40)))]) }
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
            guard word == "?xml", offset == 0 else {
                return Message(.markupElement, ["name": .text(String(word.prefix(40)))])
            }
            return nil
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
