import CRMModel
import CRMOutput
import CRMScripting
import LuaBridge

/// What the files of a plugin say about themselves before anything is installed: the same for a check and for an
/// installation.
struct PluginReview {
    let package: PluginPackage

    /// Everything that is wrong, each with its file and remedy.
    var problems: [PlatformError] {
        reservedName + syntax + PrintPages.problems(of: package) + PluginLocales.problems(of: package)
            + missingDemoFiles
    }

    /// Refuses packages in which anything is wrong.
    ///
    /// - Throws: `invalidPlugin` with all of it.
    static func require(_ packages: [PluginPackage]) throws(PlatformError) {
        let problems = packages.flatMap { PluginReview(package: $0).problems }
        if let error = PlatformError.all(problems, under: .invalidMetadata) { throw error }
    }

    private var reservedName: [PlatformError] {
        PluginManifest.refusal(of: package.manifest.id).map { message in
            [
                PlatformError(
                    .invalidPlugin,
                    message,
                    context: ErrorContext(plugin: package.manifest.id, file: "plugin.json")
                )
            ]
        } ?? []
    }

    private var syntax: [PlatformError] {
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

    private var missingDemoFiles: [PlatformError] {
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

    /// The refusal of a template that the plugin registers and has no page for.
    static func missingPage(_ name: String, of package: PluginPackage) -> PlatformError {
        PlatformError(
            .invalidPlugin,
            Message(.checkNoFile, ["file": .text("print/\(name)/zh-CN.html"), "place": "crm.print_template"]),
            context: ErrorContext(plugin: package.manifest.id, file: "print/\(name)")
        )
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
