internal import CLua

/// A Swift function that Lua can call; C holds a retain of it.
class CallbackBox {
    let name: String

    init(name: String) { self.name = name }

    func invoke(_ call: inout LuaCall) throws {}
}

/// The box of a plain function.
final class FunctionBox: CallbackBox {
    private let body: (inout LuaCall) throws -> Void

    init(name: String, body: @escaping (inout LuaCall) throws -> Void) {
        self.body = body
        super.init(name: name)
    }

    override func invoke(_ call: inout LuaCall) throws { try body(&call) }
}

/// What C calls.
///
/// No error leaves these functions: failures are written into the builder, and C raises them.
enum Dispatch {
    static var callbacks: crmlua_Callbacks {
        crmlua_Callbacks(
            call: { owner, box, call in Dispatch.call(owner, box, call) },
            load_module: { owner, name, length, asker, askerLength, builder in
                Dispatch.loadModule(
                    owner,
                    UnsafeRawBufferPointer(start: name, count: length),
                    UnsafeRawBufferPointer(start: asker, count: askerLength),
                    builder
                )
            },
            print: { owner, text, length in Dispatch.print(owner, text, length) },
            retain: { object in
                if let object { _ = Unmanaged<AnyObject>.fromOpaque(object).retain() }
            },
            release: { object in
                if let object { Unmanaged<AnyObject>.fromOpaque(object).release() }
            }
        )
    }

    private static func call(
        _ owner: UnsafeMutableRawPointer?,
        _ box: UnsafeRawPointer?,
        _ call: UnsafeMutablePointer<crmlua_Call>?
    ) -> Int32 {
        guard let owner, let box, let call, let results = call.pointee.results else { return 1 }
        let core = Unmanaged<LuaCore>.fromOpaque(owner)
        let callback = Unmanaged<CallbackBox>.fromOpaque(box)
        return core._withUnsafeGuaranteedRef { core in
            callback._withUnsafeGuaranteedRef { callback in
                var view = LuaCall(raw: call, results: results, core: core, box: callback)
                do {
                    try callback.invoke(&view)
                } catch {
                    raise(error, in: core, into: results)
                    return 1
                }
                guard results.pointee.error_code == 0 else {
                    raise(LuaError.memory(), in: core, into: results)
                    return 1
                }
                return 0
            }
        }
    }

    private static func loadModule(
        _ owner: UnsafeMutableRawPointer?,
        _ name: UnsafeRawBufferPointer,
        _ asker: UnsafeRawBufferPointer,
        _ builder: UnsafeMutablePointer<crmlua_Builder>?
    ) -> Int32 {
        guard let owner, let builder else { return 0 }
        let core = Unmanaged<LuaCore>.fromOpaque(owner).takeUnretainedValue()
        guard let loader = core.moduleLoader, let key = String(validating: name, as: UTF8.self),
            let asker = String(validating: asker, as: UTF8.self)
        else { return 0 }
        do {
            guard let module = try loader(LuaModuleRequest(key: key, asker: asker)) else { return 0 }
            let writer = ValueWriter(builder: builder)
            writer.append(module.source)
            writer.append(module.chunkName)
            return 1
        } catch {
            raise(error, in: core, into: builder)
            return 2
        }
    }

    private static func print(_ owner: UnsafeMutableRawPointer?, _ text: UnsafePointer<CChar>?, _ length: Int) {
        guard let owner, let text else { return }
        let core = Unmanaged<LuaCore>.fromOpaque(owner).takeUnretainedValue()
        core.printer?(String(escapingInvalid: UnsafeRawBufferPointer(start: text, count: length)))
    }

    /// Writes what the script is to see of an error of the host.
    private static func raise(_ error: any Error, in core: LuaCore, into builder: UnsafeMutablePointer<crmlua_Builder>)
    {
        let own = error as? LuaError
        let original = own?.cause ?? error
        builder.pointee.error_cause = core.remember(error)
        builder.pointee.error_located = 0
        // Results that were pushed before stay in front of it, so that objects among them are still given back.
        let start = builder.pointee.count
        builder.pointee.error_first = start
        let writer = ValueWriter(builder: builder)
        if let value = core.errorValue?(original) ?? own?.value {
            do {
                try writer.append(value)
                return
            } catch {
                // A value too large to be shown is told by its text instead.
                builder.pointee.count = start
            }
        }
        writer.append(own?.message ?? String(describing: error))
        // Errors that come out of Lua already name their place.
        builder.pointee.error_located = own?.line == nil ? 1 : 0
    }
}
