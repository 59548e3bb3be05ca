internal import CRMModel

/// Takes a template apart and finds everything that templates may not have.
///
/// The grammar is a part of Mustache: values, sections, inverted sections, partials and comments. Unescaped output,
/// other delimiters, inheritance and names of anything but plain parts are problems. After a problem the scan goes on,
/// so that all are found at once.
struct TemplateScanner {
    /// The template in parts.
    private(set) var nodes: [TemplateNode] = []
    /// What is wrong, in the order of the text.
    private(set) var problems: [TemplateProblem] = []
    /// The deepest nesting of sections.
    private(set) var depth = 0

    private struct OpenSection {
        let name: TemplateName?
        let text: String
        let isInverted: Bool
        let position: TemplatePosition
        var nodes: [TemplateNode] = []
    }

    private let bytes: [UInt8]
    private var open: [OpenSection] = []
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var counted = (index: 0, characters: 0)

    /// Scans a template for pages of a form.
    init(_ source: String, _ format: PageFormat) {
        bytes = Array(source.utf8)
        scan()
        addMarkupProblems(format)
    }

    private mutating func addMarkupProblems(_ format: PageFormat) {
        let found = MarkupRules.problems(ofTemplate: bytes, format).sorted { $0.offset < $1.offset }
        (index, line, lineStart, counted) = (0, 1, 0, (0, 0))
        for (message, offset) in found where problems.count < 50 {
            while index < offset {
                advanceLine(at: index)
                index += 1
            }
            problems.append(TemplateProblem(message: message, position: position()))
        }
        problems.sort { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    }

    private mutating func scan() {
        var textStart = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "{"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
                addText(from: textStart, to: index)
                tag()
                textStart = index
            } else {
                advanceLine(at: index)
                index += 1
            }
        }
        addText(from: textStart, to: bytes.count)
        while let section = open.popLast() {
            problem(.templateUnclosed, ["name": .text(section.text)], section.position)
        }
        problems.sort { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    }

    private mutating func advanceLine(at index: Int) {
        if bytes[index] == 0x0A {
            line += 1
            lineStart = index + 1
        }
    }

    /// Where the scan is; characters are counted on from the place asked for last, as a line may be very long.
    private mutating func position() -> TemplatePosition {
        if counted.index < lineStart { counted = (lineStart, 0) }
        let characters = bytes[counted.index..<index].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        counted = (index, counted.characters + characters)
        return TemplatePosition(line: line, column: counted.characters + 1)
    }

    private mutating func problem(
        _ key: MessageKey,
        _ arguments: [String: Message.Argument] = [:],
        _ position: TemplatePosition
    ) {
        guard problems.count < 50 else { return }
        problems.append(TemplateProblem(message: Message(key, arguments), position: position))
    }

    private mutating func add(_ node: TemplateNode) {
        if open.isEmpty { nodes.append(node) } else { open[open.count - 1].nodes.append(node) }
    }

    private mutating func addText(from start: Int, to end: Int) {
        guard end > start else { return }
        let lines = bytes[start..<end].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        add(.text(bytes: end - start, lines: lines))
    }

    // MARK: - Tags

