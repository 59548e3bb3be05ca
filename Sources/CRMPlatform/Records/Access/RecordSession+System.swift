import CRMModel

extension RecordSession {
    /// Runs `body` in place of the system: whatever it reads and writes is read and written with every right, its saves with
    /// their hooks too, and the history keeps the reason beside each.
    ///
    /// - Throws: what `body` throws.
    package func asSystem<T, E: Error>(reason: String?, _ body: () throws(E) -> T) throws(E) -> T {
        let reader = isRestricted
        access.reasons.append(reason)
        if reader { knownReferences.forgetAll() }
        defer {
            access.reasons.removeLast()
            if reader { knownReferences.forgetAll() }
        }
        return try body()
    }

    /// The reason that the history keeps beside a write, nil for none.
    var writtenReason: String? {
        if let reason = access.reasons.last(where: { $0 != nil }) { return reason }
        return principal.reason.isEmpty ? nil : principal.reason
    }
}
