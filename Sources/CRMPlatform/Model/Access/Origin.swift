/// Through which door a write came, and by whose hand; kept in the audit.
///
/// As a text it is the door, and behind a `>` the hand when it is not that of the person: `shell`, `shell>plugin:sales`.
/// Entries of earlier versions say `plugin` alone, without the door.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// A way into the platform.
    public enum Door: String, Sendable, Hashable, CaseIterable {
        /// The interactive shell or a sub-command.
        case shell
        /// A program that embeds the library.
        case library
        /// A file import.
        case `import`
        /// Installation of a plugin and its data.
        case install
    }

    /// Whose hand does it.
    public enum Actor: Sendable, Hashable {
        /// The principal: a person, or the platform itself.
        case person
        /// Lua that a person runs: a script, a line of the console.
        case script
        /// A plugin's hook, command or report.
        case plugin(PluginID)
        /// A rule of the metadata.
        case rule(ElementName)
        /// A job, by its kind.
        case job(String)
    }

    /// The door.
    public let door: Door
    /// The hand.
    public let actor: Actor

    /// Makes an origin.
    public init(_ door: Door, by actor: Actor = .person) {
        self.door = door
        self.actor = actor
    }

    /// Reads the text of an origin; nil when it is none, as of an entry of an earlier version that says `plugin`.
    public init?(_ text: String) {
        let parts = text.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
        guard let door = parts.first.flatMap({ Door(rawValue: String($0)) }) else { return nil }
        guard parts.count == 2 else {
            self.init(door)
            return
        }
        let words = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (words[0], words.count > 1 ? words[1] : nil) {
        case ("script", nil): self.init(door, by: .script)
        case ("plugin", let name?):
            guard let id = PluginID(rawValue: name) else { return nil }
            self.init(door, by: .plugin(id))
        case ("rule", let name?):
            guard let rule = ElementName(rawValue: name) else { return nil }
            self.init(door, by: .rule(rule))
        case ("job", let name?): self.init(door, by: .job(name))
        default: return nil
        }
    }

    /// The shell, by the person's own hand.
    public static let shell = Origin(.shell)
    /// A program, by the person's own hand.
    public static let library = Origin(.library)
    /// An import, by the person's own hand.
    public static let `import` = Origin(.import)
    /// An installation.
    public static let install = Origin(.install)

    /// The text.
    public var description: String {
        switch actor {
        case .person: door.rawValue
        case .script: door.rawValue + ">script"
        case .plugin(let id): door.rawValue + ">plugin:" + id.rawValue
        case .rule(let name): door.rawValue + ">rule:" + name.rawValue
        case .job(let kind): door.rawValue + ">job:" + kind
        }
    }
}
