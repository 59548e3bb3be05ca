import Dispatch

extension DispatchTime {
    /// So long from now on, to the nanosecond.
    static func after(_ duration: Duration) -> DispatchTime {
        let (seconds, attoseconds) = duration.components
        return .now() + .seconds(Int(clamping: seconds)) + .nanoseconds(Int(clamping: attoseconds / 1_000_000_000))
    }
}
