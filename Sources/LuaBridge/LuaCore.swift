internal import CLua

/// The inside of a state: owns the C pointer while it is open.
///
/// Functions and classes hold on to this, not to the state,
/// so that callbacks which keep functions do not keep their state alive in a circle.
final class LuaCore {
    private(set) var pointer: OpaquePointer?
    weak var state: LuaState?
    /// The group of the state, for as long as that is open.
    var group: LuaStateGroup?
    var printer: ((String) -> Void)?
    var moduleLoader: ((LuaModuleRequest) throws -> LuaModuleSource?)?
    var errorValue: ((any Error) -> LuaValue?)?
    private var closing = false
    private var errors: [Int64: any Error] = [:]
    private var lastError: Int64 = 0

    /// How many errors of the host are kept for the outermost call that may end with one of them.
    private static let keptErrors = 256

    init(limits: LuaLimits, metering: LuaMetering) throws(LuaError) {
        var raw = crmlua_Limits(limits)
        var callbacks = Dispatch.callbacks
        let owner = Unmanaged.passUnretained(self).toOpaque()
        guard let opened = crmlua_open(&raw, metering == .exact, &callbacks, owner) else { throw LuaError.memory() }
        pointer = opened
    }

    deinit { closeNow() }

    func open() throws(LuaError) -> OpaquePointer {
        guard let pointer else { throw LuaError.dead() }
        return pointer
    }

    func checkSame(_ other: LuaCore) throws(LuaError) {
        guard other === self else { throw LuaError(code: .conversion, message: "the value belongs to another state") }
    }

    // MARK: Closing

    /// Closes the state, after the outermost call if one is running.
    func close() {
        guard let pointer else { return }
        if crmlua_is_running(pointer) { closing = true } else { closeNow() }
    }

    private func closeNow() {
        guard let old = pointer else { return }
        pointer = nil
        crmlua_close(old)
    }

    private func callEnded() {
        guard let pointer, !crmlua_is_running(pointer) else { return }
        if !errors.isEmpty { errors.removeAll() }
        if closing { closeNow() }
    }

    func unreference(_ reference: Int32) {
        if let pointer { crmlua_unreference(pointer, reference) }
    }

    // MARK: Errors

    /// Keeps an error of the host until it is known whether a script handles it.
    func remember(_ error: any Error) -> Int64 {
        if errors.count >= LuaCore.keptErrors { errors.removeAll(keepingCapacity: true) }
        lastError += 1
        errors[lastError] = error
        return lastError
    }

    /// Makes the error of the last failure; its value is on top of the stack if `readsValue`.
    func failure(_ status: Int32, in pointer: OpaquePointer, readsValue: Bool) -> LuaError {
        if status == Int32(CRMLUA_DEAD) { return LuaError.dead(LuaLimit(reason: crmlua_stop_reason(pointer))) }
        guard let raw = crmlua_failure(pointer)?.pointee else { return LuaError.memory() }
        let message = UnsafeRawBufferPointer(start: raw.message, count: raw.message_length)
        let kept = raw.cause > 0 ? errors[raw.cause] : nil
        let own = kept as? LuaError
        let adopted = own.flatMap { LuaCore.adoptedCodes.contains($0.code) ? $0.code : nil }
        var error = LuaError(
            code: adopted ?? LuaCore.code(status),
            message: String(escapingInvalid: message)
        )
        error.limit = LuaLimit(reason: raw.stop)
        error.chunk = raw.chunk.map { String(cString: $0) }
        error.line = raw.line > 0 ? Int(raw.line) : nil
        error.isIncomplete = status == Int32(CRMLUA_SYNTAX) && error.message.hasSuffix("near <eof>")
        error.traceback = raw.traceback.map { String(cString: $0) } ?? ""
        error.cause = own == nil ? kept : own?.cause ?? (adopted == nil ? own : nil)
        if readsValue, raw.is_table { error.value = try? read(at: -1, opaque: .name) }
        return error
    }

    private static let adoptedCodes: Set<LuaError.Code> = [.argument, .conversion, .callbackExpired]

    private static func code(_ status: Int32) -> LuaError.Code {
        switch Int(status) {
        case CRMLUA_SYNTAX: .syntax
        case CRMLUA_MEMORY: .memory
        case CRMLUA_BUDGET: .budgetExceeded
        case CRMLUA_EXPIRED: .callbackExpired
        case CRMLUA_BAD_ARGUMENT: .argument
        default: .runtime
        }
    }

    func check(_ status: Int32, in pointer: OpaquePointer) throws(LuaError) {
        if status != Int32(CRMLUA_OK) { throw failure(status, in: pointer, readsValue: false) }
    }

    // MARK: Calls

    /// Fills a builder; gives it back if that fails.
    func build(
        in pointer: OpaquePointer,
        _ fill: (ValueWriter) throws(LuaError) -> Void
    ) throws(LuaError) -> UnsafeMutablePointer<crmlua_Builder> {
        guard let builder = crmlua_builder_take(pointer) else { throw LuaError.memory() }
        do {
            try fill(ValueWriter(builder: builder))
        } catch {
            crmlua_builder_give(pointer)
            throw error
        }
        if builder.pointee.error_code != 0 {
            crmlua_builder_give(pointer)
            throw LuaError.memory()
        }
        return builder
    }

