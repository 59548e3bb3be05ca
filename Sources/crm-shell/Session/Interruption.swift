import CRMConcurrency
import CRMPlatform
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Ctrl-C, and being told to end: stops the work that is going on, and the shell only when it has no work and no prompt.
///
/// The signals are blocked in every thread and taken by a thread of its own, so that no handler runs in the middle of
/// anything. At the prompt the terminal sends Ctrl-C as a character to the line editor instead. However the process ends,
/// files that it was making are removed.
final class Interruption: Sendable {
    private struct State: Sendable {
        var platform: Platform?
        var isBusy = false
        var isInteractive = false
        var count = 0
        var work = 0
        var isReaderGone = false
        /// The signal that has told the process to end, 0 for none.
        var ending: Int32 = 0
        /// What the process ends with, once everything is done and said.
        var status: Int32?
        /// How the terminal was set before a line editor changed it.
        var terminal: termios?
    }

    /// The only one: a process has one Ctrl-C.
    static let shared = Interruption()

    /// The exit status of a process that Ctrl-C ended.
    static let exitStatus: Int32 = 130

    /// The exit status of a process that was at work when nobody read its output any more; what the signal would give.
    static let unreadStatus: Int32 = 141

    /// How long work that was told to end may take to put away what it has begun, in milliseconds.
    private static let patience = 2000

    private let state = Guarded(State())

    private init() {}

    /// Begins to listen; to be called once, before any other thread is there.
    func start() {
        signal(SIGPIPE, SIG_IGN)
        // A file that would be larger than allowed is told by the write that fails.
        signal(SIGXFSZ, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        // A process that was told not to hear them (nohup) does not.
        for number in [SIGTERM, SIGHUP] where !Self.isIgnored(number) { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var settings = termios()
        if tcgetattr(STDIN_FILENO, &settings) == 0 { state.withLock { $0.terminal = settings } }
        let listener = Thread { [self, set] in
            var waiting = set
            while true {
                var number: Int32 = 0
                guard sigwait(&waiting, &number) == 0 else { continue }
                if number == SIGINT { strike() } else { end(by: number) }
            }
        }
        listener.stackSize = 256 * 1024
        listener.start()
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        return sigaction(number, nil, &action) == 0
            && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    /// Says that everything is done and said, and with which status the process ends when the file is closed.
    func willEnd(with status: Int32) { state.withLock { $0.status = status } }

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
    ///   because nobody reads its output, and when the process was told to end.
    func guarding<T>(_ work: () throws -> T) throws -> T {
        state.withLock {
            $0.isBusy = true
            $0.count = 0
            $0.work += 1
        }
        defer { state.withLock { $0.isBusy = false } }
        do {
            let result = try work()
            try leaveWhenTold()
            return result
        } catch let error as PlatformError {
            try leaveWhenTold()
            let (isStopped, isReaderGone) = state.withLock { ($0.count > 0, $0.isReaderGone) }
            // A script that is stopped looks like one at its limit, a statement like one that failed.
            guard isStopped, [.limitExceeded, .storage, .busy, .cancelled].contains(error.code) else { throw error }
            if isReaderGone { throw ShellExit(status: Self.unreadStatus) }
            throw PlatformError(.cancelled, Message(.shellInterrupted), cause: error)
        }
    }

    private func leaveWhenTold() throws {
        let ending = state.withLock { $0.ending }
        if ending != 0 { throw ShellExit(status: 128 + ending) }
    }

    /// Stops the work whose output nobody reads any more, as the signal of a broken pipe ends other programs: what it has
    /// not kept is undone, and nothing is said.
    func readerLeft() {
        let (platform, work) = state.withLock { state -> (Platform?, Int) in
            state.isReaderGone = true
            state.count += 1
            return (state.isBusy ? state.platform : nil, state.work)
        }
        if let platform { stop(platform, work) }
    }

    private func strike() {
        let state = self.state.withLock { state in
            state.count += 1
            return state
        }
        // What was asked for is done and said.
        if let status = state.status { leave(status) }
        let platform = state.isBusy ? state.platform : nil
        guard let platform, state.count < 4 else {
            if platform != nil || !state.isInteractive { leaveInterrupted() }
            return
        }
        // The terminal has written ^C; what follows begins on a line of its own.
        if isatty(STDERR_FILENO) == 1 { _ = write(STDERR_FILENO, "\n", 1) }
        if state.count == 1 { stop(platform, state.work) }
    }

    /// Ends the process, as it was told: the work is stopped first and puts away what it has begun.
    private func end(by number: Int32) {
        let (platform, work) = state.withLock { state -> (Platform?, Int) in
            state.ending = number
            state.count += 1
            return (state.isBusy ? state.platform : nil, state.work)
        }
        if let platform {
            stop(platform, work)
            for _ in 0..<Self.patience / 20 where isAt(work) { usleep(20_000) }
        }
        leave(128 + number)
    }

    private func isAt(_ work: Int) -> Bool { state.withLock { $0.isBusy && $0.work == work } }

    /// Stops a piece of work on a thread of its own, again and again until it has ended: each time may fall between two of
    /// its scripts or statements.
    private func stop(_ platform: Platform, _ work: Int) {
        Thread { [self] in
            var pause: UInt32 = 20
            while isAt(work) {
                platform.interrupt()
                usleep(pause * 1000)
                pause = min(pause * 2, 400)
            }
        }.start()
    }

    private func leaveInterrupted() -> Never {
        if isatty(STDERR_FILENO) == 1 { _ = write(STDERR_FILENO, "\n", 1) }
        let rendering = ErrorRendering(language: ShellLanguage.atStart)
        let error = PlatformError(.cancelled, Message(.shellInterrupted))
        let isJSON = CommandLine.arguments.prefix { $0 != "--" }.contains("--json")
        let text = isJSON ? rendering.json(error).serialised() : rendering.text(error)
        let bytes = Array((text + "\n").utf8)
        // Not by the console, which the work may hold.
        _ = write(STDERR_FILENO, bytes, bytes.count)
        leave(Self.exitStatus)
    }

    private func leave(_ status: Int32) -> Never {
        UnfinishedFiles.removeOwn()
        let terminal = state.withLock { $0.isInteractive ? $0.terminal : nil }
        if var terminal { tcsetattr(STDIN_FILENO, TCSANOW, &terminal) }
        _exit(status)
    }
}
