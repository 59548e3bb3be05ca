import CRMPlatform

/// Says in words what an installation has done, line by line while it goes on.
struct InstallTeller: Sendable {
    let console: Console
    let language: Language
    let meter: ProgressMeter
    /// The versions that were there before.
    let former: [PluginID: String]
    /// Whether what was done to tables and metadata is told as well.
    let showsPlan: Bool

    /// Says one thing that is done.
    func tell(_ news: InstallNews) {
        meter.finish()
        switch news {
        case .installed(let plugins, let steps):
            if showsPlan { for step in steps { line(step) } }
            for plugin in plugins { tell(plugin) }
        case .demo(let message): line(message)
        }
    }

    private func tell(_ plugin: PluginInfo) {
        let old = former[plugin.id] ?? plugin.version
        var key = MessageKey.shellInstalled
        if former[plugin.id] != nil, let before = SemanticVersion(old), let now = SemanticVersion(plugin.version) {
            key = now < before ? .shellDowngraded : before < now ? .shellUpgraded : .shellReinstalled
        }
        line(
            Message(
                key,
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
