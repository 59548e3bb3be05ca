public import CRMModel
public import CRMOutput
import CRMScripting

/// What a command of a plugin has to say when it is done.
public enum CommandResult: Sendable {
    /// Nothing beside what it printed.
    case nothing
    /// A text.
    case text(LocalizedText)
    /// A table, as reports give one.
    case table(ReportResult)
}
