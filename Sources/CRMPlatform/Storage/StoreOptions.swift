/// How a store is opened.
package struct StoreOptions: Sendable, Hashable {
    /// What a commit outlives.
    package enum Durability: String, Sendable, Hashable {
        /// A crash of the process, of the system and a power cut: the log is brought to the disk with each commit.
        case full
        /// A crash of the process; a power cut may take the last commits, never tear the file.
        case normal
    }

    /// What a commit outlives; `full` unless the operator chose otherwise.
    package var durability: Durability = .full

    /// How long to wait for the lock of the file, or for a free reader, before giving up as `busy`, in milliseconds.
    package var timeoutMilliseconds = 10_000

    /// The greatest number of readers at once.
    package var readerLimit = 4

    /// The page cache of the writer, in KiB; memory is taken only as pages are read.
    package var writerCacheKiB = 65_536

    /// The page cache of each reader, in KiB.
    package var readerCacheKiB = 4096

    /// How much of the file readers map into memory, in bytes; 0 for nothing.
    ///
    /// A map is a little faster on large files, and less safe: pages are not examined when they are read, and a file
    /// that another program cuts short ends the process. So it is off unless the operator chose otherwise.
    package var readerMapBytes = 0

    /// The size of the write-ahead log, in pages, beyond which the writer brings it into the file.
    package var checkpointPages = 10_000

    /// What messages call the file; nil for its name.
    package var displayName: String?

    /// The usual options.
    package init() {}
}
