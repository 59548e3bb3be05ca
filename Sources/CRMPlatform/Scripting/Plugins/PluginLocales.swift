package import CRMModel

/// The texts of a plugin in the languages: `locales/LANGUAGE.json`.
package enum PluginLocales {
    private static func path(_ language: Language) -> String { "locales/\(language.rawValue).json" }

    /// The texts in a language, none when there is no file or it is not right; ``problems(of:)`` tells that.
    package static func texts(of package: PluginPackage, _ language: Language) -> [String: String] {
        guard let bytes = package.files[path(language)], let document = try? JSONParser.parse(bytes),
            case .object(let object) = document
        else { return [:] }
        return Dictionary(
            object.entries.compactMap { key, value in value.stringValue.map { (key, $0) } },
            uniquingKeysWith: { $1 }
        )
    }

    /// Files that are no strict JSON of texts, or of no language.
    package static func problems(of package: PluginPackage) -> [PlatformError] {
        var found: [PlatformError] = []
        for file in package.files.keys.sorted() where file.hasPrefix("locales/") {
            guard Language.allCases.contains(where: { path($0) == file }) else {
                found.append(
                    PlatformError(
                        .invalidPlugin,
                        Message(.checkLocaleName, ["file": .text(file)]),
                        context: ErrorContext(plugin: package.manifest.id, file: file)
                    )
                )
                continue
            }
            do {
                let document = try MetadataFile(path: file, bytes: package.files[file] ?? [])
                let collector = ProblemCollector()
                let node = MetadataNode(document, collector, plugin: package.manifest.id)
                if case .object(let object) = node.value {
                    for (key, _) in object.entries where key != "$schema" { _ = node.member(key)?.text() }
                } else {
                    node.complain(Message(.metadataWrongType, ["expected": #"{"key": "…"}"#]))
                }
                if !collector.problems.isEmpty { throw MetadataProblems(collector.problems) }
            } catch let problems as MetadataProblems {
                found.append(problems.platformError(plugin: package.manifest.id))
            } catch {
                found.append(PlatformError(.internal, Message(.pluginCatalog), cause: error))
            }
        }
        return found
    }

    /// Texts that one language has and another lacks.
    package static func warnings(of package: PluginPackage) -> [PlatformError] {
        let languages = Language.allCases.filter { package.files[path($0)] != nil }
        let keys = Set(languages.flatMap { texts(of: package, $0).keys })
        return languages.compactMap { language in
            let lacking = keys.subtracting(texts(of: package, language).keys).filter { $0 != "$schema" }.sorted()
            guard !lacking.isEmpty else { return nil }
            return PlatformError(
                .invalidPlugin,
                Message(.checkLocaleMissing, ["keys": .text(lacking.prefix(20).joined(separator: ", "))]),
                context: ErrorContext(plugin: package.manifest.id, file: path(language))
            )
        }
    }
}

extension MessageKey {
    package static let checkLocaleName = MessageKey(
        "check.locale_name",
        zhCN: "{file} 不会被用到；文字文件只能是 locales/zh-CN.json、zh-TW.json、en.json",
        zhTW: "{file} 不會被用到；文字檔只能是 locales/zh-CN.json、zh-TW.json、en.json",
        en: "{file} is never used; texts are in locales/zh-CN.json, zh-TW.json and en.json"
    )
    package static let checkLocaleMissing = MessageKey(
        "check.locale_missing",
        zhCN: "缺少其他语言有的文字：{keys}",
        zhTW: "缺少其他語言有的文字：{keys}",
        en: "texts are missing that another language has: {keys}"
    )
}

extension MessageKey {
    package static let pluginCatalog = MessageKey(
        "plugin.catalog",
        zhCN: "元数据无法合并",
        zhTW: "中繼資料無法合併",
        en: "the metadata could not be merged"
    )
}
