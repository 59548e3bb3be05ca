import CLineEditor
import CRMPlatform
import Foundation

/// The file in which the lines of earlier sessions are kept, readable by its owner only.
struct HistoryFile {
    /// The greatest number of entries.
    static let size = 2_000

    /// Where the file lies: `$CRM_HISTORY`, else `~/.crm_history`; empty for no file at all.
    let path: String

    /// Finds the file.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let named = environment["CRM_HISTORY"] {
            path = named == "/dev/null" ? "" : named
        } else if let home = environment["HOME"], !home.isEmpty {
            path = home + "/.crm_history"
        } else {
            path = ""
        }
    }

    /// Reads the entries; a file that is not there yet is no error.
    func load(into editor: OpaquePointer) {
        if !path.isEmpty { _ = crmedit_load_history(editor, path) }
    }

    /// Writes the entries; false when that failed.
    func save(from editor: OpaquePointer) -> Bool {
        guard !path.isEmpty else { return true }
        do throws(PlatformError) {
            let file = try OutputFile(path, overwriting: .when(Self.isHistory))
            guard crmedit_save_history(editor, file.unfinishedPath) == 0 else { return false }
            try file.publish()
            return true
        } catch {
            return false
        }
    }

    /// Whether a file that begins so is a history of the line editor, or empty.
    private static func isHistory(_ head: [UInt8]) -> Bool { head.isEmpty || head.starts(with: "_HiStOrY_V".utf8) }

    /// What is kept of a line: nothing when it is blank, begins with a blank, or speaks of a password or another secret.
    static func entry(for text: String) -> String? {
        guard let first = text.first, !first.isWhitespace else { return nil }
        let lower = text.lowercased()
        let secrets = ["password", "passwd", "secret", "token", "api_key", "apikey", "密码", "密碼", "口令"]
        if secrets.contains(where: { lower.contains($0) }) { return nil }
        // Several lines become one where that means the same, so that they can be edited as one.
        guard text.contains("\n"), !text.contains("--"), !text.contains("[["), !text.contains("\\\n") else {
            return text
        }
        let lines = text.split(separator: "\n").map { TextNormalisation.trimmed($0) }
        return lines.joined(separator: " ")
    }
}
