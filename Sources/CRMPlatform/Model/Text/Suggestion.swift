/// Finds the name that somebody probably meant.
public enum Suggestion {
    /// The candidate nearest to `text`, nil when none is near enough to be worth saying.
    ///
    /// Words are compared character by character, so one wrong character of two or of four Chinese ones is near.
    public static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(text.lowercased().prefix(64))
        let limit = max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in candidates.sorted() {
            let distance = editDistance(wanted, Array(candidate.lowercased().prefix(64)))
            if distance <= limit, distance < wanted.count || distance == 0, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// The candidate nearest to `text`, or else the first of the candidates, as a list.
    public static func hint(for text: String, among candidates: some Sequence<String>) -> String {
        nearest(to: text, among: candidates) ?? candidates.prefix(12).joined(separator: ", ")
    }

    /// How many characters must be put in, left out, replaced or swapped with their neighbours.
    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                let substitution = previous[column] + (byte == other ? 0 : 1)
                var cost = min(substitution, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
