public import CRMModel
internal import Mustache

/// How great a print may become.
public struct PrintLimits: Sendable, Hashable {
    /// The bytes of one template.
    public var templateBytes = 256 * 1024
    /// The bytes of the finished page, for data of a hundred rows; more rows are worth more.
    public var outputBytes = 4 * 1024 * 1024
    /// How deep sections and partials may be nested.
    public var nesting = 16
    /// How many tags and rounds of sections may be written; 200,000 take well under a second.
    public var steps = 200_000

    /// The usual limits.
    public init() {}

    /// The limits for data with so many rows: a document of thousands of lines is a long page, and each line beyond a
    /// hundred is worth 8 KB and a hundred steps.
    func scaled(toRows rows: Int) -> PrintLimits {
        var limits = self
        let more = max(0, rows - 100)
        limits.outputBytes += more * 8 * 1024
        limits.steps += more * 100
        return limits
    }
}

/// A finished print.
public struct PrintedPage: Sendable {
    /// The page of HTML or the SVG file.
    public let text: String
    /// The form of the page.
    public let format: PageFormat
    /// Tags that name nothing in the data, each with line and column; nothing is written for them.
    public let warnings: [Message]
}

/// A print template, checked when it is made: HTML or SVG with Mustache tags.
///
/// `{{name}}` writes a value, escaped; `{{#lines}}…{{/lines}}` repeats for a list or is left out for nothing;
/// `{{^lines}}…{{/lines}}` is the other case; `{{> header}}` puts in another template of the same plugin; `{{! … }}` is
/// a remark. Transforms are `{{rmb(total)}}`, `{{words_en(total)}}`, `{{qr(code)}}`, `{{grouping(total)}}`, `{{date_zh(day)}}`, `{{date_en(day)}}`,
/// `{{plusone(index())}}` and a few more.
public struct PrintTemplate: Sendable {
    /// The name, which messages show.
    public let name: String
    /// The form of its pages.
    public let format: PageFormat

    let nodes: [TemplateNode]
    let partials: [String: [TemplateNode]]
    private let engine: MustacheTemplate
    private let library: MustacheLibrary
    private let limits: PrintLimits

    /// Checks a template and makes it ready.
    ///
    /// - Parameters:
    ///   - name: The name for messages, such as `print/quote/zh-CN.html`.
    ///   - source: The text.
    ///   - format: The form of the page; scripts and anything from elsewhere are problems in both.
    ///   - partials: The only other templates that this one can reach, by the name used in `{{> name}}`.
    ///   - limits: How great template and print may become.
    /// - Throws: `PlatformError` `invalidPlugin` with every problem as an issue, each with line and column;
    ///   `limitExceeded` when a template is too large.
    public init(
        name: String,
        source: String,
        format: PageFormat = .html,
        partials: [String: String] = [:],
        limits: PrintLimits = PrintLimits()
    ) throws(PlatformError) {
        for (part, text) in [(name, source)] + partials.sorted(by: { $0.key < $1.key })
        where text.utf8.count > limits.templateBytes {
            throw PlatformError(
                .limitExceeded,
                Message(.templateTooLarge, ["template": .text(part), "limit": "\(limits.templateBytes / 1024)"]),
                context: ErrorContext(file: part)
            )
        }
        let scanned = TemplateScanner(source, format)
        let scannedPartials = partials.mapValues { TemplateScanner($0, format) }
        var review = TemplateReview(
            name: name,
            main: scanned,
            partials: scannedPartials,
            nesting: limits.nesting
        )
        try review.check()
        self.name = name
        self.format = format
        self.limits = limits
        nodes = scanned.nodes
        self.partials = scannedPartials.filter { review.reached.contains($0.key) }.mapValues(\.nodes)
        do {
            engine = try MustacheTemplate(string: source)
            library = MustacheLibrary(
                templates: try partials.filter { review.reached.contains($0.key) }
                    .mapValues { try MustacheTemplate(string: $0) }
            )
        } catch {
            throw Self.engineError(error, name)
        }
    }

    /// Writes the print: a page of HTML with a policy that forbids scripts and requests, or an SVG file that was found
    /// to hold a drawing and nothing else.
    ///
    /// - Parameters:
    ///   - data: The data, as ``PrintData`` makes it; a group.
    ///   - language: The language of the values, and the one that the page says it is in unless its template says so.
    /// - Returns: The page, and the tags that name nothing.
    /// - Throws: `PlatformError` `limitExceeded` when the print would pass a limit, `invalidInput` when a tag cannot be
    ///   written (a list as a text, a transform that does not fit) or the finished SVG is no drawing; both name the line.
    public func render(_ data: PrintValue, language: Language) throws(PlatformError) -> PrintedPage {
        let setting = PrintSetting(language: language, format: format)
        let limits = limits.scaled(toRows: data.rowCount)
        var measure = TemplateMeasure(partials: partials, limits: limits, setting: setting)
        do {
            try measure.walk(nodes, data: data)
        } catch {
            let isLimit = error.message.key == .templateOutput || error.message.key == .templateSteps
            throw PlatformError(
                isLimit ? .limitExceeded : .invalidInput,
                Message(
                    .templateFault,
                    ["template": .text(name), "problem": .message(Self.placed(error.message, error.position))]
                ),
                context: ErrorContext(file: name, line: error.position?.line)
            )
        }
        let body = engine.render(PrintNode(data, setting), library: library)
        let text =
            switch format {
            case .html: try HTMLPage.document(body, title: name, language: language)
            case .svg: try SVGPage.document(body, name: name)
            }
        return PrintedPage(
            text: text,
            format: format,
            warnings: measure.unknown.map { Self.placed($0.message, $0.position) }
        )
    }

    private static func placed(_ message: Message, _ position: TemplatePosition?) -> Message {
        guard let position else { return message }
        return Message(
            .templatePlace,
            ["line": "\(position.line)", "column": "\(position.column)", "problem": .message(message)]
        )
    }

    private static func engineError(_ error: any Error, _ name: String) -> PlatformError {
        guard let problem = error as? MustacheTemplate.ParserError else {
            return PlatformError(
                .invalidPlugin,
                Message(.templateRefused, ["template": .text(name)]),
                context: ErrorContext(file: name),
                cause: error
            )
        }
        return PlatformError(
            .invalidPlugin,
            Message(
                .templateFault,
                [
                    "template": .text(name),
                    "problem": .message(
                        placed(
                            Message(.templateTagOpen),
                            TemplatePosition(
                                line: problem.context.lineNumber,
                                column: problem.context.columnNumber
                            )
                        )
                    ),
                ]
            ),
            context: ErrorContext(file: name, line: problem.context.lineNumber),
            cause: error
        )
    }
}
