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
        console.complain(Self.lines("\(mark)\(entry.plugin)\(record): \(entry.text)"))
    }

    /// What was said as people read it: lines after the first do not begin at the edge, where they would look like lines of
    /// the log, and columns stay apart.
    static func lines(_ text: String) -> String {
        let spread = text.replacing("\t", with: "    ").replacing("\r\n", with: "\n").replacing("\n", with: "\n    ")
        return DisplayWidth.escapingControls(spread, keepingLines: true)
    }
}

extension ShellSession {
    /// Tells which plugins were switched off because they failed, and what after_commit hooks could not do; the exit status for it, nil when there is none.
    func tellAfterCommitErrors() throws(PlatformError) -> Int32? {
        for suspension in try platform.takeSuspensions() { warn(of: suspension) }
        let failures = try platform.takeAfterCommitErrors()
        for failure in failures {
            if isJSON {
                console.complain(json: errors.json(failure))
            } else {
                console.complain(errors.text(failure))
            }
        }
        guard !failures.isEmpty else { return nil }
        // Saved it is, so nobody should do it again.
        return failures.contains { $0.code == .cancelled } ? Interruption.exitStatus : ErrorRendering.effectStatus
    }
}
