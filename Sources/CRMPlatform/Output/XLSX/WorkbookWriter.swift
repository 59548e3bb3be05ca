internal import CRMModel
internal import CXlsxWriter
internal import Foundation

/// Writes one sheet of a workbook (.xlsx): headings that stay in view, columns as wide as their contents, numbers and days
/// as what they are, and texts as nothing but texts.
///
/// Rows are written through to a file of the writer's own in a folder that nobody else may read, so memory stays flat;
/// `finish()` gives the bytes of the workbook and takes the folder away.
final class WorkbookWriter {
    /// What a column holds, which decides how its cells are shown.
    enum Kind: Hashable {
        /// Text; digits typed into the column stay text too.
        case text
        /// Numbers with so many places.
        case number(places: Int)
        /// Amounts of a currency.
        case money(code: String, places: Int)
        /// Percentages: 12.5 is written as 0.125 and shown as 12.5 %.
        case percent(places: Int)
        /// Days.
        case day
        /// Moments, in the time zone of the writer.
        case moment
        /// Yes or no.
        case flag
    }

    /// What spreadsheets cannot hold; the message says in which row and column.
    enum Problem: Error {
        /// More rows than a sheet has.
        case tooManyRows
        /// A text of more characters than a cell has; its row, from 1 with the headings, and its column, from 0.
        case longText(row: Int, column: Int)
        /// The workbook could not be written; the reason of the library.
        case failed(String)
    }

    /// The greatest number of rows of a sheet, headings included.
    static let maximumRows = 1_048_576
    /// The greatest number of UTF-16 units in a cell.
    static let maximumText = 32_767

    private let zone: TimeZone
    private let folder: URL
    private let path: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var formats: [String: UnsafeMutablePointer<lxw_format>] = [:]
    private let kinds: [Kind]
    private var widths: [Int]
    private var row: lxw_row_t = 0
    private var column = 0

    /// Begins a workbook with one sheet.
    ///
    /// - Throws: `Problem.failed`.
    init(sheet name: String, headings: [String], kinds: [Kind], zone: TimeZone) throws(Problem) {
        self.zone = zone
        self.kinds = kinds
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("crm-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .failed(error.localizedDescription)
        }
        path = folder.appendingPathComponent("out.xlsx").path
        widths = headings.map { DisplayWidth.columns(of: $0) + 2 }
        let target = path
        let made = folder.path.withCString { temporary in
            var options = lxw_workbook_options(
                constant_memory: 1,
                tmpdir: UnsafeMutablePointer(mutating: temporary),
                use_zip64: 1
            )
            return workbook_new_opt(target, &options)
        }
        guard let made, let sheet = workbook_add_worksheet(made, Self.sheetName(name)) else {
            try? FileManager.default.removeItem(at: folder)
            throw .failed("workbook_new")
        }
        workbook = made
        self.sheet = sheet
        worksheet_freeze_panes(sheet, 1, 0)
        for heading in headings { try put(text: heading, "@", isBold: true) }
        endRow()
    }

