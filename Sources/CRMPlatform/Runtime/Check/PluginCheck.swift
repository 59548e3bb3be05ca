package import CRMModel
import CRMOutput
package import CRMScripting
import CRMStorage
import LuaBridge

/// Looks a plugin folder over without installing it anywhere lasting: everything that an installation looks at, a trial
/// installation in memory, and what only the whole shows: names that nothing defines, labels that stand twice, what is
/// never used.
package struct PluginCheck {
    /// What was found.
    package struct Findings: Sendable {
        /// What is wrong, each with its file, line and remedy; none when the plugin is well.
        package internal(set) var problems: [PlatformError] = []
        /// What is worth a look and stops nothing.
        package internal(set) var warnings: [PlatformError] = []
    }

    private let folder: String
    private let needed: [PluginPackage]

    /// Prepares the check of a folder; `needed` are the plugins that it depends on.
    package init(folder: String, needed: [PluginPackage]) {
        self.folder = folder
        self.needed = needed
    }

    /// Looks at everything.
    package func run() -> Findings {
        var findings = Findings()
        let package: PluginPackage
        do throws(PlatformError) {
            package = try PluginPackage(folder: folder)
        } catch {
            findings.problems = [error]
            return findings
        }
        findings.problems = PluginReview(package: package).problems
        guard findings.problems.isEmpty else {
            findings.problems += metadataProblems(package)
            return findings
        }
        do throws(PlatformError) {
            let opened = Workspace(try OpenFile(store: StoreFactory.inMemory(), options: PlatformOptions()))
            _ = try opened.install(needed + [package])
            let code = LuaReview(package: package, needed: needed, catalog: opened.catalog).findings()
            let demo = demoFindings(package, opened.catalog)
            let runtime = try opened.runtime()
            let review = CatalogReview(package: package, catalog: opened.catalog) { object, field in
                runtime.codeHandler(of: object, field: field) != nil
            }
            findings.problems += code.problems + demo.problems
            findings.warnings = code.warnings + demo.warnings + PluginLocales.warnings(of: package) + review.warnings()
            findings.warnings += pageWarnings(package, try opened.offers().templates, opened.catalog)
        } catch {
            findings.problems.append(error)
        }
        return findings
    }

    /// What is wrong with the metadata, where the trial installation does not come to them.
    private func metadataProblems(_ package: PluginPackage) -> [PlatformError] {
        do throws(MetadataProblems) {
            var layers: [MetadataLayer] = []
            for package in needed + [package] { layers.append(try package.layer()) }
            _ = try CatalogBuilder.build(layers: layers, generation: 1)
            return []
        } catch {
            return [error.platformError(plugin: package.manifest.id)]
        }
    }

    // MARK: - Demonstration data

    /// Demonstration files whose headings or mapping do not fit their object, and required fields without a column.
    private func demoFindings(_ package: PluginPackage, _ catalog: Catalog) -> Findings {
        var findings = Findings()
        for case .importFile(let demo) in package.manifest.demo {
            var path = demo.file
            do throws(PlatformError) {
                let object = try catalog.object(demo.object)
                var mapping = ImportMapping()
                if let map = demo.map {
                    path = map
                    mapping = try ImportMapping(json: package.files[map] ?? [])
                    path = demo.file
                }
                var options = FileImport()
                options.sheet = demo.sheet
                let importer = try Importer(
                    object: object,
                    bytes: package.files[demo.file] ?? [],
                    mapping: mapping,
                    options: options
                )
                let filled = Set(importer.fieldsFilled)
                let missing = object.fields.filter { field in
                    field.isRequired && field.defaultValue == nil && field.storage != .none && field.type != .autoNumber
                        && !filled.contains(field.name)
                }
                if !missing.isEmpty {
                    findings.warnings.append(
                        warning(
                            Message(
                                .checkDemoRequired,
                                [
                                    "object": .label(object.label),
                                    "fields": .label(LocalizedText.list(missing.map(\.label))),
                                ]
                            ),
                            package,
                            demo.file
                        )
                    )
                }
            } catch {
                var error = error
                error.context.plugin = package.manifest.id
                error.context.file = path
                findings.problems.append(error)
            }
        }
        return findings
    }

    // MARK: - Pages

    /// Pages that nothing registers, and names in pages that neither the record nor the plugin's code has.
    private func pageWarnings(
        _ package: PluginPackage,
        _ offers: [ScriptOffer],
        _ catalog: Catalog
    ) -> [PlatformError] {
        let own = offers.filter { $0.plugin == package.manifest.id }
        let folders = Set(
            package.files.keys.filter { $0.hasPrefix("print/") }.compactMap { path -> String? in
                let parts = path.split(separator: "/")
                return parts.count == 3 && parts[1] != "_partials" ? String(parts[1]) : nil
            }
        )
        var found = folders.sorted().filter { name in !own.contains { $0.name.rawValue == name } }.map { name in
            warning(Message(.checkPageUnused, ["name": .text(name)]), package, "print/\(name)")
        }
        // What `data` gives is only known when it runs; its names stand somewhere in the code.
        var words: Set<String> = ["record", "today", "now"]
        for (path, bytes) in package.files where path.hasSuffix(".lua") {
            for token in LuaTokens(bytes).tokens where token.kind == .name || token.kind == .string {
                words.insert(token.text)
            }
        }
        for object in catalog.objects.values { words.formUnion(object.fields.map(\.name.rawValue)) }
        for offer in own {
            for language in offer.languages {
                // A page that is no template is told among the problems.
                guard let page = PrintPages(package: package, name: offer.name.rawValue).page(for: language),
                    let template = try? PrintTemplate(
                        name: page.path,
                        source: page.source,
                        format: page.format,
                        partials: PrintPages.partials(of: package, page.format)
                    )
                else { continue }
                let strange = template.names.filter { name in !words.contains(name) && !Self.members.contains(name) }
                guard !strange.isEmpty else { continue }
                let known = offer.object.flatMap { catalog.objects[$0] }?.fields.map(\.name.rawValue) ?? []
                for name in strange {
                    let hint = Suggestion.hint(for: name, among: known)
                    found.append(
                        warning(
                            Message(.checkPageTag, ["name": .text(name), "hint": .text(hint)]),
                            package,
                            page.path
                        )
                    )
                }
            }
        }
        return found
    }

    /// What every value has in a template.
    private static let members: Set<String> = ["label", "text", "value"]

    private func warning(_ message: Message, _ package: PluginPackage, _ file: String) -> PlatformError {
        PlatformError(.invalidPlugin, message, context: ErrorContext(plugin: package.manifest.id, file: file))
    }
}

