import CRMAutomation
import CRMConcurrency
package import CRMModel
import CRMRecords
import CRMScripting
package import CRMStorage
import Synchronization

/// A file that is open: what all its lanes share.
///
/// The metadata are handed to them as a whole, by ``published``, once they are committed; what is known only in one process, such
/// as what plugins have said, is kept here until it is written down or somebody asks for it.
package final class OpenFile: Sendable {
    /// The storage.
    package let store: any Store
    /// How the file is worked with.
    package let options: PlatformOptions
    /// What plugins say, until it is written down.
    let said = SaidLines()
    /// As whom this file takes jobs.
    let jobRunner = JobRunner()

    /// What waits for somebody to ask, or to be written down.
    private struct News {
        var afterCommitErrors: [PlatformError] = []
        var suspensions: [PlatformError] = []
        var linkErrors: [PluginID: PlatformError] = [:]
        /// What has happened to plugins where nothing is written.
        var failures: [FailureTally.Place: FailureTally.News] = [:]
    }

    private let current: Guarded<Snapshot>
    private let news = Guarded(News())
    private let waiting = Atomic<Bool>(false)
    private let links = Atomic<Bool>(false)
    private let saved = Atomic<Bool>(false)
    /// How many errors are kept for whoever asks.
    private static let keptErrors = 100

    /// Reads what the lanes need of a store, and brings it up to date.
    ///
    /// - Throws: `invalidPlugin` when the plugins stored cannot be read; `conflict` when it would have to be brought up to date
    ///   and can only be read; `storage`.
    package init(store: any Store, options: PlatformOptions) throws(PlatformError) {
        self.store = store
        self.options = options
        let snapshot = try store.read { connection throws(PlatformError) in
            Snapshot(try InstalledPlugins.load(from: connection), options)
        }
        current = Guarded(snapshot)
        try Self.bringFormsUpToDate(store, snapshot.catalog)
    }

    /// Makes what is kept beside the records anew when another edition of the comparable forms made it.
    private static func bringFormsUpToDate(_ store: any Store, _ catalog: Catalog) throws(PlatformError) {
        let isUpToDate = try store.read { connection throws(PlatformError) in
            try Reindexing.isUpToDate(connection)
        }
        guard !isUpToDate else { return }
        // Addresses, telephone numbers and names would be looked for in another form than they are kept in.
        guard !store.isReadOnly else {
            throw PlatformError(.conflict, Message(.openFileOlder, ["file": .text(store.name)]))
        }
        try store.write { connection throws(PlatformError) in
            guard try !Reindexing.isUpToDate(connection) else { return }
            try Reindexing.bringUpToDate(connection, catalog)
        }
    }

    /// Whether something that people asked for was saved since the file was opened, other than in a rehearsal.
    package var hasSaved: Bool { saved.load(ordering: .acquiring) }

    /// Notes that something was saved; what is done in a rehearsal counts when that is kept.
    func noteSaved() {
        if !store.isInRehearsal { saved.store(true, ordering: .releasing) }
    }

    // MARK: - Metadata

    /// The metadata as they were last committed, as far as this process knows.
    package var published: Snapshot { current.withLock { $0 } }

    /// Hands committed metadata to all lanes.
    func publish(_ snapshot: Snapshot) { current.withLock { $0 = snapshot } }

    /// The metadata of a generation that a connection sees: what is published, unless another process has changed them.
    ///
    /// - Throws: `invalidPlugin` when the plugins stored cannot be read; `storage`.
    func snapshot(of generation: Int64, on connection: StoreConnection) throws(PlatformError) -> Snapshot {
        let known = published
        if known.generation == generation { return known }
        let new = Snapshot(try InstalledPlugins.load(from: connection), options)
        // What a reader sees is committed; of two the later one is what the others will see.
        if connection.isReadOnly {
            current.withLock { if $0.generation == known.generation || $0.generation < generation { $0 = new } }
        }
        return new
    }

    // MARK: - News

    /// Whether something waits to be written down.
    var hasNews: Bool { waiting.load(ordering: .relaxed) }

    /// Takes down a line that a plugin has said.
    func say(_ level: LogEntry.Level, plugin: PluginID, record: String?, _ text: String) {
        said.add(level, plugin: plugin, record: record, text, at: options.clock.now)
        waiting.store(true, ordering: .relaxed)
    }

    /// Leaves what has happened to plugins to whoever may write next.
    func leave(_ failures: [FailureTally.Place: FailureTally.News]) {
        news.withLock { $0.failures.merge(failures) { $0.followed(by: $1) } }
        waiting.store(true, ordering: .relaxed)
    }

    /// What was left for whoever writes; it is theirs from now on.
    func takeFailures() -> [FailureTally.Place: FailureTally.News] {
        waiting.store(false, ordering: .relaxed)
        return news.withLock { news in
            defer { news.failures = [:] }
            return news.failures
        }
    }

    /// Keeps what an after_commit hook could not do.
    func note(_ error: PlatformError) {
        news.withLock { if $0.afterCommitErrors.count < Self.keptErrors { $0.afterCommitErrors.append(error) } }
    }

    /// What after_commit hooks could not do since this was last asked, at most 100 errors; the writes they followed are kept.
    package func takeAfterCommitErrors() -> [PlatformError] {
        news.withLock { news in
            defer { news.afterCommitErrors = [] }
            return news.afterCommitErrors
        }
    }

    /// Keeps why a plugin was switched off.
    func note(suspension error: PlatformError) { news.withLock { $0.suspensions.append(error) } }

    /// What was switched off since this was last asked, because it failed too often; each names plugin and last failure.
    package func takeSuspensions() -> [PlatformError] {
        news.withLock { news in
            defer { news.suspensions = [] }
            return news.suspensions
        }
    }

    // MARK: - Linked folders

    /// Whether folders are followed, so that they are looked at before each unit of work.
    var hasLinks: Bool { links.load(ordering: .relaxed) }

    /// Why linked plugins could not be loaded anew; their former versions go on.
    package var linkErrors: [PluginID: PlatformError] { news.withLock { $0.linkErrors } }

    /// Says whether folders are followed, and what is known to be wrong with them.
    func follow(_ errors: [PluginID: PlatformError], _ hasLinks: Bool) {
        news.withLock { $0.linkErrors = errors }
        links.store(hasLinks, ordering: .relaxed)
    }

    /// Keeps why a linked plugin could not be loaded anew; nil when it could.
    func note(_ error: PlatformError?, ofLink id: PluginID) { news.withLock { $0.linkErrors[id] = error } }
}

extension MessageKey {
    static let openFileOlder = MessageKey(
        "file.older_read_only",
        zhCN: "文件「{file}」是旧版程序写的，要先升级才能查得准，而它在这里只能读取。请把它复制到可以写入的文件夹，再在那里打开",
        zhTW: "檔案「{file}」是舊版程式寫的，要先升級才能查得準，而它在這裡只能讀取。請把它複製到可以寫入的資料夾，再在那裡開啟",
        en:
            "The file \"{file}\" was written by an earlier program and must be brought up to date before anything can be found in "
            + "it, but it can only be read here. Copy it into a folder that can be written, and open it there"
    )
}
