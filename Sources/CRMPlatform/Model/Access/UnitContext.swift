public import struct Foundation.TimeZone

/// On whose behalf a unit of work runs, in which language, through which door, and until when.
///
/// Whoever begins a unit makes one; what is left open is the file's.
public struct UnitContext: Sendable, Hashable {
    /// What a unit may do.
    public enum Access: Sendable, Hashable {
        /// Read alone: lists, reports, prints.
        case reading
        /// Read and write.
        case writing
    }

    /// On whose behalf.
    public var principal: Principal
    /// The language of messages and labels that are asked for in it; nil for that of the program, else the file's.
    public var language: Language?
    /// The time zone in which moments are shown and typed; nil for the file's, which decides what day it is in any case.
    public var timeZone: TimeZone?
    /// Through which door, by whose hand.
    public var origin: Origin
    /// What whoever asked calls the request, for logs; nil when it has no name.
    public var requestID: String?
    /// When it must be over; nil for no other limit than those of scripts.
    ///
    /// What has not ended by then is stopped and undone.
    public var deadline: ContinuousClock.Instant? {
        get { due?.instant }
        set { due = newValue.map { Deadline($0) } }
    }
    /// The deadline as the platform reckons with it.
    package var due: Deadline?
    /// What it may do; a read only ever reads.
    public var access: Access
    /// The rehearsal it belongs to; nil for the one that is everybody's, if there is such a one, else for none.
    ///
    /// A unit of a rehearsal sees what was done in it; all others see what is committed, and cannot write meanwhile.
    public var rehearsal: RehearsalID?

    /// Makes a context.
    public init(
        _ principal: Principal,
        language: Language? = nil,
        timeZone: TimeZone? = nil,
        origin: Origin = .library,
        requestID: String? = nil,
        deadline: ContinuousClock.Instant? = nil,
        access: Access = .writing,
        rehearsal: RehearsalID? = nil
    ) {
        self.principal = principal
        self.language = language
        self.timeZone = timeZone
        self.origin = origin
        self.requestID = requestID
        due = deadline.map { Deadline($0) }
        self.access = access
        self.rehearsal = rehearsal
    }

    /// The same, to be over so long from now on: waiting for its turn counts.
    public func within(_ duration: Duration) -> UnitContext {
        var context = self
        context.due = .now + duration
        return context
    }

    /// Whether its time is over.
    package var isLate: Bool { due?.isOver ?? false }

    /// Makes sure that there is time left.
    ///
    /// - Throws: `limitExceeded`.
    package func requireTime() throws(PlatformError) {
        if isLate { throw late() }
    }

    /// The error of a unit whose time is over.
    package func late(_ cause: PlatformError? = nil) -> PlatformError {
        PlatformError(
            .limitExceeded,
            Message(.unitLate),
            context: cause?.context ?? ErrorContext(),
            cause: cause,
            traceback: cause?.traceback ?? ""
        )
    }
}

extension MessageKey {
    static let unitLate = MessageKey(
        "unit.late",
        zhCN: "没有在要求的时间内完成，已停止，什么都没有保存；请缩小范围或给更多时间再试",
        zhTW: "沒有在要求的時間內完成，已停止，什麼都沒有儲存；請縮小範圍或給更多時間再試",
        en: "it was not done in the time that was given, so it was stopped and nothing was saved; ask for less, "
            + "or give it more time"
    )
}
