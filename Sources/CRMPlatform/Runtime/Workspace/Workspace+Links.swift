package import CRMModel
import CRMScripting
import CRMStorage

extension Workspace {
    /// Looks which folders are to be followed.
    func watchLinks() {
        let linked = plugins.entries.compactMap { entry in
            entry.linkPath.map { (entry.package.manifest.id, $0, entry.linkToken, entry.package) }
        }
        var new: [PluginID: LinkedFolder] = [:]
        var errors = file.linkErrors.filter { links[$0.key] != nil }
        for (id, path, token, package) in linked {
            guard linkTrust?.knows(token, plugin: id, path: path) == true else {
                errors[id] = PlatformError(.invalidPlugin, Message(.linkUntrusted, ["folder": .text(path)]))
                continue
            }
            if let folder = links[id], folder.path == path {
                new[id] = folder
            } else {
                new[id] = LinkedFolder(path: path, loaded: package.storedFiles)
            }
        }
        links = new
        file.follow(errors.filter { error in linked.contains { $0.0 == error.key } }, !new.isEmpty)
    }

    var linkTrust: LinkTrust? { LinkTrust(stateFolder: options.stateFolder) }

    /// Remembers on this machine which folders are linked, unless it knows them; what the file must say of each new one.
    func rememberLinks(_ links: [PluginID: String]) throws(PlatformError) -> [PluginID: String] {
        var tokens: [PluginID: String] = [:]
        for (id, path) in links {
            let entry = plugins.entries.first { $0.package.manifest.id == id }
            if entry?.linkPath == path, linkTrust?.knows(entry?.linkToken, plugin: id, path: path) == true { continue }
            guard let linkTrust else { throw PlatformError(.storage, Message(.linkNoState)) }
            let token = LinkTrust.makeToken()
            try linkTrust.remember(token, plugin: id, path: path)
            tokens[id] = token
        }
        return tokens
    }

    /// Looks at linked folders as if for the first time: what was loaded of them may have been undone.
    ///
    /// - Throws: `busy`, `storage`; `invalidPlugin` when the plugins stored cannot be read.
    func watchLinksAnew() throws(PlatformError) {
        try store.read(use) { connection throws(PlatformError) in
            try refresh(connection)
            failures.kept = try PluginFailures.counts(on: connection)
        }
        links.removeAll()
        watchLinks()
    }

    /// Loads linked plugins whose files have changed; those that do not load are named and their old versions go on.
    package func followLinks() throws(PlatformError) {
        guard !links.isEmpty, linkDepth == 0, !options.isSafe, isWriting else { return }
        linkDepth += 1
        defer { linkDepth -= 1 }
        for (id, folder) in links.sorted(by: { $0.key < $1.key }) where folder.hasChanged() {
            do throws(PlatformError) {
                _ = try install([try PluginPackage(folder: folder.path)], links: [id: folder.path])
            } catch {
                file.note(error, ofLink: id)
            }
        }
    }
}
