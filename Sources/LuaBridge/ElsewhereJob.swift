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
        var result: Result<R, E>?
        withoutActuallyEscaping({ () -> Void in
            do throws(E) {
                result = .success(try body())
            } catch {
                result = .failure(error)
            }
        }) { job in
            var box = ElsewhereJob(job: job)
            withUnsafeMutablePointer(to: &box) { pointer in
                start({ context in context?.assumingMemoryBound(to: ElsewhereJob.self).pointee.job() }, pointer)
            }
        }
        // Without memory for the job the body runs here: late is never, but not at all would be worse.
        guard let result else { return try body() }
        return try result.get()
    }
}
