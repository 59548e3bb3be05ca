package import CRMModel

/// What the principal of a session may see and do, and whether the session stands in for the system just now.
struct SessionAccess {
    private let policy: any AccessPolicy
    /// Under what the principal's rights are kept; nil for one who may do everything.
    let identity: AccessIdentity?
    /// Why the session acts for the system, innermost last; nil where the history need not say it.
    var reasons: [String?] = []

    init(_ principal: Principal, _ policy: any AccessPolicy) {
        self.policy = policy
        identity = AccessIdentity(principal, policy)
    }

    /// The identity that counts now.
    var current: AccessIdentity? { reasons.isEmpty ? identity : nil }

    func rights(_ identity: AccessIdentity, on object: ObjectDefinition, _ plans: ObjectPlans) -> ObjectAccess {
        if let known = plans.rights[identity, object.name] { return known }
        let made: ObjectAccess
        do throws(ExpressionError) {
            made = try ObjectAccess(
                policy.grant(identity.roles, on: object),
                on: object,
                in: plans.catalog,
                timeZone: plans.timeZone
            )
        } catch {
            // What cannot be understood gives nothing.
            made = .nothing
        }
        plans.rights.keep(made, identity, object.name)
        return made
    }

    func allows(_ offer: PluginOffer, _ identity: AccessIdentity) -> Bool { policy.allows(identity.roles, offer) }
}

/// The rights that were made ready, and the statements that look whether a record is within them.
struct KnownRights {
    /// What a statement over one record depends on.
    struct RowKey: Hashable {
        let identity: AccessIdentity
        let object: ObjectName
        let scope: RowStatement.Scope
        let today: CalendarDate
    }

    /// How many are kept before all are let go.
    private static let limit = 4096

    private var rights: [AccessIdentity: [ObjectName: ObjectAccess]] = [:]
    private var rows: [RowKey: RowStatement] = [:]

    subscript(identity: AccessIdentity, object: ObjectName) -> ObjectAccess? { rights[identity]?[object] }

    subscript(key: RowKey) -> RowStatement? { rows[key] }

    mutating func keep(_ access: ObjectAccess, _ identity: AccessIdentity, _ object: ObjectName) {
        if rights.count >= Self.limit || rights.keys.first.map({ $0.version != identity.version }) == true {
            rights.removeAll()
            rows.removeAll()
        }
        rights[identity, default: [:]][object] = access
    }

    mutating func keep(_ statement: RowStatement, _ key: RowKey) {
        if rows.count >= Self.limit { rows.removeAll() }
        rows[key] = statement
    }
}

extension RecordSession {
    /// What may be seen of an object and done with it; nil for all and everything.
    func rights(_ mode: AccessMode, on object: ObjectDefinition) -> ObjectAccess? {
        guard mode == .user, let identity = access.current else { return nil }
        return access.rights(identity, on: object, plans)
    }

    /// Whether the principal may not see and do everything, so that what is looked up must be looked at.
    var isRestricted: Bool { access.current != nil }

    /// What is shown of a record of which all is known.
    func shown(_ record: Record, _ mode: AccessMode) -> Record {
        guard let rights = rights(mode, on: record.object) else { return record }
        return Record(object: record.object, values: record.values, seen: rights)
    }

    /// Which fields of an object may be seen.
    ///
    /// - Throws: `notFound` when there is no such object.
    package func visibleFields(of object: ObjectName) throws(PlatformError) -> [FieldDefinition] {
        let object = try catalog.object(object)
        guard let rights = rights(.user, on: object) else { return object.fields }
        return object.fields.indices.filter { !rights.hidden.contains($0) }.map { object.fields[$0] }
    }

    /// Whether every field of an object is seen as it is.
    ///
    /// - Throws: `notFound` when there is no such object.
    package func seesWhole(_ object: ObjectName) throws(PlatformError) -> Bool {
        rights(.user, on: try catalog.object(object))?.isWhole ?? true
    }

    // MARK: - Rights

    /// Makes sure that the principal may do something with records of an object at all.
    ///
    /// - Throws: `permissionDenied`; `notFound` when there is no such object.
    package func requireRight(_ action: ObjectAction, on object: ObjectName) throws(PlatformError) {
        let object = try catalog.object(object)
        guard let rights = rights(.user, on: object), !rights.actions.contains(action) else { return }
        throw Self.denied(action, object)
    }

    /// Makes sure that the principal may run or use what a plugin offers.
    ///
    /// - Throws: `permissionDenied`.
    package func requireRight(to offer: PluginOffer, title: LocalizedText) throws(PlatformError) {
        guard let identity = access.current, !access.allows(offer, identity) else { return }
        let key: MessageKey =
            switch offer.kind {
            case .report: .accessReport
            case .template: .accessTemplate
            case .command: .accessCommand
            }
        throw PlatformError(
            .permissionDenied,
            Message(key, ["title": .label(title), "name": .text(offer.name)]),
            context: ErrorContext(plugin: offer.plugin)
        )
    }

    /// Makes sure that the principal may see everything, for what is of the file and not of a record.
    ///
    /// - Throws: `permissionDenied`.
    package func requireEveryRight() throws(PlatformError) {
        if isRestricted { throw PlatformError(.permissionDenied, Message(.accessAll)) }
    }

    static func denied(_ action: ObjectAction, _ object: ObjectDefinition) -> PlatformError {
        PlatformError(
            .permissionDenied,
            Message(.accessObject, ["action": .message(Message(action.label)), "object": .label(object.label)]),
            context: ErrorContext(object: object.name)
        )
    }
}

extension ObjectAction {
    var label: MessageKey {
        switch self {
        case .read: .actionRead
        case .create: .actionCreate
        case .update: .actionUpdate
        case .delete: .actionDelete
        case .export: .actionExport
        case .import: .actionImport
        case .assign: .actionAssign
        case .print: .actionPrint
        }
    }
}
