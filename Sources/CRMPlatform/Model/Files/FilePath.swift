/// The parts of a path.
///
/// Foundation's own functions end the process for names of one character on some systems, so the parts are found here.
package enum FilePath {
    /// The last part, without slashes at its end; "/" for the root.
    package static func last(_ path: String) -> String {
        let trimmed = withoutSlashes(path)
        guard let slash = trimmed.lastIndex(of: "/"), trimmed != "/" else { return String(trimmed) }
        return String(trimmed[trimmed.index(after: slash)...])
    }

    /// What stands before the last part; empty when the path is a bare name, "/" for what lies in the root.
    package static func folder(_ path: String) -> String {
        let trimmed = withoutSlashes(path)
        guard let slash = trimmed.lastIndex(of: "/") else { return "" }
        let folder = withoutSlashes(String(trimmed[..<slash]))
        return folder.isEmpty ? "/" : String(folder)
    }

    private static func withoutSlashes(_ path: String) -> Substring {
        var rest = Substring(path)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        return rest
    }
}
