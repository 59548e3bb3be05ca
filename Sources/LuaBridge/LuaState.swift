internal import CLua

/// The source text of a module, with the name that errors give it.
public struct LuaModuleSource: Sendable {
    let source: String
    let chunkName: String

    /// Names a source text.
    public init(source: String, chunkName: String) {
        self.source = source
        self.chunkName = chunkName
    }
}

/// What `require` asks for: a module of the code that asks, `name`, or one of another scope, `scope/name`.
///
/// The code of a scope has its own globals in front of the state's, and what its modules give to code outside of it is
/// read-only.
public struct LuaModuleRequest: Sendable, Hashable {
    /// The name within the scope, such as `lib.lines`.
    public let name: String
    /// The scope of the module; empty for the state's own.
    public let scope: String
    /// The scope of the code that asks; empty for the state's own.
    public let asker: String

    /// Takes `scope/name` or `name` apart.
    init(key: String, asker: String) {
        let slash = key.utf8.firstIndex(of: UInt8(ascii: "/"))
        scope = slash.map { String(key[..<$0]) } ?? ""
        name = slash.map { String(key[key.utf8.index(after: $0)...]) } ?? key
        self.asker = asker
    }
}

/// A Lua state of its own, with an environment that reaches nothing outside it, and with limits.
///
/// A state belongs to whoever made it and is used by one thread at a time. It should run on a ``LargeStackThread``.
public final class LuaState {
    /// Names the state, for messages of the host.
    public let name: String
    let core: LuaCore
    private let ownsCore: Bool

    /// Opens a state.
    /// - Parameters:
    ///   - name: What the host calls it.
    ///   - limits: What each outermost call may use.
    ///   - metering: How steps and time are watched.
    ///   - group: The states that are interrupted together with this one; nil for none.
    ///   - moduleLoader: Finds the source of what `require` asks for; nil if there is no such module.
    ///   - print: Gets each line that a script prints.
    /// - Throws: ``LuaError`` with code `memory`.
    public init(
        name: String,
        limits: LuaLimits = LuaLimits(),
        metering: LuaMetering = .deadline,
        group: LuaStateGroup? = nil,
        moduleLoader: ((LuaModuleRequest) throws -> LuaModuleSource?)? = nil,
        print: ((String) -> Void)? = nil
    ) throws(LuaError) {
        self.name = name
        core = try LuaCore(limits: limits, metering: metering)
        ownsCore = true
        core.moduleLoader = moduleLoader
        core.printer = print
        core.state = self
        core.group = group
        if let group, let pointer = core.pointer { crmlua_set_group(pointer, group.pointer) }
    }

    /// Another view of a state that is being closed, for the callbacks that still run in it.
    init(viewing core: LuaCore) {
        name = ""
        self.core = core
        ownsCore = false
    }

    deinit {
        if ownsCore { core.close() }
    }

    /// Closes the state, once no call runs in it.
    ///
    /// Functions of it are dead from then on. Happens by itself when the
    /// state is no longer used.
    public func close() { core.close() }

    /// Whether the state is closed or a limit has struck, so that it must be thrown away.
    public var isDead: Bool {
        guard let pointer = core.pointer else { return true }
        return crmlua_is_dead(pointer)
    }

    /// Changes what outermost calls may use from the next one on.
    public func setLimits(_ limits: LuaLimits) {
        guard let pointer = core.pointer else { return }
        var raw = crmlua_Limits(limits)
        crmlua_set_limits(pointer, &raw)
    }

    /// The version of Lua, such as `5.4.4`.
    public static var version: String { String(cString: crmlua_version()) }

    /// Lets outermost calls that start from now on run so much longer than their limits of time.
    ///
    /// Library functions get steps in proportion.
    /// - Parameter nanoseconds: What is added to their limits of processor time and time on the wall.
    public func grantFirst(nanoseconds: Int64) {
        if let pointer = core.pointer { crmlua_grant_first(pointer, nanoseconds) }
    }

    /// Lets the scripts that run on this thread, one within the other, go on so much longer, each to its ceiling.
    /// - Parameter nanoseconds: What is added to their limits of processor time and time on the wall.
    public static func grant(nanoseconds: Int64) { crmlua_grant(nanoseconds) }

    /// Whether a script that runs on this thread was told to stop, so that what the host does for it should end too.
    ///
    /// Costs next to nothing.
    public static var isThreadStopped: Bool { crmlua_is_thread_stopped() }

    /// Stops the state from within a callback, by a limit of the host's own: the script ends when the callback returns,
    /// whatever it would catch.
    /// - Parameter limit: The number of the limit, from 0; comes back as ``LuaLimit/host(_:)``.
    public func stop(by limit: Int) {
        if let pointer = core.pointer { crmlua_stop(pointer, Int32(clamping: CRMLUA_STOP_HOST + limit)) }
    }

    /// Stops the state from within a callback because what the host holds for it is more than its memory limit.
    public func stopByMemory() {
        if let pointer = core.pointer { crmlua_stop(pointer, Int32(CRMLUA_STOP_MEMORY)) }
    }

    /// The limit that has struck, nil when none has.
    public var limit: LuaLimit? { core.pointer.flatMap { LuaLimit(reason: crmlua_stop_reason($0)) } }

