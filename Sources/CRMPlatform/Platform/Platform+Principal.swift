public import CRMModel
public import CRMOutput
public import CRMRecords
public import CRMRuntime

// The same for callers who say no more than on whose behalf: in the language of the options or the file.
extension Platform {
    /// As ``runReport(_:parameters:in:)``.
    ///
    /// - Throws: as ``runReport(_:parameters:in:)``.
    public func runReport(
        _ name: String,
        parameters: ParameterInput = [:],
        as principal: Principal
    ) throws(PlatformError) -> ReportResult {
        try runReport(name, parameters: parameters, in: UnitContext(principal))
    }

    /// As ``printRecord(template:record:in:)``.
    ///
    /// - Throws: as ``printRecord(template:record:in:)``.
    public func printRecord(
        template: String,
        record: RecordID,
        language: Language,
        as principal: Principal
    ) throws(PlatformError) -> PrintedPage {
        try printRecord(template: template, record: record, in: UnitContext(principal, language: language))
    }

    /// As ``exportRecords(query:to:fields:style:in:sink:)``.
    ///
    /// - Throws: as ``exportRecords(query:to:fields:style:in:sink:)``.
    public func exportRecords(
        query: Query,
        to format: ExportFormat,
        fields: [FieldName]? = nil,
        style: Exporter.Style = .exact,
        as principal: Principal,
        language: Language,
        sink: @Sendable ([UInt8]) throws -> Void
    ) throws(PlatformError) -> Int {
        let unit = UnitContext(principal, language: language)
        return try exportRecords(query: query, to: format, fields: fields, style: style, in: unit, sink: sink)
    }

    /// As ``runCommand(_:parameters:in:output:)``, through the door of the shell.
    ///
    /// - Throws: as ``runCommand(_:parameters:in:output:)``.
    @discardableResult
    public func runCommand(
        _ name: String,
        parameters: ParameterInput = [:],
        as principal: Principal,
        output: @escaping @Sendable (String) -> Void
    ) throws(PlatformError) -> CommandResult {
        try runCommand(name, parameters: parameters, in: UnitContext(principal, origin: .shell), output: output)
    }

    /// As ``runScript(_:name:in:arguments:output:)``, through the door of the shell.
    ///
    /// - Throws: as ``runScript(_:name:in:arguments:output:)``.
    public func runScript(
        _ source: String,
        name: String,
        as principal: Principal,
        arguments: [String] = [],
        output: @escaping @Sendable (String) -> Void
    ) throws(PlatformError) {
        let unit = UnitContext(principal, origin: .shell)
        try runScript(source, name: name, in: unit, arguments: arguments, output: output)
    }

    /// As ``rehearsalDiff(as:)``, all of it.
    ///
    /// - Throws: as ``rehearsalDiff(as:)``.
    public func rehearsalDiff() throws(PlatformError) -> [RecordChange] { try rehearsalDiff(as: .administrator) }

    /// As ``makeConsole(in:)``, through the door of the shell.
    public func makeConsole(as principal: Principal) -> ScriptConsole {
        makeConsole(in: UnitContext(principal, origin: .shell))
    }

    /// As ``search(_:objects:limit:in:progress:)``.
    ///
    /// - Throws: as ``search(_:objects:limit:in:progress:)``.
    public func search(
        _ text: String,
        objects: [ObjectName]? = nil,
        limit: Int = 50,
        as principal: Principal,
        progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlatformError) -> SearchResult {
        try search(text, objects: objects, limit: limit, in: UnitContext(principal), progress: progress)
    }

    /// As ``explain(_:_:)``; effects are told in `language`.
    ///
    /// - Throws: as ``explain(_:_:)``.
    public func explain(
        as principal: Principal,
        origin: Origin,
        in language: Language? = nil,
        _ body: @Sendable (RecordSession) throws -> Void
    ) throws(PlatformError) -> SaveTrace {
        try explain(UnitContext(principal, language: language, origin: origin), body)
    }
}
