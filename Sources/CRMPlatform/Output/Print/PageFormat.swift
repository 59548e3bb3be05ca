internal import CRMModel

/// The form of a printed page, as the ending of its template's file says.
public enum PageFormat: String, Sendable, Hashable, CaseIterable {
    /// A page of HTML.
    case html
    /// A drawing, one SVG file.
    case svg

    /// The endings of file names that a page of this form may have.
    public var endings: [String] { self == .html ? ["html", "htm"] : ["svg"] }
}

/// What transforms and pages must know beside the data.
struct PrintSetting: Sendable, Hashable {
    /// The language of the values.
    let language: Language
    /// The form of the page.
    let format: PageFormat
}
