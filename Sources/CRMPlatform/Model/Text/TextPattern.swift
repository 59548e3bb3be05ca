/// A regular expression whose matching takes no longer than the length of the text times that of the pattern, whatever
/// both are.
///
/// The common subset: signs, `.`, classes `[a-z]` and `[^…]`, `\d \w \s \D \W \S`, `\p{…}`, groups, `|`, the quantifiers
/// `* + ? {m} {m,} {m,n}` and their lazy forms, `^ $ \A \z \Z \b \B`, `(?i)`. What cannot be matched in such time is
/// refused: references back to groups, lookaround, possessive and atomic groups.
package struct TextPattern: Sendable, Hashable {
    /// The pattern as it was written.
    package let source: String
    /// The steps of the machine: what a match takes is at most this times the length of the text.
    package var size: Int { program.count }

    private let program: [Instruction]

    /// How many steps a pattern may become.
    package static let largest = 2000

    /// A step of the machine that walks through all ways of matching at once.
    enum Instruction: Sendable, Hashable {
        /// Takes one sign of the set and goes on behind.
        case take(ScalarSet)
        /// Goes on at both places.
        case split(Int, Int)
        /// Goes on elsewhere.
        case jump(Int)
        /// Goes on where this holds between two signs.
        case assert(Assertion)
        /// The pattern is at its end.
        case match
    }

    /// What can be asked of a place between two signs.
    enum Assertion: Sendable, Hashable {
        case start, end, endOrLastBreak, wordEdge, noWordEdge
    }

    /// Compiles a pattern.
    ///
    /// - Throws: ``TextPatternError`` with what is wrong or not supported.
    package init(_ source: String) throws(TextPatternError) {
        self.source = source
        var parser = TextPatternParser(source)
        var writer = ProgramWriter()
        try writer.write(try parser.parse())
        try writer.append(.match)
        program = writer.program
    }

    /// Whether the whole text is one that the pattern describes.
    package func matchesWhole(_ text: String) -> Bool {
        var current = PlaceSet(program.count)
        var next = PlaceSet(program.count)
        var before: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        var scalar = scalars.next()
        var after = scalars.next()
        follow(0, into: &current, before: before, scalar: scalar, after: after)
        while let sign = scalar {
            guard !current.places.isEmpty else { return false }
            next.removeAll()
            let upcoming = scalars.next()
            for place in current.places {
                if case .take(let set) = program[place], set.contains(sign) {
                    follow(place + 1, into: &next, before: sign, scalar: after, after: upcoming)
                }
            }
            swap(&current, &next)
            before = sign
            scalar = after
            after = upcoming
        }
        return current.places.contains { program[$0] == .match }
    }

    /// Adds a place and all that are reached from it without taking a sign.
    private func follow(
        _ first: Int,
        into set: inout PlaceSet,
        before: Unicode.Scalar?,
        scalar: Unicode.Scalar?,
        after: Unicode.Scalar?
    ) {
        set.waiting.append(first)
        while let place = set.waiting.popLast() {
            guard set.insert(place) else { continue }
            switch program[place] {
            case .take, .match: break
            case .jump(let target): set.waiting.append(target)
            case .split(let left, let right):
                set.waiting.append(right)
                set.waiting.append(left)
            case .assert(let assertion):
                let holds =
                    switch assertion {
                    case .start: before == nil
                    case .end: scalar == nil
                    case .endOrLastBreak: scalar == nil || (after == nil && scalar == "\n")
                    case .wordEdge: Self.isWordEdge(before, scalar)
                    case .noWordEdge: !Self.isWordEdge(before, scalar)
                    }
                if holds { set.waiting.append(place + 1) }
            }
        }
    }

    private static func isWordEdge(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        (before.map(ScalarSet.Kind.word.contains) ?? false) != (after.map(ScalarSet.Kind.word.contains) ?? false)
    }

    /// The places the machine is at, each once.
    private struct PlaceSet {
        private(set) var places: [Int] = []
        private var isIn: [Bool]
        var waiting: [Int] = []

        init(_ count: Int) {
            isIn = Array(repeating: false, count: count)
            places.reserveCapacity(count)
        }

        mutating func insert(_ place: Int) -> Bool {
            guard !isIn[place] else { return false }
            isIn[place] = true
            places.append(place)
            return true
        }

        mutating func removeAll() {
            for place in places { isIn[place] = false }
            places.removeAll(keepingCapacity: true)
        }
    }

    /// Lays a tree out as steps.
    private struct ProgramWriter {
        private(set) var program: [Instruction] = []

        mutating func append(_ instruction: Instruction) throws(TextPatternError) {
            guard program.count < TextPattern.largest else { throw .tooLarge(limit: TextPattern.largest) }
            program.append(instruction)
        }

        mutating func write(_ node: TextPatternNode) throws(TextPatternError) {
            switch node {
            case .nothing: break
            case .take(let set): try append(.take(set))
            case .assertion(let assertion): try append(.assert(assertion))
            case .sequence(let nodes):
                for node in nodes { try write(node) }
            case .choice(let nodes):
                var ends: [Int] = []
                for (index, node) in nodes.enumerated() where index < nodes.count - 1 {
                    let split = program.count
                    try append(.split(0, 0))
                    try write(node)
                    ends.append(program.count)
                    try append(.jump(0))
                    program[split] = .split(split + 1, program.count)
                }
                if let last = nodes.last { try write(last) }
                for end in ends { program[end] = .jump(program.count) }
            case .repetition(let inner, let least, let most):
                for _ in 0..<least {
                    let before = program.count
                    try write(inner)
                    // What is nothing is nothing however often.
                    if program.count == before { return }
                }
                guard let most else {
                    let split = program.count
                    try append(.split(0, 0))
                    try write(inner)
                    try append(.jump(split))
                    program[split] = .split(split + 1, program.count)
                    return
                }
                var splits: [Int] = []
                for _ in least..<max(least, most) {
                    splits.append(program.count)
                    try append(.split(0, 0))
                    try write(inner)
                }
                for split in splits { program[split] = .split(split + 1, program.count) }
            }
        }
    }
}

/// Why a pattern cannot be used.
package enum TextPatternError: Error, Sendable, Hashable {
    /// It is no regular expression; the number of the sign at which that shows, from 1.
    case malformed(at: Int)
    /// It is one, but this part of it cannot be matched within a limit of time.
    case unsupported(String)
    /// It would become more steps than the limit.
    case tooLarge(limit: Int)
}
