internal import CExpat

/// Takes what an XML part says, element by element.
protocol XMLElementReader: AnyObject {
    /// An element begins; the root has depth 1.
    ///
    /// The name is without its prefix.
    func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int)
    /// Text within the element that is open; an element's text may come in pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// An element ends; true to have the reading stop here for a while.
    func end(_ name: XMLName, depth: Int) -> Bool
}

/// The local name of an element or attribute, as it stands in the parser's memory.
struct XMLName {
    private let start: UnsafePointer<CChar>

    init(_ qualified: UnsafePointer<CChar>) {
        var start = qualified
        var index = qualified
        while index.pointee != 0 {
            if index.pointee == 0x3A { start = index + 1 }
            index += 1
        }
        self.start = start
    }

    /// Whether the name is `text`.
    func callAsFunction(_ text: StaticString) -> Bool {
        let wanted = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
        var index = 0
        while index < text.utf8CodeUnitCount {
            guard start[index] == wanted[index] else { return false }
            index += 1
        }
        return start[index] == 0
    }
}

/// The attributes of an element, as they stand in the parser's memory.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The bytes of an attribute by its local name, ending with 0; nil when there is none.
    func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
        guard let list else { return nil }
        var index = 0
        while let key = list[index] {
            if XMLName(key)(name) { return list[index + 1] }
            index += 2
        }
        return nil
    }

    /// The text of an attribute, nil when there is none.
    func text(_ name: StaticString) -> String? { bytes(name).map { String(cString: $0) } }

    /// The number in an attribute, nil when there is none or it is no whole number from 0 up.
    func number(_ name: StaticString) -> Int? {
        guard var digit = bytes(name), digit.pointee != 0 else { return nil }
        var number = 0
        while digit.pointee != 0 {
            let value = Int(digit.pointee) - 0x30
            guard 0...9 ~= value, number < 1 << 50 else { return nil }
            number = number * 10 + value
            digit += 1
        }
        return number
    }

    /// Whether an attribute says yes.
    func isTrue(_ name: StaticString) -> Bool {
        let text = text(name)
        return text == "1" || text == "true"
    }
}

/// Reads a part of an archive as XML, a piece at a time, so that memory stays flat.
///
/// A document type is refused: so there are no entities to be expanded and nothing outside is ever opened. Elements
/// nested too deep and tags too long are refused too.
final class XMLStream {
    private static let pieceBytes = 1 << 16

    /// The unpacked bytes read so far.
    var bytesRead: Int { source.bytesRead }

    private let source: ZipMemberReader
    private let parser: OpaquePointer
    private let state: State
    private var isPaused = false
    private var isFinished = false

    /// What the parser's callbacks work on.
    private final class State {
        let reader: any XMLElementReader
        let parser: OpaquePointer
        var depth = 0
        var failure: XLSXError?
        let part: String

        init(_ reader: any XMLElementReader, _ parser: OpaquePointer, _ part: String) {
            self.reader = reader
            self.parser = parser
            self.part = part
        }

        func stop(_ error: XLSXError) {
            failure = error
            XML_StopParser(parser, 0)
        }
    }

    /// Makes a stream over a part that has just been opened.
    ///
    /// Without `withText` the reader is told of elements only, which is faster.
    init(_ source: ZipMemberReader, _ reader: any XMLElementReader, withText: Bool = true) throws(XLSXError) {
        guard let parser = XML_ParserCreate(nil) else { throw .damaged(part: source.name) }
        self.source = source
        self.parser = parser
        state = State(reader, parser, source.name)
        XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data, let name else { return }
                let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
                state.depth += 1
                guard state.depth <= XLSXLimits.depth else { return state.stop(.tooComplex(part: state.part)) }
                state.reader.begin(XMLName(name), XMLAttributes(list: attributes), depth: state.depth)
            },
            { data, name in
                guard let data, let name else { return }
                let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
                if state.reader.end(XMLName(name), depth: state.depth) { XML_StopParser(state.parser, 1) }
                state.depth -= 1
            }
        )
        if withText {
            XML_SetCharacterDataHandler(parser) { data, text, count in
                guard let data, let text else { return }
                let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
                let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
                state.reader.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data else { return }
            let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
            state.stop(.documentType(part: state.part))
        }
    }

    deinit { XML_ParserFree(parser) }

    /// Reads on until the reader asks for a pause; false at the end of the part.
    ///
    /// - Throws: `damaged` when the part is not well-formed; `documentType`, `tooComplex`, `tooLarge`.
    func advance() throws(XLSXError) -> Bool {
        while true {
            if isPaused {
                isPaused = false
                try check(XML_ResumeParser(parser))
                if isPaused { return true }
            }
            if isFinished { return false }
            guard let buffer = XML_GetBuffer(parser, Int32(Self.pieceBytes)) else { throw .damaged(part: source.name) }
            let count = try source.read(into: buffer, count: Self.pieceBytes)
            isFinished = count == 0
            try check(XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0))
            // A tag that goes on and on is kept until its end is seen.
            guard source.bytesRead - Int(XML_GetCurrentByteIndex(parser)) <= XLSXLimits.tagBytes + Self.pieceBytes
            else {
                throw .tooComplex(part: source.name)
            }
            if isPaused { return true }
        }
    }

    /// Reads the part to its end.
    ///
    /// - Throws: as ``advance()``.
    func run() throws(XLSXError) {
        while try advance() {}
    }

    private func check(_ status: XML_Status) throws(XLSXError) {
        if let failure = state.failure { throw failure }
        if status == XML_STATUS_SUSPENDED {
            isPaused = true
        } else if status != XML_STATUS_OK {
            throw .damaged(part: source.name)
        }
    }
}
