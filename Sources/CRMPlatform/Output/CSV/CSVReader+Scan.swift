internal import CRMModel

extension CSVReader {
    /// Reads the bytes of one row, or of one blank line; false at the end of the file.
    mutating func scanRow(_ row: inout CSVRow) throws(CSVError) -> Bool {
        if position >= chunk.count {
            guard try refill() else { return false }
        }
        if afterReturn {
            afterReturn = false
            if chunk[position] == 0x0A {
                position += 1
                if position >= chunk.count {
                    guard try refill() else { return false }
                }
            }
        }
        if scanWithinChunk(&row) { return true }
        return try scanAcrossChunks(&row)
    }

    /// The fast way: a row that lies within the chunk and has no doubled quotation mark is taken over in one piece.
    ///
    /// False, with the row as it was, when the row is not of this kind.
    private mutating func scanWithinChunk(_ row: inout CSVRow) -> Bool {
        let begin = position
        let quote = UInt8(ascii: "\"")
        var innerLines = 0
        let end = chunk.withUnsafeBufferPointer { bytes in
            kinds.withUnsafeBufferPointer { kinds -> Int in
                let count = bytes.count
                var index = begin
                var cell = begin
                var seen: UInt8 = 0
                while index < count {
                    let byte = bytes[index]
                    seen |= byte
                    let kind = kinds[Int(byte)]
                    if kind == 0 {
                        index += 1
                        continue
                    }
                    if kind == 1 {
                        row.fields.append(cell - begin..<index - begin)
                        index += 1
                        cell = index
                    } else if kind == 3 {
                        row.fields.append(cell - begin..<index - begin)
                        let whole = UnsafeBufferPointer(rebasing: bytes[begin..<index])
                        row.bytes.append(contentsOf: whole)
                        if seen >= 0x80, UTF8Validation.firstInvalid(whole) != nil { row.noteInvalidText() }
                        return index
                    } else if kind == 2, index == cell {
                        var close = index + 1
                        while close < count, bytes[close] != quote {
                            let inner = bytes[close]
                            seen |= inner
                            if inner == 0x0A || inner == 0x0D {
                                if inner == 0x0D || bytes[close - 1] != 0x0D { innerLines += 1 }
                            } else if inner == 0 {
                                return -1
                            }
                            close += 1
                        }
                        guard close + 1 < count else { return -1 }
                        let next = kinds[Int(bytes[close + 1])]
                        guard next == 1 || next == 3 else { return -1 }
                        row.isQuoted = true
                        row.fields.append(index + 1 - begin..<close - begin)
                        if next == 3 {
                            let whole = UnsafeBufferPointer(rebasing: bytes[begin..<close + 1])
                            row.bytes.append(contentsOf: whole)
                            if seen >= 0x80, UTF8Validation.firstInvalid(whole) != nil { row.noteInvalidText() }
                            return close + 1
                        }
                        index = close + 2
                        cell = index
                    } else if kind == 2 {
                        index += 1
                    } else {
                        return -1
                    }
                }
                return -1
            }
        }
        guard end >= 0 else {
            row.fields.removeAll(keepingCapacity: true)
            row.isQuoted = false
            return false
        }
        position = end + 1
        line += 1 + innerLines
        afterReturn = chunk[end] == 0x0D
        row.cellsSeen = row.fields.count
        if row.bytes.count > options.maximumCellBytes || row.fields.count > options.maximumColumns {
            checkLimits(&row)
        }
        return true
    }

    private func checkLimits(_ row: inout CSVRow) {
        if row.fields.count > options.maximumColumns {
            row.fields.removeLast(row.fields.count - options.maximumColumns)
            row.note(.tooManyColumns(limit: options.maximumColumns))
        }
        for index in row.fields.indices where row.fields[index].count > options.maximumCellBytes {
            row.note(.cellTooLong(column: index + 1, limit: options.maximumCellBytes))
        }
    }

    /// The way for everything else: byte runs are copied cell by cell, through as many chunks as it takes.
    private mutating func scanAcrossChunks(_ row: inout CSVRow) throws(CSVError) -> Bool {
        state = .cellStart
        let kinds = kinds
        var cell = 0
        while true {
            if position >= chunk.count {
                guard try refill() else {
                    if state == .quoted { row.note(.unclosedQuote(column: row.cellsSeen + 1)) }
                    endCell(&row, from: &cell)
                    finish(&row)
                    return true
                }
            }
            let byte = chunk[position]
            switch state {
            case .cellStart where byte == UInt8(ascii: "\""):
                row.isQuoted = true
                state = .quoted
                position += 1
            case .cellStart:
                state = .plain
            case .plain:
                let kind = kinds[Int(byte)]
                if kind == 1 {
                    position += 1
                    endCell(&row, from: &cell)
                    state = .cellStart
                } else if kind == 3 {
                    endLine(byte)
                    endCell(&row, from: &cell)
                    finish(&row)
                    return true
                } else {
                    copyRun(to: &row, cell: cell) { kinds[Int($0)] == 1 || kinds[Int($0)] == 3 }
                }
            case .quoted:
                if byte == UInt8(ascii: "\"") {
                    position += 1
                    state = .quoteInQuoted
                } else if row.bytes.count - cell >= options.maximumCellBytes {
                    noteLongCell(&row)
                    skipQuoted()
                } else if byte == 0x0A || byte == 0x0D {
                    store(byte, in: &row, cell: cell)
                    if byte == 0x0D || !afterReturn { line += 1 }
                    afterReturn = byte == 0x0D
                    position += 1
                } else {
                    afterReturn = false
                    copyRun(to: &row, cell: cell) { $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
                }
            case .quoteInQuoted:
                afterReturn = false
                if byte == UInt8(ascii: "\"") {
                    store(byte, in: &row, cell: cell)
                    position += 1
                    state = .quoted
                } else {
                    let kind = kinds[Int(byte)]
                    if kind != 1, kind != 3 { row.note(.textAfterQuote(column: row.cellsSeen + 1)) }
                    state = .plain
                }
            }
        }
    }

    /// Passes over the rest of a quoted cell that is too long already: a sign at a time it would take as long as reading
    /// many rows.
    private mutating func skipQuoted() {
        let begin = position
        var lines = 0
        var wasReturn = afterReturn
        position = chunk.withUnsafeBufferPointer { bytes in
            var index = begin
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x22 {
                    guard index + 1 < bytes.count, bytes[index + 1] == 0x22 else { break }
                    index += 1
                }
                if byte == 0x0D || (byte == 0x0A && !wasReturn) { lines += 1 }
                wasReturn = byte == 0x0D
                index += 1
            }
            return index
        }
        line += lines
        afterReturn = wasReturn
    }

