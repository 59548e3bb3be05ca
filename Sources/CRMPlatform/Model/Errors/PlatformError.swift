/// Where in the business data and the plugins a problem lies.
///
/// Every part is optional.
public struct ErrorContext: Sendable, Hashable {
    /// The object concerned.
    public var object: ObjectName?
    /// The record concerned, 0 or nil when it has no number yet.
    public var record: Int64?
    /// The field concerned.
    public var field: FieldName?
    /// The rule that objected.
    public var rule: String?
    /// The plugin whose code or metadata is concerned.
    public var plugin: PluginID?
    /// The file within the plugin, and the line in it, 1 and up.
    public var file: String?
    /// The line within `file`, 1 and up.
    public var line: Int?
    /// The hook point or the kind of plugin code that ran.
    public var hook: String?
    /// The row of an import file, 1 for the first data row.
    public var row: Int?

    /// Says at which record it was unless the context names one: a record that is not saved yet has no number, and must not
    /// be given that of another.
    package mutating func locate(_ object: ObjectName, _ record: Int64?) {
        guard self.object == nil else { return }
        self.object = object
        self.record = self.record ?? record
    }

    /// Makes a context from the parts that are known.
    public init(
        object: ObjectName? = nil,
        record: Int64? = nil,
        field: FieldName? = nil,
        rule: String? = nil,
        plugin: PluginID? = nil,
        file: String? = nil,
        line: Int? = nil,
        hook: String? = nil,
        row: Int? = nil
    ) {
        self.object = object
        self.record = record
        self.field = field
        self.rule = rule
        self.plugin = plugin
        self.file = file
        self.line = line
        self.hook = hook
        self.row = row
    }
}

/// One problem of one field, or of the record as a whole when `field` is nil.
public struct FieldIssue: Sendable, Hashable {
    /// The field, nil when the problem is the record's.
    public let field: FieldName?
    /// A stable code such as `required`, `too_long`, `duplicate`, `rule`.
    public let code: String
    /// What is wrong and how to mend it.
    public let message: Message
    /// The rule that objected, when there is one.
    public let rule: String?
    /// The plugin the rule or validator belongs to.
    public let plugin: PluginID?
    /// The record that stands in the way, for duplicates and references.
    public let conflicting: RecordID?

    /// Makes an issue.
    public init(
        field: FieldName?,
        code: String,
        message: Message,
        rule: String? = nil,
        plugin: PluginID? = nil,
        conflicting: RecordID? = nil
    ) {
        self.field = field
        self.code = code
        self.message = message
        self.rule = rule
        self.plugin = plugin
        self.conflicting = conflicting
    }
}

/// The one error of the kernel's public surface.
///
/// The text for people comes from ``message`` and ``issues`` in the language of the reader; neither holds field values
/// beyond what the person typed, SQL, or paths of the host.
public struct PlatformError: Error, Sendable {
    /// What kind of problem it is; new codes may be added in minor versions.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Wrapped: String, Sendable {
            case invalidInput = "invalid_input"
            case validationFailed = "validation_failed"
            case unauthenticated = "unauthenticated"
            case permissionDenied = "permission_denied"
            case notFound = "not_found"
            case alreadyExists = "already_exists"
            case conflict = "conflict"
            case hookRejected = "hook_rejected"
            case hookFailed = "hook_failed"
            case limitExceeded = "limit_exceeded"
            case invalidMetadata = "invalid_metadata"
            case invalidPlugin = "invalid_plugin"
            case dependencyMissing = "dependency_missing"
            case migrationFailed = "migration_failed"
            case storage = "storage"
            case busy = "busy"
            case cancelled = "cancelled"
            case `internal` = "internal"
        }

        private let wrapped: Wrapped

        /// The code as Lua and JSON show it, such as `validation_failed`.
        public var description: String { wrapped.rawValue }

        /// The request itself makes no sense: a malformed expression, an unknown field, a value of the wrong kind.
        public static let invalidInput = Code(wrapped: .invalidInput)
        /// The record breaks rules; `issues` says which.
        public static let validationFailed = Code(wrapped: .validationFailed)
        /// Nobody is signed in.
        public static let unauthenticated = Code(wrapped: .unauthenticated)
        /// The principal may not do this.
        public static let permissionDenied = Code(wrapped: .permissionDenied)
        /// There is no such object, record, report, template or file.
        public static let notFound = Code(wrapped: .notFound)
        /// Something of that name or key is there already.
        public static let alreadyExists = Code(wrapped: .alreadyExists)
        /// The record was changed by somebody else since it was read.
        public static let conflict = Code(wrapped: .conflict)
        /// A plugin refused the operation.
        public static let hookRejected = Code(wrapped: .hookRejected)
        /// A plugin's code failed.
        public static let hookFailed = Code(wrapped: .hookFailed)
        /// A plugin used up its budget, or an operation went beyond a limit of the platform.
        public static let limitExceeded = Code(wrapped: .limitExceeded)
        /// Metadata is wrong.
        public static let invalidMetadata = Code(wrapped: .invalidMetadata)
        /// A plugin folder is wrong.
        public static let invalidPlugin = Code(wrapped: .invalidPlugin)
        /// A plugin that is needed is not there, or not in the version needed.
        public static let dependencyMissing = Code(wrapped: .dependencyMissing)
        /// A change of the schema could not be made.
        public static let migrationFailed = Code(wrapped: .migrationFailed)
        /// The file could not be read or written.
        public static let storage = Code(wrapped: .storage)
        /// Another process holds the file.
        public static let busy = Code(wrapped: .busy)
        /// The person interrupted the work.
        public static let cancelled = Code(wrapped: .cancelled)
        /// A fault of the platform itself.
        public static let `internal` = Code(wrapped: .internal)
    }

    /// What kind of problem it is.
    public let code: Code
    /// What happened and how to mend it.
    public let message: Message
    /// Every problem found, when there can be several.
    public let issues: [FieldIssue]
    /// Where it happened.
    public var context: ErrorContext
    /// The error underneath, for logs; never shown to users.
    public let cause: (any Error)?
    /// The Lua call stack, for the author of a plugin; empty elsewhere.
    public var traceback: String

    /// Makes an error.
    public init(
        _ code: Code,
        _ message: Message,
        issues: [FieldIssue] = [],
        context: ErrorContext = ErrorContext(),
        cause: (any Error)? = nil,
        traceback: String = ""
    ) {
        self.code = code
        self.message = message
        self.issues = issues
        self.context = context
        self.cause = cause
        self.traceback = traceback
    }
}

extension PlatformError: CustomStringConvertible {
    /// The English text with the code, for logs.
    public var description: String { "\(code): \(text(in: .en))" }

    /// The whole text for people: the message, then each issue on a line of its own.
    public func text(in language: Language) -> String {
        var lines = [message.text(in: language)]
        for issue in issues {
            lines.append("  - " + issue.message.text(in: language))
        }
        return lines.joined(separator: "\n")
    }
}