    private mutating func tag() {
        let position = position()
        let indentation = blanksBeforeTag()
        let start = index + 2
        var end = start
        while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "}") || bytes[end + 1] != UInt8(ascii: "}") { end += 1 }
        guard end + 1 < bytes.count else {
            problem(.templateTagOpen, [:], position)
            index = bytes.count
            return
        }
        for place in index..<end { advanceLine(at: place) }
        index = end + 2
        let kind = start < end ? bytes[start] : 0
        let rest = kind.isTagSign ? start + 1 : start
        let content = Self.trimmed(bytes[rest..<end])
        switch kind {
        case UInt8(ascii: "!"):
            return
        case UInt8(ascii: "{"), UInt8(ascii: "&"):
            if index < bytes.count, kind == UInt8(ascii: "{"), bytes[index] == UInt8(ascii: "}") { index += 1 }
            problem(.templateRaw, ["name": .text(content)], position)
        case UInt8(ascii: "="):
            problem(.templateDelimiters, [:], position)
        case UInt8(ascii: "<"), UInt8(ascii: "$"), UInt8(ascii: "%"):
            problem(.templateForeignTag, ["tag": .text(String(decoding: [kind], as: UTF8.self))], position)
        case UInt8(ascii: ">"):
            guard ElementName.isWellFormed(content) else {
                problem(.templatePartialName, ["name": .text(Self.shortened(content))], position)
                return
            }
            add(.partial(content, indentation: indentation, position))
        case UInt8(ascii: "#"), UInt8(ascii: "^"):
            beginSection(content, isInverted: kind == UInt8(ascii: "^"), position)
        case UInt8(ascii: "/"):
            endSection(content, position)
        default:
            guard let name = name(content, position) else { return }
            add(.variable(name, position))
        }
    }

    private mutating func beginSection(_ content: String, isInverted: Bool, _ position: TemplatePosition) {
        let name = name(content, isSection: true, position)
        open.append(OpenSection(name: name, text: content, isInverted: isInverted, position: position))
        depth = max(depth, open.count)
    }

    private mutating func endSection(_ content: String, _ position: TemplatePosition) {
        guard let section = open.last else {
            problem(.templateNotOpen, ["name": .text(Self.shortened(content))], position)
            return
        }
        guard section.text == content else {
            // `{{#each items}}…{{/each}}` of other languages: the opening tag has been reported.
            if section.name == nil, section.text.hasPrefix(content) {
                open.removeLast()
                return
            }
            problem(
                .templateWrongEnd,
                [
                    "name": .text(Self.shortened(content)), "open": .text(Self.shortened(section.text)),
                    "line": "\(section.position.line)",
                ],
                position
            )
            if let match = open.lastIndex(where: { $0.text == content }) { open.removeSubrange(match...) }
            return
        }
        open.removeLast()
        guard let name = section.name else { return }
        add(.section(name, isInverted: section.isInverted, section.nodes, section.position))
    }

    private func blanksBeforeTag() -> Int {
        let before = bytes[lineStart..<index]
        return before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? before.count : 0
    }

    // MARK: - Names

    private mutating func name(
        _ text: String,
        isSection: Bool = false,
        _ position: TemplatePosition
    ) -> TemplateName? {
        var rest = text[...]
        var transforms: [TemplateTransform] = []
        while let bracket = rest.firstIndex(of: "(") {
            guard rest.last == ")" else {
                problem(.templateName, ["name": .text(Self.shortened(text))], position)
                return nil
            }
            let word = String(rest[..<bracket])
            guard let transform = TemplateTransform(rawValue: word) else {
                let known = TemplateTransform.allCases.map(\.rawValue).joined(separator: ", ")
                problem(.templateTransform, ["name": .text(Self.shortened(word)), "known": .text(known)], position)
                return nil
            }
            if transform == .qr, !transforms.isEmpty || isSection {
                problem(.templateWholeTag, ["name": .text(word)], position)
                return nil
            }
            transforms.append(transform)
            rest = rest[rest.index(after: bracket)...].dropLast()
        }
        if rest.isEmpty, !transforms.isEmpty {
            return TemplateName(path: [], transforms: transforms, isRound: true, text: text)
        }
        if rest == "." { return TemplateName(path: [], transforms: transforms, isRound: false, text: text) }
        let path = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.count <= 8, path.allSatisfy(Self.isPart), transforms.count <= 4 else {
            problem(.templateName, ["name": .text(Self.shortened(text))], position)
            return nil
        }
        return TemplateName(path: path, transforms: transforms, isRound: false, text: text)
    }

    private static func isPart(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39 ~= first) else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_")
            }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        var bytes = bytes
        while let last = bytes.last, blank(last) { bytes.removeLast() }
        return String(decoding: bytes.drop(while: blank), as: UTF8.self)
    }

    private static func shortened(_ text: String) -> String {
        TextLimits.shown(text, characters: 40)
    }
}

extension UInt8 {
    /// Whether the byte, at the beginning of a tag, says what the tag is.
    fileprivate var isTagSign: Bool {
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "{"), UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "<"),
            UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: ">"), UInt8(ascii: "#"), UInt8(ascii: "^"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
