/// One mistake in a metadata file: where it is, what is wrong and how to mend it.
public struct MetadataProblem: Sendable, Hashable {
    /// The file within the plugin, such as `objects/customer.json`.
    public let file: String
    /// The line, 1 and up; nil when the file cannot be read at all.
    public let line: Int?
    /// Where in the document, such as `fields[3].type`; empty for the document itself.
    public let path: String
    /// What is wrong and how to mend it.
    public let message: Message
    /// The plugin that the file belongs to, when that is known.
    public let plugin: PluginID?

    /// Makes a problem.
    public init(file: String, line: Int?, path: String, message: Message, plugin: PluginID? = nil) {
        self.plugin = plugin
        self.file = file
        self.line = line
        self.path = path
        self.message = message
    }

    /// The problem in words with its place in front.
    public var located: Message { located(besides: plugin) }

    /// The problem in words with its place in front, which names the plugin when it is another than `known`.
    func located(besides known: PluginID?) -> Message {
        let owner = plugin.flatMap { $0 == known ? nil : "\($0)/" } ?? ""
        let place = owner + file + (line.map { ":\($0)" } ?? "") + (path.isEmpty ? "" : " \(path)")
        return Message(.metadataProblem, ["place": .text(place), "message": .message(message)])
    }
}

/// Several mistakes found in one pass over metadata.
public struct MetadataProblems: Error, Sendable {
    /// The mistakes, in the order of files and lines.
    public let problems: [MetadataProblem]

    /// Makes the error.
    public init(_ problems: [MetadataProblem]) {
        self.problems = problems
    }

    /// The same as the error of the platform's surface; about the plugin of the first mistake when that is known.
    public func platformError(plugin fallback: PluginID?) -> PlatformError {
        let plugin = problems.first?.plugin ?? fallback
        let issues = problems.map {
            FieldIssue(
                field: nil,
                code: "metadata",
                message: $0.located(besides: plugin),
                rule: nil,
                plugin: $0.plugin ?? plugin
            )
        }
        var context = ErrorContext(plugin: plugin)
        context.file = problems.first?.file
        context.line = problems.first?.line
        return PlatformError(
            .invalidPlugin,
            Message(
                .invalidMetadata,
                ["plugin": .text(plugin?.rawValue ?? "local"), "count": .text(String(problems.count))]
            ),
            issues: issues,
            context: context
        )
    }
}

/// Gathers problems while metadata is read, so that all are told at once.
package final class ProblemCollector {
    /// The problems so far.
    package private(set) var problems: [MetadataProblem] = []

    /// Makes an empty collection.
    package init() {}

    /// Adds a problem.
    package func add(_ problem: MetadataProblem) {
        problems.append(problem)
    }
}
