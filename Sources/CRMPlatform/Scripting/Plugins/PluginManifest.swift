public import CRMModel

/// What `plugin.json` says; read before any code of the plugin runs.
public struct PluginManifest: Sendable {
    /// What a plugin is for.
    public enum Kind: String, Sendable, CaseIterable {
        /// Objects and code that others build on.
        case module
        /// A packaged solution for an industry.
        case solution
    }

    /// What a plugin may do beyond the rights of the acting user.
    public enum Capability: String, Sendable, CaseIterable {
        /// Reading and writing records in place of the system, by `crm.as_system`.
        case asSystem = "as_system"
    }

    /// A file of demonstration data.
    public struct DemoImport: Sendable, Hashable {
        /// The file within the plugin: CSV or a workbook.
        public let file: String
        /// The object its rows become.
        public let object: ObjectName
        /// The file of the plugin with the mapping, nil for the headings as they are.
        public let map: String?
        /// The sheet of a workbook, nil for the first one that is shown.
        public let sheet: String?
    }

    /// A step of the demonstration data.
    public enum DemoStep: Sendable, Hashable {
        /// A file to be imported into an object.
        case importFile(DemoImport)
        /// A script to be run.
        case run(String)
    }

    /// The identifier.
    public let id: PluginID
    /// The version.
    public let version: SemanticVersion
    /// What it is for.
    public let kind: Kind
    /// The title.
    public let title: LocalizedText
    /// What it does.
    public let description: LocalizedText?
    /// The plugins it needs.
    public let depends: [(id: PluginID, range: VersionRange)]
    /// What it may do beyond the rights of the acting user.
    public let capabilities: Set<Capability>
    /// Its place among the plugins that do not depend on each other; the lowest comes first.
    public let order: Int
    /// Its settings, with the values that the company has given them.
    public package(set) var settings: [PluginSetting]
    /// The demonstration data.
    public let demo: [DemoStep]
    /// The day as of which the demonstration data is written: its days are moved to the day of installation; nil for
    /// data that stays on its days.
    public let demoDay: CalendarDate?

    /// The version of the plugin interface it is written for, one of ``apis``.
    package let api: Int

    /// The version of the plugin interface this platform offers.
    public static let currentAPI = 2
    /// The versions that this platform runs.
    package static let apis = 1...currentAPI
    /// The version from which on files are found by their places.
    package static let apiOfPlaces = 2

    private static let keys = [
        "id", "version", "api", "type", "title", "description", "depends", "capabilities", "order", "settings", "demo",
        "demo_day",
    ]

    /// Reads a manifest.
    ///
    /// - Throws: `MetadataProblems` with every mistake, each naming its property and line.
    public init(_ bytes: [UInt8]) throws(MetadataProblems) {
        let file = try MetadataFile(path: "plugin.json", bytes: bytes)
        let collector = ProblemCollector()
        let node = MetadataNode(file, collector)
        guard node.isObject(allowing: Self.keys) else { throw MetadataProblems(collector.problems) }
        let id: PluginID? = node.name("id")
        let version = Self.version(node)
        let api = node.integer("api", in: 1...1_000_000)
        if let api {
            if !Self.apis.contains(api) {
                node.member("api")?.complain(
                    Message(
                        .manifestAPI,
                        ["given": .text(String(api)), "here": .text("\(Self.apis.lowerBound)–\(Self.apis.upperBound)")]
                    )
                )
            }
        } else if node.member("api") == nil {
            node.complain(Message(.metadataMissing, ["key": "api"]))
        }
        kind = node.choice("type") ?? .module
        if node.member("type") == nil { node.complain(Message(.metadataMissing, ["key": "type"])) }
        title = node.localized("title") ?? LocalizedText(id?.rawValue ?? "")
        if node.member("title") == nil { node.complain(Message(.metadataMissing, ["key": "title"])) }
        description = node.localized("description")
        depends = Self.depends(node, id)
        capabilities = Self.capabilities(node)
        order = node.integer("order", in: 0...1_000_000) ?? 100
        settings = PluginSetting.read(node)
        demo = Self.demo(node)
        demoDay = Self.demoDay(node)
        guard let id, let version, collector.problems.isEmpty else { throw MetadataProblems(collector.problems) }
        self.id = id
        self.version = version
        self.api = api ?? Self.currentAPI
    }

    private static func version(_ node: MetadataNode) -> SemanticVersion? {
        guard let text = node.requiredText("version") else { return nil }
        if let version = SemanticVersion(text) { return version }
        node.member("version")?.complain(
            Message(.manifestVersion, ["version": .text(TextLimits.prefix(text, characters: 40))])
        )
        return nil
    }

