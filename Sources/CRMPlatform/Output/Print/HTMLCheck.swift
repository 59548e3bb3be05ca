internal import CRMModel

/// Reads a finished page of HTML, and finds where its head begins.
///
/// It is read more strictly than a browser would, so that there is one reading: a text that a browser might take for
/// something else, such as a `<` within a title or a comment that ends in two ways, is a problem.
struct HTMLCheck {
    /// Where the policy has to stand, and what has to stand around it.
    enum Head: Equatable {
        /// Behind the tag `<head>`.
        case behind(Int)
        /// Behind the tag `<html>`, or before the first element, in a head of its own.
        case made(Int)
        /// The page is a piece of one: it needs all around it.
        case none
    }

    private let bytes: [UInt8]
    private var elements = 0
    private var seen: Set<String> = []
    private var last = ""
    /// The element whose inside is text alone, as long as it is open.
    private var textOnly: String?
    private(set) var head: Head = .none
    /// The first tag that says the character set, which the page begins with already.
    private(set) var charset: Range<Int>?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first thing that is wrong, nil when nothing is.
    mutating func problem() -> MarkupRules.Problem? {
        var reader = MarkupReader(bytes, isTemplate: false)
        while let (token, offset) = reader.next() {
            if let message = message(token, at: offset, until: reader.position) { return (message, offset) }
        }
        if let textOnly { return (Message(.markupNotClosed, ["name": .text(textOnly)]), bytes.count) }
        return nil
    }

    private mutating func message(_ token: MarkupReader.Token, at offset: Int, until end: Int) -> Message? {
        switch token {
        case .open(let name, let attributes, let isClosed):
            let lower = name.lowercased()
            if let textOnly { return Message(.markupInText, ["name": .text(textOnly)]) }
            if let problem = place(lower, at: offset, until: end) { return problem }
            if Self.holdsText.contains(lower) {
                guard !isClosed else { return Message(.markupNotClosed, ["name": .text(name)]) }
                textOnly = lower
            }
            return problem(of: name, lower, attributes, at: offset, until: end)
        case .close(let name):
            guard let open = textOnly else { return nil }
            guard name.lowercased() == open else { return Message(.markupInText, ["name": .text(open)]) }
            textOnly = nil
            return nil
        case .text(let range):
            if last.isEmpty, bytes[range].contains(where: { $0 > 0x20 }) { last = "#text" }
            guard textOnly == "style" else { return nil }
            let style = String(decoding: bytes[range], as: UTF8.self)
            if style.contains("<") { return Message(.markupStyle, ["text": "<"]) }
            return MarkupRules.problem(ofStyle: style)
        case .declaration(let word):
            guard word.lowercased() == "!doctype", last.isEmpty, seen.insert("!doctype").inserted else {
                return Message(.markupElement, ["name": .text(String(word.prefix(40)))])
            }
            return nil
        case .broken:
            // A lonely < before a blank, a digit or a sign is text to everybody.
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0x20
            let isText = next != UInt8(ascii: "!") && next != UInt8(ascii: "/") && next != UInt8(ascii: "?")
            let isLetter = (0x61...0x7A).contains(next | 0x20)
            if isText, !isLetter, textOnly == nil { return nil }
            return Message(.markupBroken)
        }
    }

    /// Looks after the elements that make up a page: each once, and at its place.
    private mutating func place(_ name: String, at offset: Int, until end: Int) -> Message? {
        defer { last = name }
        switch name {
        case "html":
            guard last.isEmpty else { return Message(.markupPlace, ["name": .text(name)]) }
            head = .made(end)
        case "head":
            guard last.isEmpty || last == "html" else { return Message(.markupPlace, ["name": .text(name)]) }
            head = .behind(end)
        case "body":
            guard seen.insert(name).inserted else { return Message(.markupPlace, ["name": .text(name)]) }
            if last.isEmpty { head = .made(offset) }
        default: break
        }
        return nil
    }

    private mutating func problem(
        of name: String,
        _ lower: String,
        _ attributes: [MarkupReader.Attribute],
        at offset: Int,
        until end: Int
    ) -> Message? {
        guard MarkupRules.allows(element: name, .html), name.utf8.allSatisfy(Self.isNameByte) else {
            return Message(.markupElement, ["name": .text(String(name.prefix(40)))])
        }
        for attribute in attributes {
            guard attribute.name.utf8.allSatisfy(Self.isNameByte), !attribute.name.isEmpty,
                attribute.isQuoted || attribute.value.utf8.allSatisfy(Self.isPlainByte)
            else { return Message(.markupAttribute, ["name": .text(String(attribute.name.prefix(40)))]) }
            if let problem = MarkupRules.problem(of: attribute, element: name, .html) { return problem }
        }
        guard lower == "meta" else { return nil }
        if MarkupRules.isRefresh(attributes) {
            return Message(.markupElement, ["name": "meta http-equiv=\"refresh\""])
        }
        if charset == nil, attributes.count == 1, attributes[0].name.lowercased() == "charset" {
            charset = offset..<end
        }
        return nil
    }

    /// Elements whose inside a browser takes for text, whatever it looks like.
    private static let holdsText: Set<String> = ["style", "title", "textarea"]

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isPlainByte(byte) && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "#") && byte != UInt8(ascii: ",")
    }

    /// The bytes of names and of values without quotes.
    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.:%#,".utf8.contains(byte)
        }
    }
}

extension MessageKey {
    static let markupInText = MessageKey(
        "print.markup_in_text",
        zhCN: "「{name}」里只能有文字，< 请写作 &lt;",
        zhTW: "「{name}」裡只能有文字，< 請寫作 &lt;",
        en: "\"{name}\" holds text alone; write &lt; for a < in it"
    )
    static let markupPlace = MessageKey(
        "print.markup_place",
        zhCN: "「{name}」出现两次或不在页面开头",
        zhTW: "「{name}」出現兩次或不在頁面開頭",
        en: "\"{name}\" is there twice, or not at the beginning of the page"
    )
}
