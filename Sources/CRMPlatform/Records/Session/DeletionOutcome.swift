public import CRMModel

/// Records of one object that a deletion concerns besides the record itself.
public struct DeletionShare: Sendable, Hashable {
    /// The object of the records.
    public let object: ObjectName
    /// The reference that is emptied; nil for records that are deleted.
    public let field: FieldName?
    /// How many records.
    public fileprivate(set) var count: Int
    /// The first of them, at most five.
    public fileprivate(set) var examples: [RecordID]
}

/// What a deletion has done besides removing the record itself.
public struct DeletionOutcome: Sendable, Hashable {
    /// The record that was deleted.
    public let record: RecordID
    /// What stood for it in lists.
    public let title: String
    /// The records that were deleted with it, by object: those that metadata says go with it, and those that hooks deleted.
    public let deleted: [DeletionShare]
    /// The references that were emptied, by object and field.
    public let cleared: [DeletionShare]
}

/// What deleting a record would do, as metadata says; hooks are not asked.
public struct DeletionPlan: Sendable {
    /// The record.
    public let record: RecordID
    /// What stands for it in lists.
    public let title: String
    /// What stands in the way; empty when the record may be deleted.
    public let obstacles: [FieldIssue]
    /// The records that would be deleted with it, by object.
    public let deleted: [DeletionShare]
    /// The references that would be emptied, by object and field.
    public let cleared: [DeletionShare]
    /// Whether there was more to look at than ``RecordSession/deletionPlanLimit`` records, so that counts are at the least.
    public let isCut: Bool
}

/// Counts what goes with a record that is deleted.
struct DeletionTally {
    private(set) var deleted: [DeletionShare] = []
    private(set) var cleared: [DeletionShare] = []

    mutating func addDeleted(_ id: RecordID) { Self.add(1, [id], id.object, nil, to: &deleted) }

    mutating func addCleared(_ id: RecordID, _ field: FieldName) { Self.add(1, [id], id.object, field, to: &cleared) }

    /// Adds what went with a record that went itself.
    mutating func add(_ other: DeletionTally) {
        for share in other.deleted { Self.add(share.count, share.examples, share.object, nil, to: &deleted) }
        for share in other.cleared { Self.add(share.count, share.examples, share.object, share.field, to: &cleared) }
    }

    private static func add(
        _ count: Int,
        _ examples: [RecordID],
        _ object: ObjectName,
        _ field: FieldName?,
        to shares: inout [DeletionShare]
    ) {
        if let index = shares.firstIndex(where: { $0.object == object && $0.field == field }) {
            shares[index].count += count
            shares[index].examples += examples.prefix(max(0, 5 - shares[index].examples.count))
        } else {
            shares.append(
                DeletionShare(object: object, field: field, count: count, examples: Array(examples.prefix(5)))
            )
        }
    }
}

extension RecordSession {
    /// How many records a ``DeletionPlan`` looks at.
    public static let deletionPlanLimit = 10_000

    /// Deletes a record, with what metadata says of those that refer to it.
    ///
    /// - Returns: What went with it: records deleted, references emptied.
    /// - Throws: `notFound`, also for a record that the principal may not see; `permissionDenied`; `conflict`;
    ///   `validationFailed` when records that refer to it stand in the way.
    @discardableResult
    public func delete(_ id: RecordID, expectedVersion: Int64? = nil) throws(PlatformError) -> DeletionOutcome {
        try delete(id, expectedVersion: expectedVersion, .user, isShown: true)
    }

    /// The same by the rights of the principal or of the system; what is not shown is counted nowhere.
    @discardableResult
    func delete(
        _ id: RecordID,
        expectedVersion: Int64?,
        _ mode: AccessMode,
        isShown: Bool
    ) throws(PlatformError) -> DeletionOutcome {
        var options = SaveOptions()
        options.expectedVersion = expectedVersion
        var outer = deletions
        // A hook that deletes the record whose deletion it is called for adds nothing.
        let isUnderWay = deleting.contains(id)
        deletions = DeletionTally()
        do throws(PlatformError) {
            let pipeline = SavePipeline(session: self, plan: try plans.plan(id.object), options: options, mode: mode)
            let title = try pipeline.delete(id.number)
            let tally = deletions
            if isShown, !isUnderWay { outer.addDeleted(id) }
            outer.add(tally)
            deletions = outer
            return DeletionOutcome(record: id, title: title, deleted: tally.deleted, cleared: tally.cleared)
        } catch {
            deletions = outer
            throw error
        }
    }

    /// What deleting a record would do; nothing is changed and no hook runs.
    ///
    /// - Throws: `notFound`; `permissionDenied` when the principal may not delete it; `storage`.
    public func deletionPlan(of id: RecordID) throws(PlatformError) -> DeletionPlan {
        let record = try require(id)
        if let rights = rights(.user, on: record.object) {
            try requireRights(rights, .delete, id.number, plans.plan(id.object))
        }
        var walk = DeletionWalk(session: self)
        try walk.visit(id)
        return DeletionPlan(
            record: id,
            title: record.title,
            obstacles: walk.obstacles,
            deleted: walk.tally.deleted,
            cleared: walk.tally.cleared,
            isCut: walk.isCut
        )
    }
}

/// Goes the way of a deletion without deleting.
private struct DeletionWalk {
    let session: RecordSession
    var obstacles: [FieldIssue] = []
    var tally = DeletionTally()
    var isCut = false
    /// The records that would be gone, or are about to.
    private var gone: Set<RecordID> = []

    init(session: RecordSession) {
        self.session = session
    }

    mutating func visit(_ id: RecordID) throws(PlatformError) {
        gone.insert(id)
        let referrers = session.catalog.referrers(to: id.object)
        for referrer in referrers where referrer.onDelete == .restrict {
            // Records beyond those that are looked at stand in the way as well.
            let found = try session.referring(referrer, id.number, limit: 1001 + min(gone.count, 10_000))
                .filter { !gone.contains($0) }
            obstacles += try session.obstacles(referrer, id, found)
        }
        obstacles += try session.archivedObstacles(to: id)
        obstacles = RecordSession.once(obstacles)
        for referrer in referrers where referrer.onDelete != .restrict {
            for other in try session.referring(referrer, id.number, limit: RecordSession.deletionPlanLimit + 1)
            where !gone.contains(other) {
                guard gone.count < RecordSession.deletionPlanLimit else {
                    isCut = true
                    return
                }
                let isShown = try session.isShown(other)
                if referrer.onDelete == .cascade {
                    if isShown { tally.addDeleted(other) }
                    try visit(other)
                } else if isShown {
                    tally.addCleared(other, referrer.object.fields[referrer.slot].name)
                }
            }
        }
    }
}
