package import CRMModel
package import CRMStorage
import LuaBridge

/// The one thread on which a company lives: with a large stack, so that scripts may nest deep.
///
/// `@unchecked Sendable`: `company` is touched only on `thread`, which runs one job after the other.
package final class CompanyWorker: @unchecked Sendable {
    private let thread: LargeStackThread
    private let store: any Store
    private var company: Company?

    /// Opens a company on a thread of its own; the store is made there too.
    ///
    /// - Throws: what opening the store throws; `invalidPlugin` when its plugins cannot be read.
    package init(
        options: PlatformOptions,
        open: @Sendable () throws(PlatformError) -> any Store
    ) throws(PlatformError) {
        do {
            thread = try LargeStackThread(name: "crm")
        } catch {
            throw PlatformError(.internal, Message(.workerThread), cause: error)
        }
        let (store, company) = try thread.run { () throws(PlatformError) -> (any Store, Company) in
            let store = try open()
            return (store, try Company(store: store, options: options))
        }
        self.store = store
        self.company = company
    }

    /// Runs `body` on the thread and waits for it; at once when this is that thread.
    ///
    /// - Throws: what `body` throws; `storage` when the company is closed.
    package func run<T>(_ body: (Company) throws(PlatformError) -> T) throws(PlatformError) -> T {
        try thread.run { () throws(PlatformError) -> T in
            guard let company else { throw PlatformError(.storage, Message(.workerClosed)) }
            return try body(company)
        }
    }

    /// Stops the script and the statement that run now; from any thread.
    package func interrupt() {
        LuaState.interruptAll()
        store.interrupt()
    }

    /// Closes the company and its file.
    ///
    /// - Throws: `busy` when something does not end in time.
    package func close() throws(PlatformError) {
        try thread.run { () throws(PlatformError) in
            guard company != nil else { return }
            company = nil
            try store.close()
        }
    }
}

extension MessageKey {
    static let workerThread = MessageKey(
        "worker.thread",
        zhCN: "无法启动工作线程：内存不足",
        zhTW: "無法啟動工作執行緒：記憶體不足",
        en: "the worker thread could not be started: out of memory"
    )
    static let workerClosed = MessageKey(
        "worker.closed",
        zhCN: "文件已经关闭",
        zhTW: "檔案已經關閉",
        en: "the file has been closed"
    )
}
