public import CRMModel
public import CRMOutput
public import CRMRecords
public import CRMRuntime

// The same for tasks: they wait without a thread, and what they ask for ends when they are cancelled.
extension Platform {
    /// As ``read(_:_:)-(UnitContext,_)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: what `body` throws; `busy` when too many wait; `limitExceeded`, `cancelled`, `storage`.
    public func read<T: Sendable>(
        _ unit: UnitContext,
        _ body: @escaping @Sendable (RecordSession) throws -> T
    ) async throws(PlatformError) -> T {
        try await run(.fast, unit) { workspace throws(PlatformError) in
            try workspace.read(unit) { session throws(PlatformError) in try PlatformError.of { try body(session) } }
        }
    }

    /// As ``write(_:_:)-(UnitContext,_)``, while the task waits; ends with `cancelled` when that is cancelled, and nothing is kept.
    ///
    /// - Throws: what `body` throws; `busy` when too many wait, or somebody rehearses; `limitExceeded`, `cancelled`, `storage`.
    @discardableResult
    public func write<T: Sendable>(
        _ unit: UnitContext,
        _ body: @escaping @Sendable (RecordSession) throws -> T
    ) async throws(PlatformError) -> T {
        try await run(.write, unit) { workspace throws(PlatformError) in
            try workspace.write(unit) { session throws(PlatformError) in try PlatformError.of { try body(session) } }
        }
    }

    /// As ``search(_:objects:limit:in:progress:)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: as ``search(_:objects:limit:in:progress:)``; `cancelled`.
    public func search(
        _ text: String,
        objects: [ObjectName]? = nil,
        limit: Int = 50,
        in unit: UnitContext,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws(PlatformError) -> SearchResult {
        try await cancellable { [lanes] ticket throws(PlatformError) in
            let warning = try await lanes.prepareSearch(unit, ticket: ticket, progress: progress)
            var result = try await lanes.run(.fast, unit, ticket: ticket) { workspace throws(PlatformError) in
                try workspace.read(unit) { session throws(PlatformError) in
                    try session.search(text, objects: objects, limit: limit)
                }
            }
            result.warning = warning
            return result
        }
    }

    /// As ``runReport(_:parameters:in:)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: as ``runReport(_:parameters:in:)``; `busy`, `cancelled`.
    public func runReport(
        _ name: String,
        parameters: ParameterInput = [:],
        in unit: UnitContext
    ) async throws(PlatformError) -> ReportResult {
        try await run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.runReport(name, parameters: parameters, in: unit)
        }
    }

    /// As ``printRecord(template:record:in:)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: as ``printRecord(template:record:in:)``; `busy`, `cancelled`.
    public func printRecord(
        template: String,
        record: RecordID,
        in unit: UnitContext
    ) async throws(PlatformError) -> PrintedPage {
        try await run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.printRecord(template: template, record: record, in: unit)
        }
    }

    /// As ``runCommand(_:parameters:in:output:)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: as ``runCommand(_:parameters:in:output:)``; `busy`, `cancelled`.
    @discardableResult
    public func runCommand(
        _ name: String,
        parameters: ParameterInput = [:],
        in unit: UnitContext,
        output: @escaping @Sendable (String) -> Void
    ) async throws(PlatformError) -> CommandResult {
        try await run(.write, unit) { workspace throws(PlatformError) in
            try workspace.runCommand(name, parameters: parameters, in: unit, output: output)
        }
    }

    /// As ``exportRecords(query:to:fields:style:in:sink:)``, while the task waits; ends with `cancelled` when that is cancelled.
    ///
    /// - Throws: as ``exportRecords(query:to:fields:style:in:sink:)``; `busy`, `cancelled`.
    public func exportRecords(
        query: Query,
        to format: ExportFormat,
        fields: [FieldName]? = nil,
        style: Exporter.Style = .exact,
        in unit: UnitContext,
        sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws(PlatformError) -> Int {
        try await run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.read(unit) { session throws(PlatformError) in
                try Self.export(query, to: format, fields, style, in: session, sink)
            }
        }
    }

    /// Runs a unit of work on a lane of its kind; it ends when the task is cancelled.
    private func run<T: Sendable>(
        _ kind: Lane.Kind,
        _ unit: UnitContext,
        _ body: @escaping @Sendable (Workspace) throws(PlatformError) -> T
    ) async throws(PlatformError) -> T {
        try await cancellable { [lanes] ticket throws(PlatformError) in
            try await lanes.run(kind, unit, ticket: ticket, body)
        }
    }

    /// Runs asynchronous work with a ticket by which it ends when the task is cancelled.
    private func cancellable<T: Sendable>(
        _ body: @Sendable (UnitTicket) async throws(PlatformError) -> T
    ) async throws(PlatformError) -> T {
        let ticket = UnitTicket()
        let result: Result<T, PlatformError> = await withTaskCancellationHandler {
            do throws(PlatformError) {
                return .success(try await body(ticket))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            ticket.cancel()
        }
        return try result.get()
    }
}