    /// Whether so many bytes more would still be within the memory limit.
    public func fits(bytes: Int) -> Bool {
        core.pointer.map { crmlua_fits($0, UInt64(clamping: bytes)) } ?? false
    }

    /// Hands a line to `print` as scripts do, cut to what is left of the limit on printed bytes.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - beside: The bytes that stand before it where it is shown; they count too.
    public func log(_ line: String, beside: Int = 0) {
        guard let pointer = core.pointer else { return }
        var line = line
        line.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { crmlua_log(pointer, $0.baseAddress, $0.count, beside) }
        }
    }

    /// Whether the call that runs, or ran last, printed more than its limit, so that the rest was left out.
    public var isLogCut: Bool { core.pointer.map { crmlua_is_log_cut($0) } ?? false }

    /// Stops every script that runs now in a state of a group, as ``LuaLimit/interruption``; a call that begins later is
    /// not concerned.
    ///
    /// May be called on any thread.
    public static func interrupt(_ group: LuaStateGroup) {
        if let pointer = group.pointer { crmlua_interrupt(pointer) }
    }

    /// How errors of the host are shown to scripts that catch them: as a table of this shape, or as text if nil.
    public var errorValue: ((any Error) -> LuaValue?)? {
        get { core.errorValue }
        set { core.errorValue = newValue }
    }

    /// What the last outermost call has used.
    public var statistics: LuaStatistics {
        var raw = crmlua_Statistics()
        if let pointer = core.pointer { crmlua_statistics(pointer, &raw) }
        return LuaStatistics(
            steps: raw.steps,
            cpuSeconds: Double(raw.cpu_nanoseconds) / 1e9,
            bytes: raw.bytes,
            peakBytes: raw.peak_bytes
        )
    }

    /// Compiles source text.
    /// - Parameters:
    ///   - source: Lua text; never bytecode.
    ///   - chunkName: What errors call it, a plugin and file for example.
    /// - Returns: The chunk as a function.
    /// - Throws: ``LuaError`` with code `syntax`, `memory`, `budgetExceeded` or `dead`.
    public func load(_ source: String, chunkName: String) throws(LuaError) -> LuaFunction {
        try core.load(source, chunkName: chunkName)
    }

    /// Makes a function that scripts can call.
    /// - Parameters:
    ///   - name: What errors about arguments call it.
    ///   - body: Reads its arguments from the call and leaves its results there. Any error may be thrown.
    /// - Returns: The function, to be set as a global or a member, or given to a script.
    /// - Throws: ``LuaError`` with code `memory` or `dead`.
    public func makeFunction(
        _ name: String,
        _ body: @escaping (inout LuaCall) throws -> Void
    ) throws(LuaError) -> LuaFunction {
        let pointer = try core.open()
        let box = FunctionBox(name: name, body: body)
        var reference: Int32 = 0
        let status = withExtendedLifetime(box) {
            crmlua_make_function(pointer, Unmanaged.passUnretained(box).toOpaque(), &reference)
        }
        try core.check(status, in: pointer)
        return LuaFunction(core: core, reference: reference)
    }

    /// Sets a global, by raw access.
    /// - Throws: ``LuaError`` with code `conversion`, `memory` or `dead`.
    public func setGlobal(_ name: String, _ value: LuaArgument) throws(LuaError) {
        let core = core
        let pointer = try core.open()
        let builder = try core.build(in: pointer) { (writer) throws(LuaError) in
            try writer.append(value, core: core)
        }
        let status = withExtendedLifetime(value) {
            crmlua_set_global(pointer, name, name.utf8.count, builder)
        }
        try core.check(status, in: pointer)
    }

    /// Makes a table of members.
    ///
    /// Set it as a global, or make it a member of another.
    /// - Parameters:
    ///   - members: Names with functions, data, or other modules.
    ///   - readOnly: Whether scripts can only read it.
    /// - Returns: The module.
    /// - Throws: ``LuaError`` with code `conversion`, `memory` or `dead`.
    public func makeModule(
        _ members: [(name: String, value: LuaArgument)],
        readOnly: Bool = true
    ) throws(LuaError)
        -> LuaTable
    {
        let core = core
        let reference = try core.makeReference { (writer) throws(LuaError) in
            writer.beginTable(members.count, frozen: readOnly)
            for member in members {
                writer.append(member.name)
                try writer.append(member.value, core: core)
            }
        }
        withExtendedLifetime(members) {}
        return LuaTable(core: core, reference: reference)
    }

    /// Makes a module and sets it as the global of that name.
    /// - Parameters:
    ///   - name: The global.
    ///   - members: Names with functions, data, or other modules.
    ///   - readOnly: Whether scripts can only read it.
    /// - Returns: The module.
    /// - Throws: ``LuaError`` with code `conversion`, `memory` or `dead`.
    @discardableResult
    public func makeModule(
        _ name: String,
        _ members: [(name: String, value: LuaArgument)],
        readOnly: Bool = true
    ) throws(LuaError) -> LuaTable {
        let module = try makeModule(members, readOnly: readOnly)
        try setGlobal(name, .table(module))
        return module
    }
}

extension LuaState {
    /// For tests: lets the given number of allocations pass and fails all later ones; negative ends that.
    func failAllocation(after count: Int64) {
        if let pointer = core.pointer { crmlua_fail_allocation(pointer, count) }
    }
}
