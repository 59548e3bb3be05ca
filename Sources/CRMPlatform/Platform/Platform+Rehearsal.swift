public import CRMModel
public import CRMRuntime

extension Platform {
    /// Whether a rehearsal is going on in which everything takes part that names none; never in a file that is closed.
    public var isRehearsing: Bool { lanes.isRehearsing }

    /// Whether records, settings or plugins were saved since the file was opened; a rehearsal counts when it is kept.
    public var hasSaved: Bool { lanes.hasSaved }

    /// Begins a rehearsal in which everything takes part that is done with this file by this program: what is written from now on
    /// is seen as usual, and kept or undone as a whole.
    ///
    /// For a program that serves one person. Other programs see what is committed, and cannot save meanwhile.
    ///
    /// - Throws: `conflict` when one is going on; `busy` when somebody else rehearses.
    public func beginRehearsal() throws(PlatformError) {
        _ = try lanes.beginRehearsal(UnitContext(.administrator), isForAll: true)
    }

    /// Begins a rehearsal in which only those units take part that name it.
    ///
    /// All others see what is committed. When they want to write they are told with `busy` who rehearses and since when: at once, or
    /// when their deadline is over.
    ///
    /// - Parameter unit: Who begins it.
    /// - Returns: What its units name as their ``UnitContext/rehearsal``.
    /// - Throws: `conflict` when the unit takes part in one already; `busy` when somebody else rehearses.
    public func beginRehearsal(for unit: UnitContext) throws(PlatformError) -> RehearsalID {
        try lanes.beginRehearsal(unit, isForAll: false)
    }

    /// What was changed since the rehearsal began, as far as the principal may see it.
    ///
    /// - Parameters:
    ///   - id: Which one; nil for that in which everything takes part.
    ///   - principal: Who asks.
    /// - Returns: The changes, in their order.
    /// - Throws: `conflict` when none is going on.
    public func rehearsalDiff(
        _ id: RehearsalID? = nil,
        as principal: Principal
    ) throws(PlatformError) -> [RecordChange] {
        let unit = UnitContext(principal, rehearsal: id)
        return try lanes.inRehearsal(unit) { workspace throws(PlatformError) in try workspace.rehearsalDiff(unit) }
    }

    /// Keeps what was done since the rehearsal began.
    ///
    /// - Parameter id: Which one; nil for that in which everything takes part.
    /// - Throws: `conflict` when none is going on; `storage`.
    public func commitRehearsal(_ id: RehearsalID? = nil) throws(PlatformError) {
        try lanes.endRehearsal(UnitContext(.administrator, rehearsal: id), keeping: true)
    }

    /// Undoes what was done since the rehearsal began.
    ///
    /// - Parameter id: Which one; nil for that in which everything takes part.
    /// - Throws: `conflict` when none is going on.
    public func rollbackRehearsal(_ id: RehearsalID? = nil) throws(PlatformError) {
        try lanes.endRehearsal(UnitContext(.administrator, rehearsal: id), keeping: false)
    }
}
