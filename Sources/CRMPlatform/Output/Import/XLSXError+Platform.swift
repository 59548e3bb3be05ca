internal import CRMModel

extension XLSXError {
    /// The error as users see it.
    var platformError: PlatformError {
        switch self {
        case .unreadable(let number):
            PlatformError(.notFound, Message(.fileUnreadable, ["reason": SystemFailure.reason(number)]), cause: self)
        case .stopped: PlatformError(.cancelled, Message(.fileReadingStopped), cause: self)
        case .tooManyColumns(let found, let limit):
            PlatformError(
                .limitExceeded,
                Message(.fileTooWide, ["found": "\(found)", "limit": "\(limit)"]),
                cause: self
            )
        case .tooLarge(let part, let megabytes):
            PlatformError(
                .limitExceeded,
                Message(.workbookTooLarge, ["part": .text(part), "megabytes": "\(megabytes)"]),
                cause: self
            )
        default: PlatformError(.invalidInput, message, cause: self)
        }
    }

    private var message: Message {
        switch self {
        case .oldWorkbook: Message(.workbookOld)
        case .encrypted: Message(.workbookEncrypted)
        case .binaryWorkbook: Message(.workbookKind, ["kind": ".xlsb"])
        case .openDocument: Message(.workbookKind, ["kind": ".ods"])
        case .notAWorkbook: Message(.workbookNone)
        case .webPage: Message(.workbookWebPage)
        case .damaged(nil): Message(.workbookDamaged)
        case .damaged(let part?): Message(.workbookPartDamaged, ["part": .text(part)])
        case .duplicatePart(let part): Message(.workbookPartTwice, ["part": .text(part)])
        case .missingPart(let part): Message(.workbookPartMissing, ["part": .text(part)])
        case .documentType(let part), .tooComplex(let part): Message(.workbookHostile, ["part": .text(part)])
        case .disordered(let part, let cell):
            Message(.workbookDisordered, ["part": .text(part), "cell": .text(cell)])
        case .unknownSheet(let name, let known):
            Message(.sheetUnknown, ["sheet": .text(name), "known": .text(ImportColumns.list(known))])
        case .noSheet: Message(.sheetNone)
        case .emptySheet(let name): Message(.sheetEmpty, ["sheet": .text(name)])
        case .beyondEnd(let name, let row, let last):
            Message(.sheetBeyondEnd, ["sheet": .text(name), "row": "\(row)", "last": "\(last)"])
        case .duplicateHeaders(let names):
            Message(.fileDuplicateHeaders, ["names": .text(ImportColumns.list(names))])
        case .badHeader(let cell, let problem?):
            Message(
                .fileBadHeader,
                ["problem": .message(Message(.cellIn, ["cell": .text(cell), "problem": .message(problem.message)]))]
            )
        case .badHeader(let cell, nil):
            Message(.fileBadHeader, ["problem": .message(Message(.cellHeading, ["cell": .text(cell)]))])
        case .unreadable, .stopped, .tooManyColumns, .tooLarge: Message(.workbookNone)
        }
    }
}

extension CellNote {
    /// What is wrong, with the name of the cell.
    func message(row: Int, header: String) -> Message {
        let cell: Message.Argument = .text(DisplayWidth.escapingControls(place(row: row)))
        return switch kind {
        case .error(let text):
            Message(.cellError, ["cell": cell, "error": .text(DisplayWidth.escapingControls(text))])
        case .notCalculated: Message(.cellNotCalculated, ["cell": cell])
        case .noSuchDay: Message(.cellNoSuchDay, ["cell": cell])
        case .cutOff: Message(.cellCutOff, ["cell": cell])
        case .missingText: Message(.cellMissingText, ["cell": cell])
        case .errorText: Message(.cellErrorText, ["column": .text(header)])
        case .shown: Message(.cellNotShown, ["cell": cell])
        case .noBoolean: Message(.cellNoBoolean, ["cell": cell])
        case .invalidText(let byte): Message.invalidText(column: cell, byte: byte, encoding)
        case .nul: Message(.rowNul, ["column": cell])
        case .tooLong(let limit): Message(.rowCellTooLong, ["column": cell, "limit": "\(limit)"])
        case .textAfterQuote: Message(.rowTextAfterQuote, ["column": cell])
        case .unclosedQuote: Message(.rowUnclosedQuote, ["column": cell])
        case .second(let first): Message(.cellOfSecondRow, ["row": "\(first)", "cell": cell])
        }
    }
}
