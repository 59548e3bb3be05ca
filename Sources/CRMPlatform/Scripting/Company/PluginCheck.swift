package import CRMModel
import CRMOutput
import CRMStorage
import LuaBridge

/// Looks a plugin folder over without installing it anywhere lasting: manifest, JSON, names, labels, Lua syntax,
/// templates, and a trial installation in memory.
package struct PluginCheck {
    private let folder: String
    private let needed: [PluginPackage]

    /// Prepares the check of a folder; `needed` are the plugins that it depends on.
    package init(folder: String, needed: [PluginPackage]) {
        self.folder = folder
        self.needed = needed
    }

    /// Every problem found, each with its file, line and remedy; none when the plugin is well.
    package func run() -> [PlatformError] {
        let package: PluginPackage
        do throws(PlatformError) {
            package = try PluginPackage(folder: folder)
        } catch {
            return [error]
        }
        var problems = syntax(package) + PrintPages.problems(of: package) + demo(package)
        guard problems.isEmpty else { return problems }
        do throws(PlatformError) {
            let company = try Company(store: SQLiteStore.inMemory(), options: PlatformOptions())
            _ = try company.install(needed + [package])
            problems += missingTemplates(package, try company.templates())
            problems += demoHeadings(package, company.catalog)
        } catch {
            problems.append(error)
        }
        return problems
    }

    private func syntax(_ package: PluginPackage) -> [PlatformError] {
        var problems: [PlatformError] = []
        for (path, bytes) in package.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".lua") {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                problems.append(
                    PlatformError(
                        .invalidPlugin,
                        Message(.checkNotText, ["file": .text(path)]),
                        context: ErrorContext(plugin: package.manifest.id, file: path)
                    )
                )
                continue
            }
            do throws(LuaError) {
                _ = try LuaState(name: "check").load(text, chunkName: path)
            } catch {
                problems.append(ScriptErrors.platformError(error, plugin: package.manifest.id, budget: .hook))
            }
        }
        return problems
    }

    private func demo(_ package: PluginPackage) -> [PlatformError] {
        package.manifest.demo.flatMap { step in
            switch step {
            case .importFile(let demo): [demo.file, demo.map].compactMap(\.self)
            case .run(let file): [file]
            }
        }.filter { package.files[$0] == nil }.map { path in
            PlatformError(
                .invalidPlugin,
                Message(.checkNoFile, ["file": .text(path), "place": "plugin.json demo"]),
                context: ErrorContext(plugin: package.manifest.id, file: "plugin.json")
            )
        }
    }

    /// Demonstration files whose headings or mapping do not fit their object.
    private func demoHeadings(_ package: PluginPackage, _ catalog: Catalog) -> [PlatformError] {
        package.manifest.demo.compactMap { step in
            guard case .importFile(let demo) = step else { return nil }
            var path = demo.file
            do throws(PlatformError) {
                let object = try catalog.object(demo.object)
                var mapping = ImportMapping()
                if let map = demo.map {
                    path = map
                    mapping = try ImportMapping(json: package.files[map] ?? [])
                    path = demo.file
                }
                var options = ImportOptions()
                options.sheet = demo.sheet
                _ = try Importer(
                    object: object,
                    bytes: package.files[demo.file] ?? [],
                    mapping: mapping,
                    options: options
                )
                return nil
            } catch {
                var error = error
                error.context.plugin = package.manifest.id
                error.context.file = path
                return error
            }
        }
    }

    private func missingTemplates(_ package: PluginPackage, _ offers: [ScriptOffer]) -> [PlatformError] {
        offers.filter { $0.plugin == package.manifest.id && $0.languages.isEmpty }.map { offer in
            PlatformError(
                .invalidPlugin,
                Message(
                    .checkNoFile,
                    ["file": .text("print/\(offer.name)/zh-CN.html"), "place": "crm.print_template"]
                ),
                context: ErrorContext(plugin: package.manifest.id, file: "print/\(offer.name)")
            )
        }
    }
}

extension MessageKey {
    static let checkNotText = MessageKey(
        "check.not_text",
        zhCN: "{file} 不是 UTF-8 文本",
        zhTW: "{file} 不是 UTF-8 文字",
        en: "{file} is not UTF-8 text"
    )
    static let checkNoFile = MessageKey(
        "check.no_file",
        zhCN: "{place} 提到的文件 {file} 不存在，请补上或改正路径",
        zhTW: "{place} 提到的檔案 {file} 不存在，請補上或改正路徑",
        en: "{place} names the file {file}, which is not there; add it or mend the path"
    )
}
