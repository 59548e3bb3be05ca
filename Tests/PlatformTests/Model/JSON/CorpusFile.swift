import Foundation

/// The files of Tests/Corpus.
enum CorpusFile {
    /// The path of a file of the corpus: `bad-input/csv/01_bom_utf8.csv`.
    static func path(_ name: String, from file: String = #filePath) -> String {
        var folder = URL(fileURLWithPath: file)
        while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Corpus/\(name)").path
    }

    /// The bytes of a file of the corpus.
    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
}
