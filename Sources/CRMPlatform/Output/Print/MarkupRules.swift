internal import CRMModel

/// What the markup of pages may not have: scripts, attributes that are scripts, and anything from elsewhere.
enum MarkupRules {
    /// A problem with its place in bytes.
    typealias Problem = (message: Message, offset: Int)

    /// The problems of a template, at most fifty; `{{…}}` may stand for anything here.
    static func problems(ofTemplate bytes: [UInt8], _ format: PageFormat) -> [Problem] {
        var reader = MarkupReader(bytes, isTemplate: true)
        var problems: [Problem] = []
        var isStyle = false
        while problems.count < 50, let (token, offset) = reader.next() {
            switch token {
            case .open(let name, let attributes, let isClosed):
                isStyle = !isClosed && name.lowercased() == "style"
                if !allows(element: name, format) {
                    problems.append((Message(.markupElement, ["name": .text(shortened(name))]), offset))
                }
                for attribute in attributes {
                    if let problem = self.problem(of: attribute, element: name, format) {
                        problems.append((problem, attribute.offset))
                    } else if !attribute.isQuoted, attribute.value.contains("{{") {
                        problems.append((Message(.markupUnquoted, ["name": .text(attribute.name)]), attribute.offset))
                    }
                }
                if name.lowercased() == "meta", isRefresh(attributes) {
                    problems.append((Message(.markupElement, ["name": "meta http-equiv=\"refresh\""]), offset))
                }
            case .text(let range):
                if isStyle, let problem = problem(ofStyle: String(decoding: bytes[range], as: UTF8.self)) {
                    problems.append((problem, offset))
                }
                isStyle = false
            case .declaration(let word):
                let isDeclaration = word.lowercased() == "!doctype" && format == .html || word == "?xml"
                if !isDeclaration {
                    problems.append((Message(.markupElement, ["name": .text(shortened(word))]), offset))
                }
            case .close, .broken:
                // A partial may hold the one half of a tag or element; the finished page is looked at as a whole.
                break
            }
        }
        return problems
    }

    /// Whether an element may stand on a page.
    static func allows(element name: String, _ format: PageFormat) -> Bool {
        switch format {
        case .html: !forbidden.contains(name.lowercased())
        case .svg: drawing.contains(name)
        }
    }

    /// What is wrong with an attribute, nil for nothing.
    static func problem(of attribute: MarkupReader.Attribute, element: String, _ format: PageFormat) -> Message? {
        let name = attribute.name.lowercased()
        if name.hasPrefix("on"), name.count > 2 {
            return Message(.markupEvent, ["name": .text(shortened(attribute.name))])
        }
        let decoded = decoded(attribute.value)
        let value = decoded.lowercased().filter { !$0.isWhitespace }
        if name == "style" || styled.contains(name) {
            if let problem = problem(ofStyle: decoded) { return problem }
        }
        if format == .svg, name == "xml:base" || name.hasPrefix("xmlns") {
            let known = ["xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"]
            guard known[attribute.name] != attribute.value else { return nil }
            return Message(.markupNamespace, ["name": .text(shortened(attribute.name))])
        }
        guard addresses.contains(name), !value.isEmpty, !value.hasPrefix("#"), !value.hasPrefix("{{") else {
            return nil
        }
        // A link is followed by a person; it leads to a page or an address, and to nothing that runs.
        let isLink = format == .html && element.lowercased() == "a"
        let isHarmless =
            isLink
            ? isPlainLink(value)
            : pictures.contains { value.hasPrefix("data:image/\($0);base64,") }
        guard !isHarmless else { return nil }
        return Message(.markupAddress, ["name": .text(attribute.name), "value": .text(shortened(value))])
    }

    /// Whether an address has no scheme, or one of those that a person follows; a reference in its place could spell any.
    private static func isPlainLink(_ value: String) -> Bool {
        let scheme = value.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        guard !scheme.contains("&") else { return false }
        guard scheme.endIndex < value.endIndex, value[scheme.endIndex] == ":" else { return true }
        return ["http", "https", "mailto", "tel"].contains(scheme)
    }

    /// A value with its references to characters as these characters.
    private static func decoded(_ value: String) -> String {
        guard value.contains("&") else { return value }
        return value.replacing(#/&(#[xX]?[0-9A-Fa-f]+|[A-Za-z]+);?/#) { match in
            let name = match.1
            if name.hasPrefix("#") {
                let number =
                    name.lowercased().hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
                return number.flatMap { Unicode.Scalar($0) }.map { String($0) } ?? ""
            }
            return characters[String(name)] ?? String(match.0)
        }
    }

    /// What is wrong with a style, nil for nothing.
    static func problem(ofStyle text: String) -> Message? {
        let text = text.lowercased().filter { !$0.isWhitespace }
        // A backslash may spell any of these words in another way.
        for word in ["@import", "expression(", "-moz-binding", "behavior:", "\\", "image-set("]
        where text.contains(word) {
            return Message(.markupStyle, ["text": .text(word)])
        }
        for rest in text.ranges(of: "url(").map({ text[$0.upperBound...] }) {
            let address = rest.drop { $0 == "\"" || $0 == "'" }
            let inner = [
                "#", "{{", "data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:font/",
            ]
            if !inner.contains(where: { address.hasPrefix($0) }) {
                return Message(.markupStyle, ["text": .text("url(" + shortened(String(address)))])
            }
        }
        return nil
    }

    /// Whether a `meta` leads to another page.
    static func isRefresh(_ attributes: [MarkupReader.Attribute]) -> Bool {
        attributes.contains { attribute in
            attribute.name.lowercased() == "http-equiv"
                && decoded(attribute.value).lowercased().filter { !$0.isWhitespace } == "refresh"
        }
    }

    private static func shortened(_ text: String) -> String {
        TextLimits.shown(text, characters: 40)
    }

    private static let forbidden: Set<String> = [
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "link", "base", "form", "audio", "video",
        "source", "track", "portal", "xmp", "noembed", "noframes", "noscript", "plaintext", "template", "math",
        "foreignobject", "animate", "animatemotion", "animatetransform", "set",
    ]

    /// References by name that could hide a part of an address.
    private static let characters = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "Tab": "\t", "NewLine": "\n", "colon": ":",
        "sol": "/", "num": "#", "quest": "?", "nbsp": "\u{A0}",
    ]

    /// Attributes of drawings that are read as styles; in others a backslash is a sign like any other.
    private static let styled: Set<String> = [
        "fill", "stroke", "filter", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end", "cursor",
        "font", "font-family", "color", "color-profile", "background", "shape-inside", "stop-color", "flood-color",
        "lighting-color",
    ]

    private static let addresses: Set<String> = [
        "href", "xlink:href", "src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "cite",
    ]

    private static let pictures = ["png", "jpeg", "gif", "webp"]

    private static let drawing: Set<String> = [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "path", "rect", "circle", "ellipse",
        "line", "polyline", "polygon", "text", "tspan", "textPath", "image", "linearGradient", "radialGradient", "stop",
        "clipPath", "mask", "pattern", "marker", "switch", "filter", "feBlend", "feColorMatrix", "feComponentTransfer",
        "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow",
        "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
        "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
    ]
}
