import Testing

@testable import CRMModel

@Suite("Parts of a path")
struct FilePathTests {
    @Test(
        "the last part and the folder before it, also of names of one sign",
        arguments: [
            ("a", "", "a"), ("中", "", "中"), (" ", "", " "), ("~", "", "~"), ("/", "/", "/"), ("/a", "/", "a"),
            ("a/b", "a", "b"), ("/a/b/", "/a", "b"), ("a//b", "a", "b"), ("//", "/", "/"), ("", "", ""),
            ("./x.csv", ".", "x.csv"), ("/x/y.crm", "/x", "y.crm"),
        ]
    )
    func parts(path: String, folder: String, last: String) {
        #expect(FilePath.folder(path) == folder)
        #expect(FilePath.last(path) == last)
    }
}
