internal import CRMModel

extension CSVError {
    /// The error as users see it.
    var platformError: PlatformError {
        switch self {
        case .unreadable(let number):
            PlatformError(.notFound, Message(.fileUnreadable, ["reason": SystemFailure.reason(number)]), cause: self)
        case .stopped: PlatformError(.cancelled, Message(.fileReadingStopped), cause: self)
        case .empty:
            PlatformError(.invalidInput, Message(.fileEmpty), cause: self)
        case .beyondEnd(let line, let last):
            PlatformError(
                .invalidInput,
                Message(.fileBeyondEnd, ["line": "\(line)", "last": "\(last)"]),
                cause: self
            )
        case .unsupportedEncoding(let name):
            PlatformError(.invalidInput, Message(.fileEncoding, ["encoding": .text(name)]), cause: self)
        case .tooManyColumns(let found, let limit):
            PlatformError(
                .limitExceeded,
                Message(.fileTooWide, ["found": "\(found)", "limit": "\(limit)"]),
                cause: self
            )
        case .duplicateHeaders(let names):
            PlatformError(
                .invalidInput,
                Message(.fileDuplicateHeaders, ["names": .text(ImportColumns.list(names))]),
                cause: self
            )
        case .badHeader(let problem):
            PlatformError(
                .invalidInput,
                Message(.fileBadHeader, ["problem": .message(problem.message)]),
                cause: self
            )
        }
    }
}

extension CSVRowProblem {
    /// The problem as users see it.
    var message: Message { message(without: 0) }

    /// The problem as users see it, columns that an error file has added before the others not counted.
    func message(without added: Int) -> Message {
        switch self {
        case .invalidText(let column, let byte):
            Message.invalidText(column: "\(column)", byte: byte, nil)
        case .nulCharacter(let column): Message(.rowNul, ["column": "\(column)"])
        case .cellTooLong(let column, let limit):
            Message(.rowCellTooLong, ["column": "\(column)", "limit": "\(limit / 1024)"])
        case .tooManyColumns(let limit): Message(.rowTooWide, ["limit": "\(limit)"])
        case .columnCount(let found, let expected):
            Message(.rowColumnCount, ["found": "\(found - added)", "expected": "\(expected - added)"])
        case .textAfterQuote(let column): Message(.rowTextAfterQuote, ["column": "\(column)"])
        case .unclosedQuote(let column): Message(.rowUnclosedQuote, ["column": "\(column)"])
        }
    }
}

extension Message {
    /// That a byte is no text in the encoding as which the file was read.
    static func invalidText(column: Argument, byte: Int, _ encoding: TextEncoding?) -> Message {
        guard let encoding else { return Message(.rowInvalidText, ["column": column, "byte": "\(byte)"]) }
        return Message(
            .rowInvalidIn,
            ["column": column, "byte": "\(byte)", "encoding": .text(encoding.rawValue)]
        )
    }
}
