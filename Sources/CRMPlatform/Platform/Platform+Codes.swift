public import CRMModel
public import CRMRecords

extension Platform {
    /// The counters of an object, or of all.
    ///
    /// - Throws: as ``RecordSession/codeCounters(of:)``; `busy`.
    public func codeCounters(of object: ObjectName? = nil) throws(PlatformError) -> [CodeCounter] {
        try read(as: .system(reason: "codes")) { session throws(PlatformError) in
            try session.codeCounters(of: object)
        }
    }

    /// The counter that the next record of that kind takes its code from; nothing is used up.
    ///
    /// - Throws: as ``RecordSession/codeCounter(_:)``; `busy`.
    public func codeCounter(_ choice: CodeCounterChoice) throws(PlatformError) -> CodeCounter {
        try read(as: .system(reason: "codes")) { session throws(PlatformError) in try session.codeCounter(choice) }
    }

    /// Sets the serial that comes next, never to one that is in use.
    ///
    /// - Throws: as ``RecordSession/setCodeCounter(_:next:)``; `busy`.
    @discardableResult
    public func setCodeCounter(_ choice: CodeCounterChoice, next: Int64) throws(PlatformError) -> CodeCounter {
        try write(as: .system(reason: "codes"), origin: .library) { session throws(PlatformError) in
            try session.setCodeCounter(choice, next: next)
        }
    }
}