extension MessageKey {
    static let checkDemoRequired = MessageKey(
        "check.demo_required",
        zhCN: "{object}的必填字段 {fields} 没有对应的列，除非钩子填写，每一行都会被拒绝",
        zhTW: "{object}的必填欄位 {fields} 沒有對應的欄，除非鉤子填寫，每一列都會被拒絕",
        en: "the required fields {fields} of {object} have no column; unless a hook fills them in, every row is refused"
    )
    static let checkPageUnused = MessageKey(
        "check.page_unused",
        zhCN: "没有 print/{name}/data.lua，也没有用 crm.print_template 登记模板「{name}」，这些页面不会被用到",
        zhTW: "沒有 print/{name}/data.lua，也沒有用 crm.print_template 登記範本「{name}」，這些頁面不會被用到",
        en:
            "there is no print/{name}/data.lua, and no crm.print_template registers \"{name}\", so these pages are never used"
    )
    static let checkPageTag = MessageKey(
        "check.page_tag",
        zhCN: "记录和插件的代码里都没有「{name}」，那里什么也不会印。是否想写 {hint}？",
        zhTW: "記錄和外掛的程式碼裡都沒有「{name}」，那裡什麼也不會印。是否想寫 {hint}？",
        en: "neither the record nor the plugin's code has \"{name}\", so nothing is printed there. Did you mean {hint}?"
    )
}
