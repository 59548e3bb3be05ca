import CRMConcurrency
import CRMPlatform
import Foundation

/// How far a long piece of work has come, on standard error: one line that is written over on a terminal, a plain line
/// now and then elsewhere.
final class ProgressMeter: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        var isOpen = false
    }

    private let console: Console
    private let language: Language
    private let state = Guarded(State())

    /// Makes a meter that has shown nothing yet.
    init(console: Console, language: Language) {
        self.console = console
        self.language = language
    }

    /// Shows how far an import is, unless that was shown just now.
    func show(_ progress: ImportProgress) {
        // The file is read ahead of the rows; only the summary says that all of them are done.
        let percent = progress.fraction.map { " (\(min(Int($0 * 100), 99)) %)" } ?? ""
        show(Message(.shellImporting, ["done": .text(String(progress.rows)), "percent": .text(percent)]))
    }

    /// Shows how far an installation is, unless that was shown just now.
    func show(_ progress: InstallProgress) {
        guard progress.done > 0 else { return show(progress.message) }
        show(
            Message(
                .shellInstalling,
                ["message": .message(progress.message), "done": .text(String(progress.done))]
            )
        )
    }

    /// Shows a message, unless the one before is too fresh.
    func show(_ message: Message) {
        let now = ContinuousClock.now
        let pause: Duration = console.isErrorTerminal ? .milliseconds(100) : .seconds(2)
        state.withLock { state in
            if let last = state.last, now - last < pause { return }
            // Work that ends at once needs no meter.
            defer { state.last = now }
            if state.last == nil, !console.isErrorTerminal { return }
            let text = DisplayWidth.escapingControls(message.text(in: language))
            if console.isErrorTerminal {
                console.complainPart("\r\u{1B}[K" + text)
                state.isOpen = true
            } else {
                console.complain(text)
            }
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            if state.isOpen { console.complainPart("\r\u{1B}[K") }
            state.isOpen = false
        }
    }

    deinit { finish() }
}
