public import CRMModel
import CRMRuntime
import CRMStorage

/// A company that is being made: its file gets its name when everything is in it that belongs there.
///
/// Whatever ends the making before ``publish()``, be it an error, a person or a crash, there is no file of that name.
public final class NewCompany: Sendable {
    /// The company, to be filled; closed by ``publish()``.
    public let platform: Platform

    private let making: StoreInMaking

    /// Begins a company without plugins; it gets language and time zone of the options, and keeps to them.
    ///
    /// - Throws: `alreadyExists` when there is a file of that name; `busy` when somebody else makes it; `storage`.
    public init(at path: String, options: PlatformOptions = PlatformOptions()) throws(PlatformError) {
        guard !path.isEmpty else { throw PlatformError(.invalidInput, Message(.outputUnnamed)) }
        var storeOptions = Platform.storeOptions(options)
        let path = try StoreFactory.path(of: path)
        let making = try StoreFactory.begin(at: path, options: storeOptions)
        storeOptions.displayName = FilePath.last(path)
        let lanes = try Lanes(options: options) { [storeOptions] () throws(PlatformError) in
            try Platform.begun(StoreFactory.open(at: making.path, options: storeOptions), options)
        }
        self.making = making
        platform = Platform(path: making.path, options: options, lanes: lanes)
    }

    deinit {
        // What does not close in time is not published either; the file goes all the same.
        try? platform.close()
    }

    /// Closes the company and gives its file its name.
    ///
    /// - Throws: `alreadyExists` when something has taken the name meanwhile; `busy`, `storage`.
    public func publish() throws(PlatformError) {
        try platform.close()
        try making.publish()
        making.release()
    }
}