    /// Calls a function and hands its results over while they are on the stack.
    func call<R>(
        _ reference: Int32,
        arguments: [LuaArgument],
        wanted: Int32,
        _ body: (UnsafePointer<crmlua_Value>, Int, Int32) throws(LuaError) -> R
    ) throws(LuaError) -> R {
        let pointer = try open()
        let height = crmlua_stack_height(pointer)
        defer {
            assert(
                self.pointer == nil || crmlua_is_dead(pointer) || crmlua_stack_height(pointer) == height,
                "unbalanced Lua stack"
            )
        }
        var builder: UnsafeMutablePointer<crmlua_Builder>?
        if !arguments.isEmpty {
            builder = try build(in: pointer) { (writer) throws(LuaError) in
                for argument in arguments { try writer.append(argument, core: self) }
            }
        }
        var results = crmlua_Results()
        let status = withExtendedLifetime(arguments) {
            crmlua_call(pointer, reference, builder, wanted, &results)
        }
        return try finish(status, results, in: pointer, body)
    }

    /// Calls with at most one argument that needs no memory, for one result.
    func callOne<R>(
        _ reference: Int32,
        argument: crmlua_Value?,
        _ body: (UnsafePointer<crmlua_Value>, Int, Int32) throws(LuaError) -> R
    ) throws(LuaError) -> R {
        let pointer = try open()
        var results = crmlua_Results()
        let status: Int32
        if var argument {
            status = crmlua_call_one(pointer, reference, &argument, &results)
        } else {
            status = crmlua_call_one(pointer, reference, nil, &results)
        }
        return try finish(status, results, in: pointer, body)
    }

    private func finish<R>(
        _ status: Int32,
        _ results: crmlua_Results,
        in pointer: OpaquePointer,
        _ body: (UnsafePointer<crmlua_Value>, Int, Int32) throws(LuaError) -> R
    ) throws(LuaError) -> R {
        if status == Int32(CRMLUA_DEAD) { throw LuaError.dead() }
        defer {
            crmlua_finish(pointer, results.base)
            callEnded()
        }
        guard status == Int32(CRMLUA_OK), let values = results.values else {
            throw failure(status, in: pointer, readsValue: true)
        }
        return try body(values, Int(results.count), results.base + 2)
    }

    func load(_ source: String, chunkName: String) throws(LuaError) -> LuaFunction {
        let pointer = try open()
        var reference: Int32 = 0
        var source = source
        let status = source.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                crmlua_load(pointer, $0.baseAddress, $0.count, chunkName, &reference)
            }
        }
        defer { callEnded() }
        try check(status, in: pointer)
        return LuaFunction(core: self, reference: reference)
    }

    // MARK: Data

    /// Copies what a stack index of the running coroutine holds.
    func read(
        at index: Int32,
        opaque: LuaValue.OpaquePolicy,
        items: Int = LuaValue.maximumItems
    ) throws(LuaError) -> LuaValue {
        let pointer = try open()
        guard let builder = crmlua_builder_take(pointer) else { throw LuaError.memory() }
        defer { crmlua_builder_give(pointer) }
        let depth = Int32(LuaValue.maximumDepth)
        let status = crmlua_read_at(pointer, index, builder, depth, Int32(clamping: items))
        return try LuaCore.tree(status, builder, opaque, items: items)
    }

    func readReference(
        _ reference: Int32,
        opaque: LuaValue.OpaquePolicy,
        items: Int = LuaValue.maximumItems
    ) throws(LuaError) -> LuaValue {
        let pointer = try open()
        guard let builder = crmlua_builder_take(pointer) else { throw LuaError.memory() }
        var base: Int32 = 0
        let depth = Int32(LuaValue.maximumDepth)
        let limit = Int32(clamping: items)
        let status = crmlua_read_reference(pointer, reference, builder, depth, limit, &base)
        defer { crmlua_finish(pointer, base) }
        return try LuaCore.tree(status, builder, opaque, items: items)
    }

    private static func tree(
        _ status: Int32,
        _ builder: UnsafeMutablePointer<crmlua_Builder>,
        _ opaque: LuaValue.OpaquePolicy,
        items: Int
    ) throws(LuaError) -> LuaValue {
        switch Int(status) {
        case CRMLUA_READ_OK:
            var reader = ValueReader(
                values: builder.pointee.values,
                count: Int(builder.pointee.count),
                opaque: opaque
            )
            return try reader.read()
        case CRMLUA_READ_DEPTH:
            throw LuaError(code: .conversion, message: "tables nested more than \(LuaValue.maximumDepth) deep")
        case CRMLUA_READ_ITEMS:
            throw LuaError(code: .conversion, message: "more than \(items) values at once")
        case CRMLUA_READ_BYTES:
            throw LuaError(
                code: .conversion,
                message: "more than \(crmlua_read_bytes(Int32(clamping: items)) / 1_048_576) MB of texts at once"
            )
        default:
            throw LuaError.memory()
        }
    }

    func makeReference(at index: Int32) throws(LuaError) -> Int32 {
        let pointer = try open()
        var reference: Int32 = 0
        try check(crmlua_reference_at(pointer, index, &reference), in: pointer)
        return reference
    }

    func makeReference(_ fill: (ValueWriter) throws(LuaError) -> Void) throws(LuaError) -> Int32 {
        let pointer = try open()
        let builder = try build(in: pointer, fill)
        var reference: Int32 = 0
        try check(crmlua_reference_value(pointer, builder, &reference), in: pointer)
        return reference
    }
}

extension crmlua_Limits {
    init(_ limits: LuaLimits) {
        self.init(
            steps: limits.steps,
            cpu_nanoseconds: limits.cpu.nanoseconds,
            cpu_ceiling: limits.cpuCeiling.nanoseconds,
            wall_nanoseconds: limits.wall.nanoseconds,
            memory_bytes: limits.memoryBytes,
            coroutines: limits.coroutines,
            c_depth: limits.callDepth,
            log_bytes: limits.logBytes
        )
    }
}

extension Duration {
    /// The whole in nanoseconds, as far as 64 bits reach.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
