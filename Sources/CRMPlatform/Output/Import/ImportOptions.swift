/// How an import is to be done.
public struct ImportOptions {
    /// Whether everything is tried and nothing is kept.
    public var isDryRun = false
    /// The rows of one transaction, 1…100,000.
    public var batchSize = 1000
    /// After how much time a transaction is ended although it has fewer rows, so that others may save.
    public var batchTime: Duration = .milliseconds(200)
    /// The first row to be imported, as rows are numbered in the summary; rows before it are skipped, as when an import
    /// goes on after a break.
    public var firstRow = 1
    /// With a text here each row is saved under the idempotency key `text:row`, so that doing the same import again
    /// makes nothing twice; costs some speed.
    public var idempotencyPrefix: String?
    /// The file's encoding; nil to find it out.
    public var encoding: TextEncoding?
    /// The file's separator; nil to find it out.
    public var dialect: CSVDialect?
    /// By how many days days and moments of the file are moved, as demonstration data is to the day of its installation.
    public var dayShift = 0
    /// The sheet of a workbook; nil for the first one that is shown.
    public var sheet: String?
    /// The row of the sheet, or the line of the file, before which no headings are looked for; 1 for the first.
    public var headerRow = 1
    /// Whether records may be put into any stage, as documents of the past are taken over; for administrators.
    public var takesAnyStage = false
    /// Takes the bytes of the error file: the rows refused, as CSV after two columns with their number and the reasons.
    public var errorFile: (([UInt8]) throws -> Void)?
    /// Is told now and then how far the import is, at most about ten times a second.
    public var progress: ((ImportProgress) -> Void)?
    /// Is asked between rows whether to stop; what is in stays in.
    public var isCancelled: (() -> Bool)?

    /// The usual options.
    public init() {}
}

/// How far an import is.
public struct ImportProgress: Sendable, Hashable {
    /// The rows read.
    public let rows: Int
    /// The bytes of the file taken in.
    public let bytes: Int
    /// The bytes of the file, nil when not known.
    public let totalBytes: Int?
    /// The time since the beginning.
    public let elapsed: Duration
    /// Whether the file has been read to its end.
    public var isFinished = false

    /// The rows read per second since the beginning.
    public var rowsPerSecond: Double {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return seconds > 0 ? Double(rows) / seconds : 0
    }

    /// The part of the file that has been taken in, 0…1, and 1 only when it is finished; nil when its size is not known.
    public var fraction: Double? {
        totalBytes.map { isFinished ? 1 : $0 > 0 ? min(0.99, Double(bytes) / Double($0)) : 0 }
    }
}
