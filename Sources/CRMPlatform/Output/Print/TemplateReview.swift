internal import CRMModel

/// Checks a template together with the partials it reaches: problems of the text, unknown partials, circles, nesting.
struct TemplateReview {
    /// The partials that the template reaches.
    private(set) var reached: Set<String> = []

    private let name: String
    private let main: TemplateScanner
    private let partials: [String: TemplateScanner]
    private let nesting: Int
    private var issues: [FieldIssue] = []
    private var firstLine: (file: String, line: Int)?
    private var isTooDeep = false

    init(name: String, main: TemplateScanner, partials: [String: TemplateScanner], nesting: Int) {
        self.name = name
        self.main = main
        self.partials = partials
        self.nesting = nesting
    }

    /// Checks everything.
    ///
    /// - Throws: `PlatformError` `invalidPlugin` with every problem as an issue.
    mutating func check() throws(PlatformError) {
        report(main.problems, in: name)
        // Circles are looked for in the names alone, so the walk ends even when every partial calls every other.
        follow(main.nodes, file: name, path: [], depth: 0)
        guard issues.isEmpty else {
            throw PlatformError(
                .invalidPlugin,
                Message(.templateInvalid, ["template": .text(name)]),
                issues: issues,
                context: ErrorContext(file: firstLine?.file ?? name, line: firstLine?.line)
            )
        }
    }

    private mutating func follow(_ nodes: [TemplateNode], file: String, path: [String], depth: Int) {
        guard depth <= nesting else {
            if !isTooDeep { add(Message(.templateNesting, ["limit": "\(nesting)"]), file, nil) }
            isTooDeep = true
            return
        }
        for node in nodes where !isTooDeep {
            switch node {
            case .section(_, _, let inner, _):
                follow(inner, file: file, path: path, depth: depth + 1)
            case .partial(let partial, _, let position):
                follow(partial: partial, position, file: file, path: path, depth: depth)
            case .text, .variable:
                break
            }
        }
    }

    private mutating func follow(
        partial: String,
        _ position: TemplatePosition,
        file: String,
        path: [String],
        depth: Int
    ) {
        if path.contains(partial) {
            let circle = (path + [partial]).joined(separator: " → ")
            add(Message(.templateCircle, ["path": .text(circle)]), file, position)
            return
        }
        guard let scanner = partials[partial] else {
            let known = partials.keys.sorted().prefix(12).joined(separator: ", ")
            add(Message(.templateUnknownPartial, ["name": .text(partial), "known": .text(known)]), file, position)
            return
        }
        if reached.insert(partial).inserted { report(scanner.problems, in: partial) }
        // A partial that was found in order at this depth or deeper need not be followed again.
        if let before = deepest[partial], before >= depth + 1 { return }
        let known = issues.count
        follow(scanner.nodes, file: partial, path: path + [partial], depth: depth + 1)
        if issues.count == known { deepest[partial] = depth + 1 }
    }

    private var deepest: [String: Int] = [:]

    private mutating func report(_ problems: [TemplateProblem], in file: String) {
        for problem in problems { add(problem.message, file, problem.position) }
    }

    private mutating func add(_ message: Message, _ file: String, _ position: TemplatePosition?) {
        guard issues.count < 50 else { return }
        var text = message
        if let position {
            if firstLine == nil { firstLine = (file, position.line) }
            text = Message(
                .templatePlace,
                ["line": "\(position.line)", "column": "\(position.column)", "problem": .message(message)]
            )
        }
        if file != name { text = Message(.templateFault, ["template": .text(file), "problem": .message(text)]) }
        issues.append(FieldIssue(field: nil, code: "template", message: text))
    }
}
