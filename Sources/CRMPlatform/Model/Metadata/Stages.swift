/// The way of a record from stage to stage: the values of one picklist, which may follow which, and what must hold
/// before a record enters one.
public struct Stages: Sendable, Hashable {
    /// A condition that must be true before a record enters a step.
    public struct Gate: Sendable, Hashable {
        /// The name, unique within the object.
        public let name: ElementName
        /// The condition in the expression language; one that is unknown because a value is empty does not pass.
        public let condition: String
        /// What to tell the user.
        public let message: LocalizedText
        /// The fields the message belongs to; empty for the record as a whole.
        public let fields: [FieldName]
        /// The plugin that brought the gate.
        public let plugin: PluginID?

        /// Makes a gate.
        public init(
            name: ElementName,
            condition: String,
            message: LocalizedText,
            fields: [FieldName],
            plugin: PluginID?
        ) {
            self.name = name
            self.condition = condition
            self.message = message
            self.fields = fields
            self.plugin = plugin
        }
    }

    /// One stage.
    public struct Step: Sendable, Hashable {
        /// The value of the picklist.
        public let value: String
        /// Whether a new record may begin here.
        public let isStart: Bool
        /// The values that may follow; nil for any.
        public let next: [String]?
        /// What must hold to enter.
        public let gates: [Gate]

        /// Makes a step.
        public init(value: String, isStart: Bool, next: [String]?, gates: [Gate]) {
            self.value = value
            self.isStart = isStart
            self.next = next
            self.gates = gates
        }
    }

    /// The picklist field.
    public let field: FieldName
    /// The steps in the order of the metadata.
    public let steps: [Step]

    /// Makes stages that ``CatalogBuilder`` has checked.
    package init(field: FieldName, steps: [Step]) {
        self.field = field
        self.steps = steps
    }

    /// The step of a value, nil when there is none.
    public func step(_ value: String) -> Step? { steps.first { $0.value == value } }

    /// The values in which a new record may begin: those marked so, or all when none is.
    public var starts: [String] {
        let marked = steps.filter(\.isStart)
        return (marked.isEmpty ? steps : marked).map(\.value)
    }

    /// The values that may follow a step: its own list, or every other.
    public func following(_ step: Step) -> [String] {
        step.next ?? steps.map(\.value).filter { $0 != step.value }
    }

    /// The way that most records take: from the first start always to the first step that follows and was not yet there.
    public var mainLine: [String] {
        var line: [String] = []
        var current = starts.first.flatMap(step)
        while let step = current {
            line.append(step.value)
            let next = (step.next ?? steps.map(\.value)).first { !line.contains($0) }
            current = next.flatMap(self.step)
        }
        return line
    }
}
