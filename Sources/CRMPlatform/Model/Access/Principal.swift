/// On whose behalf something is read or written.
///
/// Every read and every write names one.
public struct Principal: Sendable, Hashable, CustomStringConvertible {
    /// What kind of subject acts.
    public enum Kind: String, Sendable, Hashable {
        /// The platform itself: installation, maintenance, plugins that asked for it.
        case system
        /// A person with every right.
        case administrator
        /// A person with the rights that the ``AccessPolicy`` gives.
        case user
    }

    /// What kind of subject acts.
    public let kind: Kind

    /// The user's number, 0 for the system and 1 for the first administrator; stored in `created_by` and the audit.
    public let userID: Int64

    /// The name that histories show.
    public let name: String

    /// Why the system acts on its own, as the history keeps it; empty for people.
    public let reason: String

    /// The administrator, as which the shell runs until there are users.
    public static let administrator = Principal(kind: .administrator, userID: 1, name: "administrator", reason: "")

    /// The platform itself, with the reason that the history keeps.
    public static func system(reason: String) -> Principal {
        Principal(kind: .system, userID: 0, name: "system", reason: reason)
    }

    /// A person with the rights that the ``AccessPolicy`` gives.
    ///
    /// - Parameters:
    ///   - id: The user's number, from 2 on.
    ///   - name: The name that histories show.
    /// - Returns: The principal.
    public static func user(_ id: Int64, name: String) -> Principal {
        Principal(kind: .user, userID: id, name: name, reason: "")
    }

    /// The kind and the name.
    public var description: String { "\(kind.rawValue):\(name)" }
}
