extension PrintTemplate {
    /// The names that tags of the template and its partials begin with, in order.
    package var names: [String] {
        var found: Set<String> = []
        Self.gather(nodes, &found)
        for part in partials.values { Self.gather(part, &found) }
        return found.sorted()
    }

    private static func gather(_ nodes: [TemplateNode], _ found: inout Set<String>) {
        for node in nodes {
            switch node {
            case .variable(let name, _):
                if let first = name.path.first { found.insert(first) }
            case .section(let name, _, let inner, _):
                if let first = name.path.first { found.insert(first) }
                gather(inner, &found)
            case .text, .partial: break
            }
        }
    }
}
