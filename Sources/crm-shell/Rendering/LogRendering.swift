import CRMPlatform

/// Writes what plugins print and log during saves to standard error.
struct LogRendering {
    let console: Console
    let isJSON: Bool

    /// Writes one line, `[warn] sales · order/12: …`, or a JSON document.
    func show(_ entry: LogEntry) {
        if isJSON {
            console.complain(json: [
                "log": [
                    "level": .string(entry.level.rawValue), "plugin": .string(entry.plugin.rawValue),
                    "record": .text(entry.record?.description), "text": .string(entry.text),
                ]
            ])
            return
        }
        let mark = entry.level == .print ? "" : "[\(entry.level.rawValue)] "
        let record = entry.record.map { $0.number > 0 ? " · \($0)" : " · \($0.object)" } ?? ""
        let line = "\(mark)\(entry.plugin)\(record): \(entry.text)"
        console.complain(DisplayWidth.escapingControls(line))
    }
}

extension ShellSession {
    /// Tells what after_commit hooks could not do; the exit status for it, nil when there is nothing to tell.
    func tellAfterCommitErrors() throws(PlatformError) -> Int32? {
        let failures = try platform.takeAfterCommitErrors()
        for failure in failures {
            if isJSON {
                console.complain(json: errors.json(failure))
            } else {
                console.complain(errors.text(failure))
            }
        }
        return failures.first.map { ErrorRendering.exitStatus(of: $0.code) }
    }
}
