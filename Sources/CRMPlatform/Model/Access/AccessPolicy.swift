/// Who may do what: asked once for each unit of work and object, and injected by whoever opens the file.
///
/// The system and administrators may do everything, whatever a policy says. Answers depend on nothing but the arguments
/// and ``version``, so that what was made of them is kept for all users of the same roles.
public protocol AccessPolicy: Sendable {
    /// Another number after every change of an answer; what was made of earlier answers is let go then.
    var version: Int64 { get }

    /// The roles as which a principal acts; nil for one who may do everything.
    func roles(of principal: Principal) -> RoleSet?

    /// What those of a set of roles may do with an object and its records.
    func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant

    /// Whether those of a set of roles may run or use what a plugin offers.
    func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool
}

/// The policy of files without users: everybody may do everything.
public struct OpenAccess: AccessPolicy {
    /// Makes it.
    public init() {}

    /// Never changes.
    public var version: Int64 { 0 }

    /// Nobody is restricted.
    public func roles(of principal: Principal) -> RoleSet? { nil }

    /// Everything.
    public func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant { .everything }

    /// Everything.
    public func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool { true }
}

/// The roles as which somebody acts, together.
public struct RoleSet: Sendable, Hashable {
    /// Their names.
    public let names: Set<String>

    /// Makes a set of roles.
    public init(_ names: some Sequence<String>) {
        self.names = Set(names)
    }
}

/// What a plugin offers by name, apart from records.
public struct PluginOffer: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A report.
        case report
        /// A template of a print.
        case template
        /// A command.
        case command
    }

    /// What it is.
    public let kind: Kind
    /// Its name.
    public let name: String
    /// The plugin.
    public let plugin: PluginID

    /// Makes it.
    public init(_ kind: Kind, _ name: String, of plugin: PluginID) {
        self.kind = kind
        self.name = name
        self.plugin = plugin
    }
}

/// Under what is kept whatever was made of a policy's answers: its version and the roles, never the user.
package struct AccessIdentity: Sendable, Hashable {
    package let version: Int64
    package let roles: RoleSet

    /// The identity of a principal; nil for one who may do everything.
    package init?(_ principal: Principal, _ policy: any AccessPolicy) {
        guard principal.kind == .user, let roles = policy.roles(of: principal) else { return nil }
        version = policy.version
        self.roles = roles
    }
}