    deinit {
        if let workbook { workbook_close(workbook) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// A name that a sheet may have: at most 31 signs, none of `[]:*?/\`, no apostrophe at the ends.
    private static func sheetName(_ text: String) -> String {
        let plain = text.map { "[]:*?/\\".contains($0) || $0.isNewline ? " " : String($0) }.joined()
        var name = ""
        for character in plain where name.utf16.count + String(character).utf16.count <= 31 { name.append(character) }
        name = name.trimmingCharacters(in: CharacterSet(charactersIn: "' "))
        return name.isEmpty || name.lowercased() == "history" ? "Sheet1" : name
    }

    // MARK: - Cells

    /// Writes the value of the next cell in the form of its column.
    ///
    /// - Throws: `Problem`.
    func value(_ value: Value, isBold: Bool = false) throws(Problem) {
        let kind = column < kinds.count ? kinds[column] : .text
        switch (kind, value) {
        case (_, .null): column += 1
        case (.flag, .boolean(let flag)):
            worksheet_write_boolean(sheet, row, lxw_col_t(column), flag ? 1 : 0, nil)
            column += 1
        case (.number(let places), .integer(let number)):
            try put(FixedDecimal(number), Self.plain(places), isBold)
        case (.number(let places), .decimal(let number)): try put(number, Self.plain(max(places, number.scale)), isBold)
        case (.money(let code, let places), _) where value.decimalValue != nil:
            try put(value.decimalValue ?? .zero, Self.money(code, places), isBold)
        case (.percent(let places), _) where value.decimalValue != nil:
            try put(percent: value.decimalValue ?? .zero, places, isBold)
        case (.day, .date(let date)): try put(date)
        case (.moment, .instant(let moment)), (.day, .instant(let moment)): try put(moment)
        default: try put(text: FormulaGuard.ambiguous(value.displayText), "@", isBold: isBold)
        }
    }

    /// Writes a text into the next cell.
    ///
    /// - Throws: `Problem`.
    func text(_ text: String, isBold: Bool = false) throws(Problem) {
        try put(text: FormulaGuard.ambiguous(text), "@", isBold: isBold)
    }

    /// Ends the row.
    func endRow() {
        row += 1
        column = 0
    }

    private func put(text: String, _ code: String, isBold: Bool = false) throws(Problem) {
        defer { column += 1 }
        guard row < Self.maximumRows else { throw .tooManyRows }
        guard !text.isEmpty else { return }
        guard text.utf16.count <= Self.maximumText else { throw .longText(row: Int(row) + 1, column: column) }
        note(width: DisplayWidth.columns(of: String(text.prefix(80))))
        let format = format(code, isBold: isBold, wraps: text.contains("\n"))
        try done(worksheet_write_string(sheet, row, lxw_col_t(column), Self.escaped(text), format))
    }

    private func put(_ number: FixedDecimal, _ code: String, _ isBold: Bool) throws(Problem) {
        // Spreadsheets keep fifteen digits; a number with more is written as text, so that none is lost.
        guard Self.digits(number) <= CellNumber.significantDigits, let double = Double(number.description) else {
            return try put(text: number.description, "@", isBold: isBold)
        }
        try put(double, code, isBold, width: number.formatted(grouping: true).utf8.count + 4)
    }

    private func put(percent number: FixedDecimal, _ places: Int, _ isBold: Bool) throws(Problem) {
        guard Self.digits(number) <= CellNumber.significantDigits, let double = Double(number.description + "e-2")
        else {
            return try put(text: number.description + "%", "@", isBold: isBold)
        }
        let code = places > 0 ? "0." + String(repeating: "0", count: places) + "%" : "0%"
        try put(double, code, isBold, width: number.description.utf8.count + 2)
    }

    private func put(_ date: CalendarDate) throws(Problem) {
        guard let serial = Self.serial(date) else { return try put(text: date.description, "@") }
        try put(Double(serial), "yyyy-mm-dd", false, width: 11)
    }

    private func put(_ moment: Instant) throws(Problem) {
        let date = moment.date(in: zone)
        let text = moment.text(in: zone)
        let readable = moment.readable(in: zone)
        // An hour that a clock shows twice is written with its offset.
        guard let serial = Self.serial(date), text == readable else { return try put(text: readable, "@") }
        let (hour, minute, second, _) = moment.time(in: zone)
        let seconds = Double(hour * 3600 + minute * 60 + second)
        try put(Double(serial) + seconds / 86_400, "yyyy-mm-dd hh:mm:ss", false, width: 20)
    }

    private func put(_ double: Double, _ code: String, _ isBold: Bool, width: Int) throws(Problem) {
        defer { column += 1 }
        guard row < Self.maximumRows else { throw .tooManyRows }
        note(width: width)
        try done(
            worksheet_write_number(sheet, row, lxw_col_t(column), double, format(code, isBold: isBold, wraps: false))
        )
    }

    private func done(_ error: lxw_error) throws(Problem) {
        guard error == LXW_NO_ERROR else { throw .failed(lxw_strerror(error).map { String(cString: $0) } ?? "") }
    }

    private func note(width: Int) {
        if column < widths.count { widths[column] = max(widths[column], width) }
    }

    private func format(_ code: String, isBold: Bool, wraps: Bool) -> UnsafeMutablePointer<lxw_format>? {
        let key = "\(code)\(isBold)\(wraps)"
        if let known = formats[key] { return known }
        guard let format = workbook_add_format(workbook) else { return nil }
        format_set_num_format(format, code)
        if isBold { format_set_bold(format) }
        if wraps { format_set_text_wrap(format) }
        formats[key] = format
        return format
    }

    // MARK: - The end

    /// Ends the workbook and gives its bytes.
    ///
    /// - Throws: `Problem.failed`.
    func finish() throws(Problem) -> [UInt8] {
        for (index, width) in widths.enumerated() {
            // A column of texts keeps them texts when somebody types digits below them.
            let isText = index < kinds.count && kinds[index] == .text
            worksheet_set_column(
                sheet,
                lxw_col_t(index),
                lxw_col_t(index),
                Double(min(max(width, 8), 60)),
                isText ? format("@", isBold: false, wraps: false) : nil
            )
        }
        guard let open = workbook else { throw .failed("closed") }
        workbook = nil
        try done(workbook_close(open))
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .failed(error.localizedDescription)
        }
    }

    // MARK: - Forms

    private static func plain(_ places: Int) -> String {
        places > 0 ? "#,##0." + String(repeating: "0", count: places) : "#,##0"
    }

    private static func money(_ code: String, _ places: Int) -> String {
        code == "CNY" ? "[$¥-804]" + plain(places) : "[$\(code)] " + plain(places)
    }

    private static func digits(_ number: FixedDecimal) -> Int {
        var units = number.units.magnitude
        while units != 0, units % 10 == 0 { units /= 10 }
        return String(units).utf8.count
    }

    /// The day as spreadsheets count it; nil before March 1900, where they are wrong.
    private static func serial(_ date: CalendarDate) -> Int? {
        let serial = Int(date.daysSinceEpoch) + 25_569
        return 61...2_958_465 ~= serial ? serial : nil
    }

    /// The text with every underscore that begins what would be read as the sign of a number (`_x0041_`) written as such a sign
    /// itself, and those signs that XML cannot hold and the library leaves as they are.
    private static func escaped(_ text: String) -> String {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            !zip(bytes, bytes.dropFirst()).contains { $0 == (0x5F, 0x78) || $0 == (0x5F, 0x58) || $0 == (0xEF, 0xBF) }
        }
        if isPlain { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "_"
            where index + 6 < scalars.count && ["x", "X"].contains(scalars[index + 1])
                && scalars[index + 6] == "_" && scalars[index + 2..<index + 6].allSatisfy(\.properties.isASCIIHexDigit):
                result.append(contentsOf: "_x005F_".unicodeScalars)
            case "\u{FFFE}": result.append(contentsOf: "_xFFFE_".unicodeScalars)
            case "\u{FFFF}": result.append(contentsOf: "_xFFFF_".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
