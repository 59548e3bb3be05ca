import CRMConcurrency
import CRMModel

/// Digests that were held against their bytes in this process already.
package enum KnownDigests {
    /// A digest with its bytes, by a hash that is different in each process.
    private static let known = Guarded<Set<Int>>([])

    /// Whether `sha256` is the digest of `bytes`.
    package static func fits(_ sha256: String, _ bytes: [UInt8]) -> Bool {
        let key = key(sha256, bytes)
        if known.withLock({ $0.contains(key) }) { return true }
        guard SHA256.hexDigest(bytes) == sha256 else { return false }
        known.withLock { _ = $0.insert(key) }
        return true
    }

    /// Computes a digest, and knows it from then on.
    package static func digest(_ bytes: [UInt8]) -> String {
        let sha256 = SHA256.hexDigest(bytes)
        let key = key(sha256, bytes)
        known.withLock { _ = $0.insert(key) }
        return sha256
    }

    private static func key(_ sha256: String, _ bytes: [UInt8]) -> Int {
        var hasher = Hasher()
        hasher.combine(sha256)
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
