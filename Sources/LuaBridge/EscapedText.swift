extension String {
    /// The text of bytes; those that are not UTF-8 stand as `\xFF`, so that nothing is lost.
    public init(escapingInvalid bytes: some Collection<UInt8>) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self = text
            return
        }
        var text = ""
        var parser = UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var index = bytes.startIndex
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                text.unicodeScalars.append(UTF8.decode(encoded))
                bytes.formIndex(&index, offsetBy: encoded.count)
            case .error(let length):
                for _ in 0..<length {
                    let digits = String(bytes[index], radix: 16, uppercase: true)
                    text += digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
                    bytes.formIndex(after: &index)
                }
            case .emptyInput:
                self = text
                return
            }
        }
    }
}
