import CRMPlatform

extension ShellSession {
    /// The record that people mean: `customer/42` by its number, `customer/C2026-000948` by its code or another unique
    /// value, `客户/杭州华医` by its title.
    ///
    /// A number means the record of that number, and only when there is none a code of digits.
    ///
    /// - Throws: `PlatformError` `invalidInput` when the text has another form or means more than one record, with those it
    ///   may mean; `notFound` when there is no such object or record.
    func record(_ text: String) throws(PlatformError) -> RecordID {
        guard let slash = text.firstIndex(of: "/"), slash > text.startIndex else {
            throw PlatformError(.invalidInput, Message(.shellRecordForm, ["text": .text(text)]))
        }
        let object = try object(String(text[..<slash]))
        let name = TextNormalisation.trimmed(String(text[text.index(after: slash)...]))
        guard !name.isEmpty else {
            throw PlatformError(.invalidInput, Message(.shellRecordForm, ["text": .text(text)]))
        }
        let (match, candidates) = try platform.read(unit) {
            session -> (ReferenceMatch, [Record]) in
            if let number = Int64(name), number > 0,
                try session.get(RecordID(object: object.name, number: number)) != nil
            {
                return (.one(number), [])
            }
            let match = try session.match(name, in: object.name)
            guard case .several(let numbers) = match else { return (match, []) }
            var records: [Record] = []
            for number in numbers {
                if let record = try session.get(RecordID(object: object.name, number: number)) {
                    records.append(record)
                }
            }
            return (match, records)
        }
        switch match {
        case .one(let number):
            return RecordID(object: object.name, number: number)
        case .none, .contradicted, .foreign:
            if let number = Int64(name), number > 0 { return RecordID(object: object.name, number: number) }
            throw PlatformError(
                .notFound,
                Message(.shellNoRecordNamed, ["object": .label(object.label), "text": .text(name)]),
                context: ErrorContext(object: object.name)
            )
        case .several:
            let shown = candidates.map { record in
                let code =
                    object.fields.firstIndex { $0.type == .autoNumber }.map { record.values[$0].displayText } ?? ""
                return ([record.recordID.description, code].filter { !$0.isEmpty } + [record.title])
                    .joined(separator: " ")
            }
            throw PlatformError(
                .invalidInput,
                Message(
                    .shellRecordAmbiguous,
                    [
                        "object": .label(object.label), "text": .text(name),
                        "candidates": .text(shown.joined(separator: say(.shellListSeparator))),
                    ]
                ),
                context: ErrorContext(object: object.name)
            )
        }
    }
}

extension MessageKey {
    static let shellNoRecordNamed = MessageKey(
        "shell.no_record_named",
        zhCN: "没有叫「{text}」的{object}：编号、编码、唯一值和标题都不是",
        zhTW: "沒有叫「{text}」的{object}：編號、編碼、唯一值和標題都不是",
        en: "There is no {object} \"{text}\": no number, code, unique value or title is like this"
    )
    static let shellRecordAmbiguous = MessageKey(
        "shell.record_ambiguous",
        zhCN: "有几条{object}都叫「{text}」，请写出编号：{candidates}",
        zhTW: "有幾筆{object}都叫「{text}」，請寫出編號：{candidates}",
        en: "More than one {object} is called \"{text}\"; name one by its number: {candidates}"
    )
}
