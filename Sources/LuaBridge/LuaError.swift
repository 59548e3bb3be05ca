/// What went wrong in a script, or between a script and the host.
public struct LuaError: Error, Sendable {
    /// The kinds of errors.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case syntax, runtime, memory, budgetExceeded, argument, conversion, callbackExpired, dead
        }

        private let kind: Kind

        /// The source text is not Lua.
        public static let syntax = Code(kind: .syntax)
        /// The script raised an error, or did what Lua does not allow.
        public static let runtime = Code(kind: .runtime)
        /// The memory limit has struck; the state is dead.
        public static let memory = Code(kind: .memory)
        /// The limit on steps or time has struck; the state is dead.
        public static let budgetExceeded = Code(kind: .budgetExceeded)
        /// A function of the host was called with a wrong argument.
        public static let argument = Code(kind: .argument)
        /// A value cannot be taken over: too deep, too large, or of a kind that does not leave Lua.
        public static let conversion = Code(kind: .conversion)
        /// A handle was used after the call it belongs to.
        public static let callbackExpired = Code(kind: .callbackExpired)
        /// The state was closed, or a limit struck in it before.
        public static let dead = Code(kind: .dead)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }

    /// What kind of error it is.
    public let code: Code
    /// What happened, at most 4 KB; begins with chunk and line if the script is to blame.
    public let message: String
    /// The chunk to blame, by the name it was loaded with.
    public var chunk: String?
    /// The line in the chunk, from 1.
    public var line: Int?
    /// Whether more text could make the source whole; for a prompt that reads on.
    public var isIncomplete = false
    /// The calls that led to the error, innermost first, one a line; empty if unknown.
    public var traceback = ""
    /// The error value, when a table was raised.
    public var value: LuaValue?
    /// The error of the host that a callback threw and no script handled.
    public var cause: (any Error)?
    /// The limit that struck; also on errors with code `dead` when a limit has killed the state before.
    public var limit: LuaLimit?

    /// Makes an error.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// A wrong argument, told the way Lua tells it; the caller's chunk and line are added when it is raised.
    /// - Parameters:
    ///   - position: The argument, from 1; `self` of a method does not count.
    ///   - name: The function that was called.
    ///   - expected: What it should have got.
    ///   - got: What it got.
    /// - Returns: The error, to be thrown.
    public static func argument(position: Int, name: String, expected: String, got: String) -> LuaError {
        LuaError(code: .argument, message: "bad argument #\(position) to '\(name)' (\(expected) expected, got \(got))")
    }

    /// A wrong argument whose type is right.
    /// - Parameters:
    ///   - position: The argument, from 1.
    ///   - name: The function that was called.
    ///   - problem: What is wrong with it.
    /// - Returns: The error, to be thrown.
    public static func argument(position: Int, name: String, problem: String) -> LuaError {
        LuaError(code: .argument, message: "bad argument #\(position) to '\(name)' (\(problem))")
    }

    static func dead(_ limit: LuaLimit? = nil) -> LuaError {
        var error = LuaError(code: .dead, message: "the script's state is closed or was stopped by a limit")
        error.limit = limit
        return error
    }

    static func memory() -> LuaError { LuaError(code: .memory, message: "not enough memory") }
}

extension LuaError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
