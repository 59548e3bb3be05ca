/// A version of the form `1.2.3` (Semantic Versioning 2.0.0 without pre-release and build parts).
public struct SemanticVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The part that rises with breaking changes.
    public let major: Int
    /// The part that rises with new features.
    public let minor: Int
    /// The part that rises with mends.
    public let patch: Int

    /// Reads `1.2.3`; nil when the text is anything else or a part is beyond 999,999.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let numbers = parts.compactMap { part -> Int? in
            guard (1...6).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.utf8.first != 0x30
            else { return nil }
            return Int(part)
        }
        guard numbers.count == 3 else { return nil }
        major = numbers[0]
        minor = numbers[1]
        patch = numbers[2]
    }

    private init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// The text `1.2.3`.
    public var description: String { "\(major).\(minor).\(patch)" }

    /// Orders by the parts.
    public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// The first version that a caret range from this one no longer takes.
    var nextBreaking: SemanticVersion {
        if major > 0 { return SemanticVersion(major + 1, 0, 0) }
        if minor > 0 { return SemanticVersion(0, minor + 1, 0) }
        return SemanticVersion(0, 0, patch + 1)
    }

    /// The first version that a tilde range from this one no longer takes.
    var nextMinor: SemanticVersion { SemanticVersion(major, minor + 1, 0) }
}

/// Which versions of a plugin will do: `*`, `1.2.3`, `^1.2.0`, `~1.2.0`, `>=1.2.0`, `<2.0.0`, several joined by blanks.
public struct VersionRange: Sendable, Hashable, CustomStringConvertible {
    private enum Bound: Sendable, Hashable {
        case atLeast(SemanticVersion)
        case below(SemanticVersion)
        case exactly(SemanticVersion)
    }

    private let bounds: [Bound]

    /// The range as it was written.
    public let description: String

    /// Reads a range; nil when a part of it is none.
    public init?(_ text: String) {
        description = text
        if text == "*" {
            bounds = []
            return
        }
        var bounds: [Bound] = []
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard !parts.isEmpty else { return nil }
        for part in parts {
            if part.hasPrefix(">="), let version = SemanticVersion(part.dropFirst(2)) {
                bounds.append(.atLeast(version))
            } else if part.hasPrefix("<"), let version = SemanticVersion(part.dropFirst()) {
                bounds.append(.below(version))
            } else if part.hasPrefix("^"), let version = SemanticVersion(part.dropFirst()) {
                bounds += [.atLeast(version), .below(version.nextBreaking)]
            } else if part.hasPrefix("~"), let version = SemanticVersion(part.dropFirst()) {
                bounds += [.atLeast(version), .below(version.nextMinor)]
            } else if let version = SemanticVersion(part) {
                bounds.append(.exactly(version))
            } else {
                return nil
            }
        }
        self.bounds = bounds
    }

    /// Whether a version will do.
    public func contains(_ version: SemanticVersion) -> Bool {
        bounds.allSatisfy { bound in
            switch bound {
            case .atLeast(let least): version >= least
            case .below(let limit): version < limit
            case .exactly(let exact): version == exact
            }
        }
    }
}
