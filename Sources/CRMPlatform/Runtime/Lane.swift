package import CRMModel
import CRMScripting
package import CRMStorage
import LuaBridge
import Synchronization

/// Where an open file works: one job after the other, on a large stack, so that scripts may nest deep.
///
/// `@unchecked Sendable`: `file` is touched only on `stack`, where there is one thread at a time.
package final class Lane: @unchecked Sendable {
    private let stack: LargeStack
    private let store: any Store
    private var file: OpenFile?
    private let scripts = LuaStateGroup()
    /// How many calls are within each other now.
    ///
    /// Locked while an interruption is carried out, so that it strikes the work it was meant for, or nothing: that work
    /// cannot end and other work begin meanwhile.
    private let depth = Mutex(0)

    /// Opens a file on a stack of its own; the store is made there too.
    ///
    /// - Throws: what opening the store throws; `invalidPlugin` when its plugins cannot be read.
    package init(
        options: PlatformOptions,
        open: @Sendable () throws(PlatformError) -> any Store
    ) throws(PlatformError) {
        do {
            stack = try LargeStack(name: "crm")
        } catch {
            throw PlatformError(.internal, Message(.workerThread), cause: error)
        }
        let (store, file) = try stack.run { [scripts] () throws(PlatformError) -> (any Store, OpenFile) in
            let store = try open()
            return (store, try OpenFile(store: store, options: options, scripts: scripts))
        }
        self.store = store
        self.file = file
    }

    /// Runs `body` on the stack, when those who came before are done; at once when the caller is on it.
    ///
    /// - Throws: what `body` throws; `storage` when the file is closed.
    @discardableResult
    package func run<T>(_ body: (OpenFile) throws(PlatformError) -> T) throws(PlatformError) -> T {
        try stack.run { () throws(PlatformError) -> T in
            guard let file else { throw PlatformError(.storage, Message(.workerClosed)) }
            let isOutermost = depth.withLock { depth in
                depth += 1
                return depth == 1
            }
            defer {
                if isOutermost { file.keepLog() }
                depth.withLock { $0 -= 1 }
            }
            return try body(file)
        }
    }

    /// Copies the file as it is at this moment; work goes on meanwhile.
    ///
    /// - Throws: `cancelled`, `storage`.
    package func copy(
        into file: OutputFile,
        progress: (_ done: Int, _ all: Int) -> Void
    ) throws(PlatformError) {
        guard let store = store as? SQLiteStore else { throw PlatformError(.internal, Message(.workerClosed)) }
        depth.withLock { $0 += 1 }
        defer { depth.withLock { $0 -= 1 } }
        try store.copy(into: file, progress: progress)
    }

    /// Stops the script and the statement of this file that run now, and nothing that begins later; from any thread.
    package func interrupt() {
        depth.withLock { depth in
            guard depth > 0 else { return }
            LuaState.interrupt(scripts)
            store.interrupt()
        }
    }

    /// Closes the file.
    ///
    /// - Throws: `busy` when something does not end in time.
    package func close() throws(PlatformError) {
        try stack.run { () throws(PlatformError) in
            guard let opened = file else { return }
            opened.keepLog()
            file = nil
            try store.close()
        }
    }
}

extension MessageKey {
    static let workerThread = MessageKey(
        "lane.thread",
        zhCN: "无法启动工作线程：内存不足",
        zhTW: "無法啟動工作執行緒：記憶體不足",
        en: "the lane thread could not be started: out of memory"
    )
    static let workerClosed = MessageKey(
        "lane.closed",
        zhCN: "文件已经关闭",
        zhTW: "檔案已經關閉",
        en: "the file has been closed"
    )
}
