import CRMPlatform
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Ctrl-C: stops the work that is going on, and the shell only when it has no work and no prompt.
///
/// The signal is blocked in every thread and taken by a thread of its own, so that no handler runs in the middle of
/// anything. At the prompt the terminal sends Ctrl-C as a character to the line editor instead.
final class Interruption: Sendable {
    private struct State {
        var platform: Platform?
        var isBusy = false
        var isInteractive = false
        var count = 0
        var work = 0
        var isReaderGone = false
    }

    /// The only one: a process has one Ctrl-C.
    static let shared = Interruption()

    /// The exit status of a process that Ctrl-C ended.
    static let exitStatus: Int32 = 130

    /// The exit status of a process that was at work when nobody read its output any more; what the signal would give.
    static let unreadStatus: Int32 = 141

    private let state = Mutex(State())

    private init() {}

    /// Begins to listen; to be called once, before any other thread is there.
    func start() {
        signal(SIGPIPE, SIG_IGN)
        // A file that would be larger than allowed is told by the write that fails.
        signal(SIGXFSZ, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let listener = Thread { [self] in
            var waiting = sigset_t()
            sigemptyset(&waiting)
            sigaddset(&waiting, SIGINT)
            while true {
                var number: Int32 = 0
                if sigwait(&waiting, &number) == 0 { strike() }
            }
        }
        listener.stackSize = 256 * 1024
        listener.start()
    }

    /// Names the platform whose work is to be stopped.
    func watch(_ platform: Platform, interactive: Bool) {
        state.withLock {
            $0.platform = platform
            $0.isInteractive = interactive
        }
    }

    /// The metadata of the file that is open, nil when none is.
    ///
    /// Serves the words of errors alone, which do without labels when the metadata cannot be read.
    var catalog: Catalog? { try? state.withLock { $0.platform }?.catalog }

    /// Lets go of the platform when its work is done, so that its file can be closed.
    func release() -> Platform? {
        state.withLock { state in
            defer { state.platform = nil }
            return state.platform
        }
    }

    /// Whether Ctrl-C was pressed since the work that goes on began.
    var isStruck: Bool { state.withLock { $0.isBusy && $0.count > 0 } }

    /// Runs work that Ctrl-C may stop.
    ///
    /// - Throws: what the work throws; `cancelled` when it failed because Ctrl-C stopped it; `ShellExit` when it was stopped
    ///   because nobody reads its output.
    func guarding<T>(_ work: () throws -> T) throws -> T {
        state.withLock {
            $0.isBusy = true
            $0.count = 0
            $0.work += 1
        }
        defer { state.withLock { $0.isBusy = false } }
        do {
            return try work()
        } catch let error as PlatformError {
            let (isStopped, isReaderGone) = state.withLock { ($0.count > 0, $0.isReaderGone) }
            // A script that is stopped looks like one at its limit, a statement like one that failed.
            guard isStopped, [.limitExceeded, .storage, .busy, .cancelled].contains(error.code) else { throw error }
            if isReaderGone { throw ShellExit(status: Self.unreadStatus) }
            throw PlatformError(.cancelled, Message(.shellInterrupted), cause: error)
        }
    }

    /// Stops the work whose output nobody reads any more, as the signal of a broken pipe ends other programs: what it has
    /// not kept is undone, and nothing is said.
    func readerLeft() {
        let (platform, work) = state.withLock { state -> (Platform?, Int) in
            state.isReaderGone = true
            state.count += 1
            return (state.isBusy ? state.platform : nil, state.work)
        }
        guard let platform else { return }
        // The thread that writes is the one that is to be stopped.
        Thread { [self] in stop(platform, work) }.start()
    }

    private func strike() {
        let (platform, isInteractive, count, work) = state.withLock { state in
            state.count += 1
            return (state.isBusy ? state.platform : nil, state.isInteractive, state.count, state.work)
        }
        if let platform, count < 4 {
            // The terminal has written ^C; what follows begins on a line of its own.
            if isatty(STDERR_FILENO) == 1 { _ = write(STDERR_FILENO, "\n", 1) }
            stop(platform, work)
        } else if platform != nil || !isInteractive {
            _exit(Self.exitStatus)
        }
    }

    /// Stops a piece of work, and again for a while: the first time may fall between two of its scripts or statements.
    private func stop(_ platform: Platform, _ work: Int) {
        for pause in [20, 50, 100, 200, 400] as [UInt32] {
            guard state.withLock({ $0.isBusy && $0.work == work }) else { return }
            platform.interrupt()
            usleep(pause * 1000)
        }
    }
}
