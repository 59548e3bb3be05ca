import CRMModel
import CRMStorage
import LuaBridge

/// Where units of work run one after the other: a stack of 64 MB, so that scripts may nest deep, and all that they work with.
///
/// Whoever calls runs on it with the own thread; only what is asynchronous needs one of the lane's.
///
/// `@unchecked Sendable`: `unit` and `isStruck` are touched only while the queue of the lane is locked, `thread` only by whoever
/// was given the lane, and `workspace` only on `stack`, where there is one thread at a time.
package final class Lane: @unchecked Sendable {
    /// What a lane is for.
    package enum Kind: Int, Sendable {
        /// Saves, commands, scripts, installations: one at a time.
        case write
        /// Lists, single records, searches, offers.
        case fast
        /// Reports, prints, exports.
        case slow
    }

    let kind: Kind
    /// The number of the unit that has the lane, 0 for none.
    var unit: UInt64 = 0
    /// Whether a unit was told to end since the lane was last given to one.
    var isStruck = false
    private let stack: LargeStack
    private let scripts = LuaStateGroup()
    private let stop = StopSignal()
    private var workspace: Workspace?
    private var thread: LargeStackThread?

    /// How many lanes of a kind there may be.
    static let limit = 16
    /// A thread only brings work to the stack.
    private static let threadBytes = 512 << 10

    /// Makes a lane of an owner; its place tells it from the others of the owner.
    init(_ kind: Kind, owner: UInt64, index: Int) throws(PlatformError) {
        self.kind = kind
        do {
            stack = try LargeStack(name: "crm", owner: owner, place: kind.rawValue * Self.limit + index)
        } catch {
            throw PlatformError(.internal, Message(.workerThread), cause: error)
        }
    }

    /// Runs what needs a large stack and no file.
    func run<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T { try stack.run(body) }

    /// Runs a unit of work that was given the lane, with what belongs to its end.
    func turn<T, E: Error>(
        _ file: OpenFile,
        until deadline: Deadline?,
        _ body: (Workspace) throws(E) -> T
    ) throws(E) -> T {
        try stack.run { () throws(E) -> T in
            let workspace = workspace(of: file)
            if let deadline { workspace.deadline = deadline }
            defer { workspace.endTurn() }
            return try body(workspace)
        }
    }

    /// What the lane works with; to be asked on it.
    func workspace(of file: OpenFile) -> Workspace {
        if let workspace { return workspace }
        let new = Workspace(file, isWriting: kind == .write, scripts: scripts, stop: stop)
        workspace = new
        return new
    }

    /// Runs a job on a thread of the lane's own.
    ///
    /// - Throws: `internal` when there is no memory for a thread.
    func hop(_ job: @escaping @Sendable () -> Void) throws(PlatformError) {
        do {
            let thread = try thread ?? LargeStackThread(name: "crm", stackBytes: Self.threadBytes)
            self.thread = thread
            thread.submit(job)
        } catch {
            throw PlatformError(.internal, Message(.workerThread), cause: error)
        }
    }

    /// Gives the lane to a unit; what ended the one before does not end it.
    func begin(_ number: UInt64) {
        unit = number
        guard isStruck else { return }
        isStruck = false
        stop.clear()
        scripts.go()
    }

    /// Ends the unit that has the lane: its script, its statement, its waiting.
    func strike() {
        guard unit != 0 else { return }
        isStruck = true
        stop.set()
        scripts.stop()
    }

    /// Lets go of plugins and plans.
    func clear() { stack.run { workspace = nil } }
}

extension MessageKey {
    static let workerThread = MessageKey(
        "lane.thread",
        zhCN: "无法启动工作线程：内存不足",
        zhTW: "無法啟動工作執行緒：記憶體不足",
        en: "the lane thread could not be started: out of memory"
    )
}
