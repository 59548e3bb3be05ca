/// With whose eyes records are read, and by whose rights they are written; said at every call.
package enum AccessMode: Sendable, Hashable {
    /// Those of the principal: for everything that is shown, and for what somebody asks for.
    case user
    /// Everybody's: for rules, defaults, codes, gates, sums, the index and checks, whose answer must not depend on who
    /// happens to act.
    case system
}
