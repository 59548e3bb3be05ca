import CRMPlatform

/// Where somebody wants the output of a command: a file, or standard output.
struct OutputTarget {
    /// What stands for standard output where a file could be named.
    static let standardOutput = "-"

    /// The file, nil for standard output.
    let path: String?
    /// Whether a file that is there may be overwritten.
    let overwriting: Overwriting

    /// Takes the value of `-o`, if there is one, and whether `--force` was given.
    init(_ path: String?, force: Bool = false) {
        self.path = path == Self.standardOutput ? nil : path
        overwriting = force ? .always : .never
    }

    /// Looks whether the file can be written there, before anything is done.
    ///
    /// - Throws: as `OutputPlace`.
    func check(reading inputs: [String]) throws(PlatformError) {
        if let path { _ = try OutputPlace(path, overwriting: overwriting, reading: inputs) }
    }
}