    private mutating func endLine(_ byte: UInt8) {
        position += 1
        line += 1
        afterReturn = byte == 0x0D
    }

    private mutating func copyRun(to row: inout CSVRow, cell: Int, until isEnd: (UInt8) -> Bool) {
        let begin = position
        let room = max(0, options.maximumCellBytes - (row.bytes.count - cell))
        let end = chunk.withUnsafeBufferPointer { bytes in
            var index = begin
            while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
            if row.cellsSeen < options.maximumColumns {
                row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[begin..<min(index, begin + room)]))
            }
            return index
        }
        if end - begin > room { noteLongCell(&row) }
        position = end
    }

    private func store(_ byte: UInt8, in row: inout CSVRow, cell: Int) {
        guard row.cellsSeen < options.maximumColumns else { return }
        guard row.bytes.count - cell < options.maximumCellBytes else { return noteLongCell(&row) }
        row.bytes.append(byte)
    }

    private func noteLongCell(_ row: inout CSVRow) {
        row.note(.cellTooLong(column: row.cellsSeen + 1, limit: options.maximumCellBytes))
    }

    private func endCell(_ row: inout CSVRow, from cell: inout Int) {
        row.cellsSeen += 1
        guard row.cellsSeen <= options.maximumColumns else {
            if row.cellsSeen == options.maximumColumns + 1 {
                row.note(.tooManyColumns(limit: options.maximumColumns))
            }
            return
        }
        row.fields.append(cell..<row.bytes.count)
        cell = row.bytes.count
    }

    private func finish(_ row: inout CSVRow) {
        row.checkText()
    }
}

extension CSVRow {
    /// Keeps the first problem for the row, and each for its cell, so that none is lost when the first is mended.
    mutating func note(_ problem: CSVRowProblem) {
        if self.problem == nil { self.problem = problem }
        let note: CellNote? =
            switch problem {
            case .invalidText(let column, let byte): CellNote(column: column - 1, kind: .invalidText(byte))
            case .nulCharacter(let column): CellNote(column: column - 1, kind: .nul)
            case .cellTooLong(let column, let limit): CellNote(column: column - 1, kind: .tooLong(limit / 1024))
            case .textAfterQuote(let column): CellNote(column: column - 1, kind: .textAfterQuote)
            case .unclosedQuote(let column): CellNote(column: column - 1, kind: .unclosedQuote)
            case .tooManyColumns, .columnCount: nil
            }
        if let note, !notes.contains(where: { $0.column == note.column && $0.isOfRow }) { notes.append(note) }
    }

    /// Looks for bytes that are no text, in every cell once one is known to have some.
    mutating func noteInvalidText() {
        for index in fields.indices {
            let bad = withBytes(index) { UTF8Validation.firstInvalid($0) }
            if let bad { note(.invalidText(column: index + 1, byte: bad + 1)) }
        }
    }

    /// Looks for bytes that are no text.
    mutating func checkText() {
        if bytes.withUnsafeBufferPointer({ UTF8Validation.firstInvalid($0) }) != nil { noteInvalidText() }
        guard bytes.contains(0) else { return }
        for index in fields.indices where withBytes(index, { $0.contains(0) }) {
            note(.nulCharacter(column: index + 1))
        }
    }
}

extension CSVReader {
    static func headerName(_ cell: String) -> String {
        FormulaGuard.unguarded(TextNormalisation.trimmed(cell))
    }

    /// Names that come more than once, as first written, in the order of the columns.
    static func duplicates(_ names: [String]) -> [String] {
        var counts: [String: Int] = [:]
        let keys = names.map { TextNormalisation.halfWidth($0).lowercased() }
        for key in keys where !key.isEmpty { counts[key, default: 0] += 1 }
        var result: [String] = []
        for (name, key) in zip(names, keys) where counts[key, default: 0] > 1 {
            result.append(name)
            counts[key] = 0
        }
        return result
    }
}
