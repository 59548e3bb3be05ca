import CRMPlatform
import Foundation

extension ShellSession {
    /// Writes stubs for editors, and the reference of the Lua interface where wanted.
    func writeStubs(to output: String, reference: String? = nil, force: Bool) throws {
        var files = try platform.stubs().map { (path: output + "/" + $0.path, text: $0.text) }
        if let reference {
            files += Platform.scriptReference.map { (path: reference + "/" + $0.path, text: $0.text) }
        }
        for file in files {
            try FileOutput.makeFolder(URL(fileURLWithPath: file.path).deletingLastPathComponent().path)
            // Stubs are made again and again; what was made by hand is not replaced by them.
            try OutputFile.write(
                Array(file.text.utf8),
                to: file.path,
                overwriting: force ? .always : .when(Platform.isStub),
                reading: [platform.path],
                isPrivate: false
            )
        }
        if isJSON {
            console.json(["files": .array(files.map { .string($0.path) })])
        } else {
            for file in files { report(.shellWritten, ["file": .text(file.path)]) }
        }
    }

    /// Runs a Lua file.
    func runScript(_ path: String, arguments: [String]) throws {
        let source = try FileOutput.readText(path)
        try platform.runScript(
            source,
            name: path,
            in: unit,
            arguments: arguments,
            output: scriptOutput()
        )
    }

    /// Runs a command of a plugin and writes what it returns; `words` are its parameters, by name or in order.
    func runCommand(
        _ name: String,
        _ words: [String],
        to files: ResultFiles = ResultFiles(),
        isWide: Bool = false
    ) throws {
        try files.check(reading: [platform.path])
        let result = try platform.runCommand(
            name,
            parameters: ParameterInput(words: words),
            in: unit,
            output: scriptOutput()
        )
        switch result {
        case .nothing:
            if let file = try files.wanted.first { throw notATable(file.path) }
        case .text(let text):
            let text = text.text(in: language)
            if let output = files.output, files.isOutputNamed, try files.wanted.first?.format == .text {
                try OutputFile.write(
                    Array((text + "\n").utf8),
                    to: output,
                    overwriting: files.overwriting,
                    reading: [platform.path]
                )
                return answer(.shellWritten, ["file": .text(output)])
            }
            scriptOutput()(text)
            if let file = try files.wanted.first { throw notATable(file.path) }
        case .table(let table):
            try show(table, in: files, isWide: isWide)
        }
    }

    private func notATable(_ path: String) -> PlatformError {
        PlatformError(.invalidInput, Message(.shellNotATable, ["file": .text(path)]))
    }

    /// Writes the commands that plugins offer.
    func listCommands() throws {
        let commands = try platform.commands
        if isJSON {
            return console.json([
                "commands": .array(
                    commands.map {
                        [
                            "name": .string($0.callName), "title": .string($0.title.text(in: language)),
                            "plugin": .text($0.plugin?.rawValue), "params": json($0.parameters),
                        ]
                    }
                )
            ])
        }
        console.write(
            table(
                fitting: [(.shellColumnName, .kept), (.shellColumnTitle, .wrap), (.shellColumnParameters, .wrap)],
                commands.map { [$0.callName, $0.title.text(in: language), text($0.parameters)] }
            )
        )
    }

    /// What scripts print, line by line; as `{"output": …}` with JSON.
    private func scriptOutput() -> @Sendable (String) -> Void {
        { [console, isJSON] text in
            if isJSON {
                console.json(["output": .string(text)])
            } else {
                console.line(DisplayWidth.escapingControls(text, keepingLines: true))
            }
            // A person watches; a file or pipe gets larger pieces.
            if console.isTerminal { console.flush() }
        }
    }

    /// Writes what a line of Lua gave.
    func show(output: [String], values: [String]) {
        if isJSON {
            return console.json([
                "output": .array(output.map { .string($0) }), "values": .array(values.map { .string($0) }),
            ])
        }
        for text in output + values { console.line(DisplayWidth.escapingControls(text, keepingLines: true)) }
    }

    /// Begins a rehearsal: everything from now on is real and can be taken back.
    func beginRehearsal() throws {
        try platform.beginRehearsal()
        answer(.shellRehearsing)
    }

    /// Writes what the rehearsal has changed.
    func rehearsalDiff() throws { try show(try platform.rehearsalDiff()) }

    /// Keeps what the rehearsal has changed.
    func commitRehearsal() throws {
        try platform.commitRehearsal()
        answer(.shellRehearsalKept)
    }

    /// Takes back what the rehearsal has changed.
    func rollbackRehearsal() throws {
        try platform.rollbackRehearsal()
        answer(.shellRehearsalTakenBack)
    }

    /// Says in one line that something was done.
    func answer(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) {
        if isJSON {
            console.json(["ok": true, "message": .string(say(key, arguments))])
        } else {
            report(key, arguments)
        }
    }
}
