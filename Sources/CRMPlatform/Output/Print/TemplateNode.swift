internal import CRMModel

/// A place in a template, both from 1; columns count characters.
struct TemplatePosition: Sendable, Hashable {
    /// The line.
    let line: Int
    /// The column.
    let column: Int
}

/// What a tag names: a path of parts, and transforms, the outermost first.
struct TemplateName: Sendable {
    /// The parts; empty for `.` and for the transforms of a round.
    let path: [String]
    /// The transforms.
    let transforms: [TemplateTransform]
    /// Whether the transforms speak of the round of the section: `index()`.
    let isRound: Bool
    /// The name as it was written.
    let text: String
}

/// A part of a template, as far as its cost and its rules are concerned.
indirect enum TemplateNode: Sendable {
    /// Text as it stands: how many bytes, in how many lines.
    case text(bytes: Int, lines: Int)
    /// A value.
    case variable(TemplateName, TemplatePosition)
    /// A section, or an inverted one.
    case section(TemplateName, isInverted: Bool, [TemplateNode], TemplatePosition)
    /// Another template, with the blanks that stand before it.
    case partial(String, indentation: Int, TemplatePosition)
}

/// Something wrong in a template.
struct TemplateProblem: Sendable {
    /// What.
    let message: Message
    /// Where.
    let position: TemplatePosition
}
