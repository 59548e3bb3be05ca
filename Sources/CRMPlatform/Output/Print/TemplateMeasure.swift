internal import CRMModel

/// Walks through a template with its data before the engine does, and counts what would be written.
///
/// So a template that grows without measure is refused before any memory is spent on it, and wrong names are known
/// with their places.
struct TemplateMeasure {
    /// The templates that `{{> name}}` reaches.
    let partials: [String: [TemplateNode]]
    /// The limits.
    let limits: PrintLimits
    /// The language and form of the page.
    let setting: PrintSetting
    /// Tags whose name nothing in the data has, each once.
    private(set) var unknown: [TemplateProblem] = []

    private var bytes = 0
    private var steps = 0
    private var stack: [PrintValue] = []
    private var round: TemplateTransform.Round?
    private var seen: Set<TemplatePosition> = []

    init(partials: [String: [TemplateNode]], limits: PrintLimits, setting: PrintSetting) {
        self.partials = partials
        self.limits = limits
        self.setting = setting
    }

    /// Walks through a template.
    ///
    /// - Throws: `TemplateFault` when a limit is passed or a tag cannot be written.
    mutating func walk(_ nodes: [TemplateNode], data: PrintValue) throws(TemplateFault) {
        stack = [data]
        try walk(nodes, indentation: 0)
    }

    private mutating func walk(_ nodes: [TemplateNode], indentation: Int) throws(TemplateFault) {
        for node in nodes {
            steps += 1
            switch node {
            case .text(let count, let lines):
                bytes += count + lines * indentation
                try check(nil)
            case .variable(let name, let position):
                bytes += try count(of: name, position) + indentation
                try check(position)
            case .section(let name, let isInverted, let nodes, let position):
                try section(name, isInverted, nodes, position, indentation: indentation)
            case .partial(let name, let blanks, let position):
                try check(position)
                try walk(partials[name] ?? [], indentation: indentation + blanks)
            }
        }
    }

    private mutating func section(
        _ name: TemplateName,
        _ isInverted: Bool,
        _ nodes: [TemplateNode],
        _ position: TemplatePosition,
        indentation: Int
    ) throws(TemplateFault) {
        try check(position)
        let value = try resolve(name, position)
        if isInverted {
            if value?.isNothing ?? true { try walk(nodes, indentation: indentation) }
            return
        }
        guard let value, !value.isNothing else { return }
        let outerRound = round
        defer { round = outerRound }
        if case .list(let elements) = value {
            for (index, element) in elements.enumerated() {
                steps += 1
                try check(position)
                round = TemplateTransform.Round(index: index, isLast: index == elements.count - 1)
                stack.append(element)
                try walk(nodes, indentation: indentation)
                stack.removeLast()
            }
        } else if case .flag = value {
            try walk(nodes, indentation: indentation)
        } else {
            round = nil
            stack.append(value)
            try walk(nodes, indentation: indentation)
            stack.removeLast()
        }
    }

    private func check(_ position: TemplatePosition?) throws(TemplateFault) {
        if bytes > limits.outputBytes {
            throw TemplateFault(Message(.templateOutput, ["limit": "\(limits.outputBytes / 1024)"]), position)
        }
        if steps > limits.steps {
            throw TemplateFault(Message(.templateSteps, ["limit": "\(limits.steps)"]), position)
        }
    }

    // MARK: - Values

    /// The bytes that a tag writes.
    private mutating func count(of name: TemplateName, _ position: TemplatePosition) throws(TemplateFault) -> Int {
        guard let outcome = try outcome(name, position) else { return 0 }
        if case .markup(let text) = outcome { return text.utf8.count }
        guard case .value(let value) = outcome else { return 0 }
        if let text = value.text { return Self.escapedCount(text) }
        if case .list = value { throw TemplateFault(Message(.templateList, ["name": .text(name.text)]), position) }
        let parts = value.memberNames.prefix(12).joined(separator: ", ")
        throw TemplateFault(Message(.templateGroup, ["name": .text(name.text), "parts": .text(parts)]), position)
    }

    /// The value of a name, for sections.
    private mutating func resolve(
        _ name: TemplateName,
        _ position: TemplatePosition
    ) throws(TemplateFault) -> PrintValue? {
        guard case .value(let value)? = try outcome(name, position) else { return nil }
        return value
    }

    private mutating func outcome(
        _ name: TemplateName,
        _ position: TemplatePosition
    ) throws(TemplateFault) -> TemplateTransform.Outcome? {
        var transforms = name.transforms
        var outcome: TemplateTransform.Outcome?
        if name.isRound {
            guard let innermost = transforms.popLast(), let round else { return nil }
            guard let result = innermost.applied(to: round) else {
                throw TemplateFault(Message(.templateNotApplicable, ["name": .text(name.text), "value": ""]), position)
            }
            outcome = .value(result)
        } else {
            outcome = lookUp(name, position).map { .value($0) }
        }
        for transform in transforms.reversed() {
            guard case .value(let before)? = outcome else { return nil }
            outcome = transform.applied(to: before, in: setting)
            guard case .refused(let reason)? = outcome else { continue }
            let shown: Message.Argument = .text(TextLimits.prefix((before.text ?? "…"), characters: 40))
            let message = Message(.templateNotApplicable, ["name": .text(name.text), "value": shown])
            throw TemplateFault(
                reason.map { Message(.templateReason, ["problem": .message(message), "reason": .message($0)]) }
                    ?? message,
                position
            )
        }
        return outcome
    }

    private mutating func lookUp(_ name: TemplateName, _ position: TemplatePosition) -> PrintValue? {
        guard let first = name.path.first else { return stack.last }
        var value: PrintValue?
        for scope in stack.reversed() {
            value = scope.member(first)
            if value != nil { break }
        }
        var known = stack.last?.memberNames ?? []
        for part in name.path.dropFirst() {
            known = value?.memberNames ?? []
            value = value?.member(part)
        }
        if value == nil, unknown.count < 50, seen.insert(position).inserted {
            let last = name.path.last ?? ""
            let near = Suggestion.nearest(to: last, among: known)
            let hint = near.map { Message(.templateNear, ["name": .text($0)]) }
            unknown.append(
                TemplateProblem(
                    message: Message(
                        .templateUnknown,
                        ["name": .text(name.path.joined(separator: ".")), "hint": hint.map { .message($0) } ?? ""]
                    ),
                    position: position
                )
            )
        }
        return value
    }

    /// The bytes of a text after escaping.
    private static func escapedCount(_ text: String) -> Int {
        text.utf8.reduce(0) { count, byte in
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "'"): count + 5
            case UInt8(ascii: "<"), UInt8(ascii: ">"): count + 4
            case UInt8(ascii: "\""): count + 6
            default: count + 1
            }
        }
    }
}

/// Why a template cannot be written, and where.
struct TemplateFault: Error {
    let message: Message
    let position: TemplatePosition?

    init(_ message: Message, _ position: TemplatePosition?) {
        self.message = message
        self.position = position
    }
}
