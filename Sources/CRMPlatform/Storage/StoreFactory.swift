package import CRMModel
import Foundation

/// Opens stores by where they are: a file by its path or a `file:` address.
///
/// The one place that chooses an engine; all others have a ``Store``.
package enum StoreFactory {
    /// The schemes of addresses of servers, whose engine is not built in.
    private static let serverSchemes = ["postgres://", "postgresql://"]

    /// The path of a file, from a path or an address of the form `file:///folder/name`.
    ///
    /// - Throws: `invalidInput` for the address of a server.
    package static func path(of place: String) throws(PlatformError) -> String {
        if let scheme = serverSchemes.first(where: { place.lowercased().hasPrefix($0) }) {
            // What stands behind the scheme may hold a password.
            throw PlatformError(.invalidInput, Message(.storageNoServer, ["scheme": .text(scheme)]))
        }
        guard place.lowercased().hasPrefix("file:///"), let url = URL(string: place), !url.path.isEmpty else {
            return place
        }
        return url.path
    }

    /// Makes a new store and opens it.
    ///
    /// - Throws: `alreadyExists`, `busy`, `storage`; `invalidInput` for an address of which no store can be.
    package static func create(at place: String, options: StoreOptions) throws(PlatformError) -> any Store {
        try SQLiteStore.create(path: path(of: place), options: options)
    }

    /// Begins a store that gets its name only when it is complete.
    ///
    /// - Throws: `alreadyExists`, `busy`, `storage`; `invalidInput` for an address of which no store can be.
    package static func begin(at place: String, options: StoreOptions) throws(PlatformError) -> StoreInMaking {
        try StoreInMaking(path: path(of: place), options: options)
    }

    /// Opens a store that is there.
    ///
    /// - Throws: `notFound`, `busy`, `storage`; `invalidInput` for an address of which no store can be.
    package static func open(at place: String, options: StoreOptions) throws(PlatformError) -> any Store {
        try SQLiteStore.open(path: path(of: place), options: options)
    }

    /// Opens a store for reading alone.
    ///
    /// - Throws: as ``open(at:options:)``.
    package static func openReadOnly(at place: String) throws(PlatformError) -> any Store {
        try SQLiteStore.openReadOnly(path: path(of: place))
    }

    /// Gives up the saves in a log that is gone or was cut; false when nothing is missing.
    ///
    /// - Throws: as ``open(at:options:)``; `busy` when somebody has the store open.
    package static func acceptLoss(at place: String, options: StoreOptions) throws(PlatformError) -> Bool {
        try SQLiteStore.acceptLoss(path: path(of: place), options: options)
    }

    /// A store that is gone with its last user, for tests of plugins.
    ///
    /// - Throws: `storage`.
    package static func inMemory() throws(PlatformError) -> any Store { try SQLiteStore.inMemory() }

    /// Refuses a place for a copy beside which lies what an engine would take for its own.
    ///
    /// - Throws: `invalidInput`.
    package static func refuse(backupAt path: String) throws(PlatformError) {
        try SQLiteStore.refuse(backupAt: path)
    }
}

extension MessageKey {
    static let storageNoServer = MessageKey(
        "storage.no_server",
        zhCN: "本程序不能打开 {scheme} 数据库，请给出文件的路径",
        zhTW: "本程式不能開啟 {scheme} 資料庫，請給出檔案的路徑",
        en: "this program does not open {scheme} databases; give the path of a file"
    )
}
