import CRMPlatform

/// Says in words what an installation has done, line by line while it goes on.
struct InstallTeller: Sendable {
    let console: Console
    let language: Language
    let meter: ProgressMeter
    /// The versions that were there before.
    let former: [PluginID: String]

    /// Says one thing that is done.
    func tell(_ news: InstallNews) {
        meter.finish()
        switch news {
        case .installed(let plugins, _): for plugin in plugins { tell(plugin) }
        case .demo(let message): line(message)
        }
    }

    private func tell(_ plugin: PluginInfo) {
        let old = former[plugin.id] ?? plugin.version
        let isOlder =
            SemanticVersion(old).flatMap { old in SemanticVersion(plugin.version).map { $0 < old } } ?? false
        line(
            Message(
                isOlder ? .shellDowngraded : .shellInstalled,
                [
                    "title": .label(plugin.title), "plugin": .text(plugin.id.rawValue), "former": .text(old),
                    "version": .text(plugin.version),
                ]
            )
        )
    }

    private func line(_ message: Message) {
        console.line(DisplayWidth.escapingControls(message.text(in: language), keepingLines: true))
    }
}
