import CRMModel
import CRMOutput
import CRMScripting

/// The pages of a print template in its plugin: `print/NAME/LOCALE.html` or `.svg`.
struct PrintPages {
    /// A page as it was found.
    struct Page {
        /// The path in the plugin.
        let path: String
        /// The form.
        let format: PageFormat
        /// The language that its values are written in.
        let values: Language
        /// The text.
        let source: String
    }

    /// The plugin.
    let package: PluginPackage
    /// The name of the template.
    let name: String

    /// The languages that there is a page for.
    var languages: [Language] { Language.allCases.filter { path(for: $0) != nil } }

    private func path(for language: Language) -> (path: String, format: PageFormat)? {
        for format in PageFormat.allCases {
            let path = "print/\(name)/\(language.rawValue).\(format.rawValue)"
            if package.files[path] != nil { return (path, format) }
        }
        return nil
    }

    /// The page for a language.
    ///
    /// When there is none, zh-CN's stands in for it with the values in the language asked for; when that is missing too,
    /// the first of en and zh-TW, with its own language, as documents for one country are.
    func page(for language: Language) -> Page? {
        for (candidate, values) in [(language, language), (.zhCN, language), (.en, .en), (.zhTW, .zhTW)] {
            if let (path, format) = path(for: candidate), let source = package.text(path) {
                return Page(path: path, format: format, values: values, source: source)
            }
        }
        return nil
    }

    /// The partials that pages of a form can use, by name: `print/_partials/NAME.html` or `.svg`.
    static func partials(of package: PluginPackage, _ format: PageFormat) -> [String: String] {
        let (folder, ending) = ("print/_partials/", ".\(format.rawValue)")
        var partials: [String: String] = [:]
        for path in package.files.keys where path.hasPrefix(folder) && path.hasSuffix(ending) {
            partials[String(path.dropFirst(folder.count).dropLast(ending.count))] = package.text(path)
        }
        return partials
    }

    /// Everything that is wrong with the pages of a plugin.
    static func problems(of package: PluginPackage) -> [PlatformError] {
        var problems: [PlatformError] = []
        for path in package.files.keys.sorted() where path.hasPrefix("print/") && !path.hasPrefix("print/_partials/") {
            guard let format = PageFormat.allCases.first(where: { path.hasSuffix(".\($0.rawValue)") }),
                let source = package.text(path)
            else { continue }
            if let problem = misplaced(path, format, package) {
                problems.append(
                    PlatformError(
                        .invalidPlugin,
                        problem,
                        context: ErrorContext(plugin: package.manifest.id, file: path)
                    )
                )
            }
            do throws(PlatformError) {
                _ = try PrintTemplate(
                    name: path,
                    source: source,
                    format: format,
                    partials: partials(of: package, format)
                )
            } catch {
                var error = error
                error.context.plugin = package.manifest.id
                problems.append(error)
            }
        }
        return problems
    }

    private static func misplaced(_ path: String, _ format: PageFormat, _ package: PluginPackage) -> Message? {
        let parts = path.split(separator: "/")
        let stem = String(parts.last?.dropLast(format.rawValue.count + 1) ?? "")
        guard parts.count == 3, Language(rawValue: stem) != nil else {
            return Message(.checkPageName, ["file": .text(path)])
        }
        let other = "\(path.dropLast(format.rawValue.count))svg"
        guard format == .html, package.files[other] != nil else { return nil }
        return Message(.checkPageTwice, ["file": .text(path), "other": .text(other)])
    }
}

extension MessageKey {
    static let checkPageName = MessageKey(
        "check.page_name",
        zhCN: "{file} 不会被用到；打印页的路径是 print/模板名/zh-CN.html（或 zh-TW、en，或 .svg）",
        zhTW: "{file} 不會被用到；列印頁的路徑是 print/範本名/zh-CN.html（或 zh-TW、en，或 .svg）",
        en: "{file} is never used; pages are print/TEMPLATE/zh-CN.html (or zh-TW, en, or .svg)"
    )
    static let checkPageTwice = MessageKey(
        "check.page_twice",
        zhCN: "{file} 和 {other} 是同一种语言的页面，请只留一个",
        zhTW: "{file} 和 {other} 是同一種語言的頁面，請只留一個",
        en: "{file} and {other} are pages for the same language; keep one of them"
    )
}
