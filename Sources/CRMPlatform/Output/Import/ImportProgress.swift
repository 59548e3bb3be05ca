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

    /// The part of the file that has been taken in, 0…1, and 1 only when it is finished; nil when its size is not known.
    public var fraction: Double? {
        totalBytes.map { isFinished ? 1 : $0 > 0 ? min(0.99, Double(bytes) / Double($0)) : 0 }
    }
}
