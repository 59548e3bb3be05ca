internal import CRMModel

/// The parts of a workbook: its sheets and what they have in common.
final class Workbook {
    /// A sheet as the workbook lists it.
    struct Sheet {
        let name: String
        let isHidden: Bool
        /// Where its cells are, nil when it has none, as sheets of charts.
        fileprivate(set) var part: String?

        fileprivate let relation: String
    }

    /// The sheets with cells, in the order of their tabs.
    let sheets: [Sheet]
    /// How days are counted.
    let dates: CellDate
    /// The number formats.
    let styles: SheetStyles
    /// The shared texts.
    let texts: SharedTexts

    let archive: ZipArchive

    /// Reads what a workbook says of itself.
    init(_ archive: ZipArchive) throws(XLSXError) {
        self.archive = archive
        let root = try Relations(archive, of: "").target("officeDocument") ?? "xl/workbook.xml"
        guard archive.contains(root) else { throw Self.foreign(archive) }
        if root.hasSuffix(".bin") { throw .binaryWorkbook }
        let reader = Reader()
        try XMLStream(archive.open(root, limit: XLSXLimits.partBytes), reader, withText: false).run()
        guard reader.isWorkbook else { throw .notAWorkbook }
        let relations = try Relations(archive, of: root)
        var sheets = reader.sheets
        for index in sheets.indices {
            sheets[index].part = relations.target(id: sheets[index].relation, kind: "worksheet")
        }
        self.sheets = sheets.filter { $0.part != nil }
        dates = CellDate(startsIn1904: reader.startsIn1904)
        styles =
            if let part = relations.target("styles") { try SheetStyles(archive, part: part) } else { SheetStyles() }
        texts =
            if let part = relations.target("sharedStrings") {
                try SharedTexts(archive, part: part)
            } else {
                SharedTexts()
            }
    }

    /// What an archive without the usual workbook is.
    private static func foreign(_ archive: ZipArchive) -> XLSXError {
        if archive.contains("xl/workbook.bin") { return .binaryWorkbook }
        if archive.contains("content.xml"), archive.contains("mimetype") { return .openDocument }
        return archive.contains("[content_types].xml") && archive.contains("xl/worksheets/sheet1.xml")
            ? .missingPart("xl/workbook.xml") : .notAWorkbook
    }

    /// The sheet of a name, without regard to case; without a name the first one that is shown.
    ///
    /// - Throws: `unknownSheet` with the names there are; `noSheet`.
    func sheet(_ name: String?) throws(XLSXError) -> Sheet {
        guard let name else {
            guard let sheet = sheets.first(where: { !$0.isHidden }) else { throw .noSheet }
            return sheet
        }
        let found = sheets.first { $0.name == name } ?? sheets.first { ComparableForm.option.isSame($0.name, name) }
        guard let found else { throw .unknownSheet(name: name, known: sheets.map(\.name)) }
        return found
    }

    private final class Reader: XMLElementReader {
        var sheets: [Sheet] = []
        var startsIn1904 = false
        var isWorkbook = false

        func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
            if depth == 1 {
                isWorkbook = name("workbook")
            } else if depth == 2, name("workbookPr") {
                startsIn1904 = attributes.isTrue("date1904")
            } else if depth == 3, name("sheet"), sheets.count < 10_000, let id = attributes.text("id") {
                let state = attributes.text("state")
                sheets.append(
                    Sheet(
                        name: attributes.text("name") ?? "",
                        isHidden: state != nil && state != "visible",
                        relation: id
                    )
                )
            }
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

        func end(_ name: XMLName, depth: Int) -> Bool { false }
    }
}

/// Which parts a part refers to.
struct Relations {
    private var targets: [(id: String, kind: String, part: String)] = []

    /// Reads the relations of a part, those of the whole archive for the empty name; none when it has none.
    init(_ archive: ZipArchive, of part: String) throws(XLSXError) {
        let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        let folder = String(part[..<slash])
        let name = "\(folder)_rels/\(part[slash...]).rels"
        guard archive.contains(name) else { return }
        let reader = Reader(folder: folder)
        try XMLStream(archive.open(name, limit: XLSXLimits.partBytes), reader, withText: false).run()
        targets = reader.targets
    }

    /// The part of a kind, nil when there is none.
    func target(_ kind: String) -> String? { targets.first { $0.kind == kind }?.part }

    /// The part of an identity, if it is of a kind.
    func target(id: String, kind: String) -> String? { targets.first { $0.id == id && $0.kind == kind }?.part }

    /// The name of a member that a target means, seen from a folder; names that lead nowhere are found missing later.
    static func resolve(_ target: String, in folder: String) -> String {
        var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": _ = steps.popLast()
            default: steps.append(step)
            }
        }
        return steps.joined(separator: "/")
    }

    private final class Reader: XMLElementReader {
        var targets: [(id: String, kind: String, part: String)] = []
        private let folder: String

        init(folder: String) {
            self.folder = folder
        }

        func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
            // What lies outside of the archive is never looked at.
            guard depth == 2, name("Relationship"), targets.count < 10_000, attributes.text("TargetMode") != "External",
                let id = attributes.text("Id"), let type = attributes.text("Type"),
                let target = attributes.text("Target")
            else { return }
            let kind = type.split(separator: "/").last.map(String.init) ?? ""
            targets.append((id, kind, Relations.resolve(target, in: folder)))
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

        func end(_ name: XMLName, depth: Int) -> Bool { false }
    }
}
