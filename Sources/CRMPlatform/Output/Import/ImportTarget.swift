public import CRMModel
public import CRMRecords

/// Where imported records go: whoever has the file open gives transactions.
public protocol ImportTarget {
    /// Runs `body` in one transaction, committed when it returns and rolled back when it throws.
    ///
    /// - Throws: What `body` throws, and errors of the store.
    func batch(_ body: (RecordSession) throws(PlatformError) -> Void) throws(PlatformError)
}