    private static func depends(_ node: MetadataNode, _ id: PluginID?) -> [(id: PluginID, range: VersionRange)] {
        guard let child = node.member("depends") else { return [] }
        guard case .object(let object) = child.value else {
            child.complain(Message(.metadataWrongType, ["expected": #"{"sales": "^1.0.0"}"#]))
            return []
        }
        return object.entries.compactMap { key, _ in
            guard let entry = child.member(key), let text = entry.text(), let name: PluginID = entry.checkedName(key)
            else { return nil }
            if name == id {
                entry.complain(Message(.manifestDependsOnItself))
                return nil
            }
            guard let range = VersionRange(text) else {
                entry.complain(Message(.manifestRange, ["range": .text(TextLimits.prefix(text, characters: 40))]))
                return nil
            }
            return (name, range)
        }
    }

    /// A plugin that asks for what there is not would not work as it says.
    private static func capabilities(_ node: MetadataNode) -> Set<Capability> {
        var capabilities: Set<Capability> = []
        for item in node.list("capabilities").prefix(100) {
            guard let text = item.text() else { continue }
            guard let capability = Capability(rawValue: text) else {
                item.complain(
                    Message(
                        .manifestCapability,
                        [
                            "name": .text(TextLimits.prefix(text, characters: 40)),
                            "known": .text(Capability.allCases.map(\.rawValue).joined(separator: ", ")),
                        ]
                    )
                )
                continue
            }
            capabilities.insert(capability)
        }
        return capabilities
    }

    private static func demoDay(_ node: MetadataNode) -> CalendarDate? {
        guard let text = node.text("demo_day") else { return nil }
        if let day = CalendarDate(iso: text) { return day }
        node.member("demo_day")?.complain(Message(.metadataWrongType, ["expected": "\"2026-11-21\""]))
        return nil
    }

    private static func demo(_ node: MetadataNode) -> [DemoStep] {
        node.list("demo").compactMap { item in
            if item.member("run") != nil {
                item.isObject(allowing: ["run"])
                return item.text("run").map { .run($0) }
            }
            item.isObject(allowing: ["import", "object", "map", "sheet"])
            guard let file = item.requiredText("import"), let object: ObjectName = item.name("object") else {
                return nil
            }
            return .importFile(
                DemoImport(file: file, object: object, map: item.text("map"), sheet: item.text("sheet"))
            )
        }
    }
}

extension PluginManifest {
    /// The names by which the platform calls code that is of no plugin.
    package static let hostIDs = ["console", "script"]

    /// Why no plugin may have an identifier; nil when one may.
    package static func refusal(of id: PluginID) -> Message? {
        guard hostIDs.contains(id.rawValue) else { return nil }
        return Message(
            .manifestReservedID,
            ["name": .text(id.rawValue), "names": .text(hostIDs.joined(separator: ", "))]
        )
    }
}

extension MessageKey {
    package static let manifestAPI = MessageKey(
        "manifest.api",
        zhCN: "插件按接口版本 {given} 编写，本平台提供版本 {here}",
        zhTW: "外掛按介面版本 {given} 編寫，本平台提供版本 {here}",
        en: "the plugin is written for interface version {given}; this platform offers {here}"
    )
    package static let manifestVersion = MessageKey(
        "manifest.version",
        zhCN: "版本「{version}」不合规，应为 1.2.3 的形式",
        zhTW: "版本「{version}」不合規，應為 1.2.3 的形式",
        en: "the version \"{version}\" must have the form 1.2.3"
    )
    package static let manifestRange = MessageKey(
        "manifest.range",
        zhCN: "版本范围「{range}」不合规，可写 ^1.0.0、~1.2.0、>=1.0.0、*",
        zhTW: "版本範圍「{range}」不合規，可寫 ^1.0.0、~1.2.0、>=1.0.0、*",
        en: "\"{range}\" is no range of versions; write ^1.0.0, ~1.2.0, >=1.0.0 or *"
    )
    package static let manifestReservedID = MessageKey(
        "manifest.reserved_id",
        zhCN: "插件名「{name}」留给平台自己使用，请另起名称；保留的有：{names}",
        zhTW: "外掛名「{name}」留給平台自己使用，請另起名稱；保留的有：{names}",
        en: "the plugin id \"{name}\" is the platform's own; choose another one than: {names}"
    )
    package static let manifestCapability = MessageKey(
        "manifest.capability",
        zhCN: "平台没有能力「{name}」，请删去；现有：{known}",
        zhTW: "平台沒有能力「{name}」，請刪去；現有：{known}",
        en: "there is no capability \"{name}\", remove it; there are: {known}"
    )
    package static let manifestDependsOnItself = MessageKey(
        "manifest.depends_on_itself",
        zhCN: "插件不能依赖自己",
        zhTW: "外掛不能相依於自己",
        en: "a plugin cannot depend on itself"
    )
}
