public import CRMModel

/// What to import from a file, and how.
public struct FileImport: Sendable {
    /// The mapping file, nil for the headings as they are.
    public var mapFile: String?
    /// The sheet of a workbook, nil for the first one that is shown.
    public var sheet: String?
    /// Whether everything is tried and nothing is kept.
    public var isDryRun = false
    /// Where rows that were not taken are written, nil for nowhere.
    public var errorFile: String?
    /// Whether that file may replace any other; else it replaces the error file of an earlier import alone.
    public var overwritesErrorFile = false
    /// The first row to take, 1 for the first row of data; in a workbook the number that the sheet shows.
    ///
    /// Rows before it are skipped, as when an import goes on after a break.
    public var fromRow = 1
    /// The row of the sheet, or the line of the file, before which no headings are looked for; 1 for the first.
    public var headerRow = 1
    /// Whether records may be put into any stage, as documents of the past are taken over; for administrators.
    public var takesAnyStage = false
    /// The language of the error file.
    public var language: Language = .zhCN
    /// The rows of one transaction, 1…100,000.
    package var batchSize = 1000
    /// After how much time a transaction is ended although it has fewer rows, so that others may save.
    package var batchTime: Duration = .milliseconds(200)
    /// With a text here each row is saved under the idempotency key `text:row`, so that doing the same import again
    /// makes nothing twice; costs some speed.
    package var idempotencyPrefix: String?
    /// By how many days days and moments of the file are moved, as demonstration data is to the day of its installation.
    package var dayShift = 0

    /// Asked before each piece of the file that is read, so that a file in which no row ends can be left.
    package var isStopped: @Sendable () -> Bool = { false }

    /// The usual import.
    public init() {}
}
