/// A piece of work that C calls on another stack or thread while the caller waits.
struct ElsewhereJob {
    private let job: () -> Void

    /// How C calls the work.
    typealias Call = @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// Hands the body to `start` and gives what it returned.
    ///
    /// - Parameters:
    ///   - body: What to run; the caller waits, so it may use what the caller owns.
    ///   - start: Has the call made once with the context, and returns when that is done.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    static func run<R, E: Error>(
        _ body: () throws(E) -> R,
        on start: (Call, UnsafeMutableRawPointer) -> Void
    ) throws(E) -> R {
        // Room without a type of its own: an optional result would have to be looked up while the program runs.
        let value = UnsafeMutablePointer<R>.allocate(capacity: 1)
        let failure = UnsafeMutablePointer<E>.allocate(capacity: 1)
        defer {
            value.deallocate()
            failure.deallocate()
        }
        var outcome = Outcome.none
        withoutActuallyEscaping({ () -> Void in
            do throws(E) {
                value.initialize(to: try body())
                outcome = .value
            } catch {
                failure.initialize(to: error)
                outcome = .failure
            }
        }) { job in
            var box = ElsewhereJob(job: job)
            withUnsafeMutablePointer(to: &box) { pointer in
                start({ context in context?.assumingMemoryBound(to: ElsewhereJob.self).pointee.job() }, pointer)
            }
        }
        switch outcome {
        case .value: return value.move()
        case .failure: throw failure.move()
        // Without memory for the job the body runs here: late is never, but not at all would be worse.
        case .none: return try body()
        }
    }

    /// What became of a piece of work.
    private enum Outcome { case none, value, failure }
}
