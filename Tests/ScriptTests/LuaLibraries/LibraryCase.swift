import LuaBridge
import Testing

/// A piece of Lua and what it must give.
struct LibraryCase: Sendable, CustomTestStringConvertible {
    let source: String
    let expected: String

    /// A case of expressions.
    /// - Parameters:
    ///   - expressions: What stands behind a `return`.
    ///   - expected: The results with `|` between them, as ``run(_:limits:metering:)`` writes them.
    init(_ expressions: String, _ expected: String) { self.init(chunk: "return " + expressions, expected) }

    /// A case of a whole chunk, which returns by itself.
    init(chunk: String, _ expected: String) {
        source = chunk
        self.expected = expected
    }

    /// The usual limits, but with so much time that only steps count, also on a machine that is busy.
    static var patientLimits: LuaLimits {
        var limits = LuaLimits()
        limits.cpu = .seconds(60)
        limits.wall = .seconds(60)
        return limits
    }

    var testDescription: String { source }

    /// What the case gives.
    func outcome() -> String { LibraryCase.run(source) }

    /// Runs a chunk in a state of its own.
    ///
    /// Numbers come out in Swift's way, bytes that are no UTF-8 in hexadecimal, an
    /// error as `error: ` and its message.
    static func run(_ chunk: String, limits: LuaLimits = patientLimits, metering: LuaMetering = .exact) -> String {
        do {
            let thread = try LargeStackThread(name: "library-test")
            return try thread.run {
                let state = try LuaState(name: "test", limits: limits, metering: metering)
                let results = try state.load(chunk, chunkName: "t").call()
                return try (0..<results.count).map { text(try results.value($0, opaque: .name)) }
                    .joined(separator: "|")
            }
        } catch let error as LuaError {
            switch error.code {
            case .budgetExceeded, .memory: return "stopped: \(error.code)"
            default: return "error: \(error.message)"
            }
        } catch {
            return "unexpected: \(error)"
        }
    }

    private static func text(_ value: LuaValue) -> String {
        switch value {
        case .nil: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): value
        case .bytes(let value): value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        case .array(let values): "{" + values.map(text).joined(separator: ",") + "}"
        case .table(let pairs): pairs.isEmpty ? "{}" : "table of \(pairs.count)"
        case .opaque(let name): name
        }
    }
}
