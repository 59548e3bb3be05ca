public import CRMModel
import CRMStorage

/// A piece of work that is kept in the file until it is done, such as an after_commit hook of a save.
public struct Job: Sendable, Identifiable {
    /// What became of a job.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is to be done.
        case waiting
        /// Somebody works on it now.
        case running
        /// It is done.
        case done
        /// It was tried too often, or can never be done; it is tried again only when somebody asks for it.
        case dead
    }

    /// What the last try of a job ended with.
    public struct Failure: Sendable, Hashable {
        /// The code of the error, such as `hook_failed`.
        public let code: String
        /// The error in words.
        public let message: LocalizedText
        /// The plugin whose code failed, nil for the kernel.
        public let plugin: PluginID?
        /// The file within the plugin.
        public let file: String?
        /// The line in it, 1 and up.
        public let line: Int?
    }

    /// The number; jobs are numbered in the order in which they were asked for.
    public let id: Int64
    /// What keeps the same work from being asked for twice; nil when that cannot happen.
    public let key: String?
    /// The plugin whose hook it runs.
    public let plugin: PluginID
    /// Where the hook is, such as `hooks/order.lua:3`.
    public let hook: String
    /// The record it is called for.
    public let record: RecordID
    /// On whose behalf.
    public let principal: Principal
    /// Through which door the save came that asked for it.
    public let origin: Origin
    /// The language in which that save was made.
    public let language: Language
    /// When it was asked for.
    public let createdAt: Instant
    /// What became of it.
    public let state: State
    /// When it is to be tried next; when it was done or given up, for one that is neither waiting nor running.
    public let runAt: Instant
    /// How often it was tried.
    public let attempts: Int
    /// What the last try ended with, nil when it went well or there was none.
    public let failure: Failure?
}

/// What may be looked for among jobs.
public struct JobCounts: Sendable, Hashable {
    /// How many wait, those that are being worked on included.
    public let waiting: Int
    /// How many are done and not forgotten yet.
    public let done: Int
    /// How many were given up.
    public let dead: Int

    /// Says how many there are.
    package init(waiting: Int, done: Int, dead: Int) {
        self.waiting = waiting
        self.done = done
        self.dead = dead
    }
}

/// What became of the jobs that were due.
public struct JobRun: Sendable, Hashable {
    /// Why jobs were left alone.
    public struct Held: Sendable, Hashable {
        /// The plugin they belong to, which is not running.
        public let plugin: PluginID
        /// How many.
        public let count: Int
    }

    /// How many were done, with those that they asked for.
    public package(set) var done = 0
    /// How many failed and will be tried again.
    public package(set) var failed = 0
    /// How many failed and were given up.
    public package(set) var dead = 0
    /// How many somebody else works on.
    public package(set) var running = 0
    /// How many were left to wait, because it was interrupted or too many followed from them.
    public package(set) var left = 0
    /// Those whose plugin is not installed or does not run; they wait for it.
    public package(set) var held: [Held] = []

    /// Nothing was due.
    package init() {}

    /// Counts what became of others as well.
    package mutating func add(_ other: JobRun) {
        done += other.done
        failed += other.failed
        dead += other.dead
        running += other.running
        left += other.left
        for entry in other.held { hold(entry.plugin, entry.count) }
    }

    /// Counts jobs whose plugin does not run.
    package mutating func hold(_ plugin: PluginID, _ count: Int = 1) {
        guard let place = held.firstIndex(where: { $0.plugin == plugin }) else {
            return held.append(Held(plugin: plugin, count: count))
        }
        held[place] = Held(plugin: plugin, count: held[place].count + count)
    }
}
