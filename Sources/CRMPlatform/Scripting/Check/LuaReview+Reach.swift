import CRMModel
import LuaBridge

extension LuaReview {
    /// What a file requires: modules by name, and what is put together and cannot be followed.
    private struct Requirements {
        var modules: [(name: String, line: Int)] = []
        /// The beginnings of names that are put together, `"reports." .. name`.
        var prefixes: [String] = []
        /// Whether anything at all may be required.
        var isOpen = false
    }

    private func requirements(_ source: Source) -> Requirements {
        var found = Requirements()
        for (index, token) in source.tokens.enumerated() where token.isName("require") {
            guard !source.scopes.isWhole || source.scopes.isGlobal(index) else { continue }
            var place = index + 1
            var isCall = false
            // `pcall(require, "lib.x")` hands the name over behind a comma.
            if let next = source.token(place), next.isSign("(") || next.isSign(",") {
                isCall = next.isSign("(")
                place += 1
            }
            guard let name = source.token(place), name.kind == .string else {
                found.isOpen = true
                continue
            }
            if source.token(place + 1)?.isSign("..") == true, isCall {
                found.prefixes.append(name.text)
            } else {
                found.modules.append((name.text, name.line))
            }
        }
        return found
    }

    /// Modules of the plugin's own that are required by name and are not there.
    func missingModules() -> [PlatformError] {
        sources.flatMap { source in
            requirements(source).modules.compactMap { module in
                guard !module.name.contains("/"), !source.isTest,
                    let message = PluginModules.problem(requiring: module.name, in: package)
                else { return nil }
                return error(message, source.path, module.line)
            }
        }
    }

    /// The files that run: those at places, `main.lua`, tests, demonstration scripts, and what these require.
    private func reached() -> Set<String> {
        var queue = package.places.map(\.path) + ["main.lua"]
        queue += sources.map(\.path).filter { $0.hasPrefix("tests/") && $0.split(separator: "/").count == 2 }
        queue += package.manifest.demo.compactMap { step in
            if case .run(let file) = step { return file }
            return nil
        }
        let bySource = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var reached: Set<String> = []
        while let path = queue.popLast() {
            guard let source = bySource[path], reached.insert(path).inserted else { continue }
            let required = requirements(source)
            if required.isOpen { return Set(bySource.keys) }
            let own = "\(package.manifest.id)/"
            for (name, _) in required.modules {
                let module = name.hasPrefix(own) ? String(name.dropFirst(own.count)) : name
                queue.append(module.replacing(".", with: "/") + ".lua")
            }
            for prefix in required.prefixes {
                let beginning = prefix.replacing(".", with: "/")
                queue += bySource.keys.filter { $0.hasPrefix(beginning) }
            }
        }
        return reached
    }

    /// Files that nobody reaches, with what would have them run.
    func unreached() -> [PlatformError] {
        let reached = reached()
        return sources.filter { !reached.contains($0.path) }.map { source in
            let words: [String: Message.Argument] = ["file": .text(source.path), "hint": hint(source.path)]
            return error(Message(.reviewLonelyFile, words), source.path, 1)
        }
    }

    private func hint(_ path: String) -> Message.Argument {
        let folder = path.split(separator: "/").first.map(String.init) ?? ""
        if PluginPlace(path: path) != nil {
            return .message(Message(.reviewOldWiring))
        }
        if let form = PluginPlace.forms[folder], package.isWiredByPlaces {
            return .message(Message(.reviewPlaceForm, ["form": .text(form)]))
        }
        return folder == "lib" ? .message(Message(.reviewLibrary)) : ""
    }
}

extension MessageKey {
    static let reviewLonelyFile = MessageKey(
        "review.lonely_file",
        zhCN: "没有任何文件 require 它，{file} 不会运行{hint}",
        zhTW: "沒有任何檔案 require 它，{file} 不會執行{hint}",
        en: "nothing requires it, so {file} never runs{hint}"
    )
    static let reviewOldWiring = MessageKey(
        "review.old_wiring",
        zhCN: "：plugin.json 写的是 \"api\": 1，只有 main.lua 登记的才算；请在那里登记，或写 \"api\": 2，文件就按位置找到",
        zhTW: "：plugin.json 寫的是 \"api\": 1，只有 main.lua 登記的才算；請在那裡登記，或寫 \"api\": 2，檔案就按位置找到",
        en:
            ": plugin.json says \"api\": 1, with which main.lua alone wires; register it there, or write \"api\": 2, and files are found by their places"
    )
    static let reviewPlaceForm = MessageKey(
        "review.place_form",
        zhCN: "：这个文件夹里的文件按位置找到，应为 {form}；共用的代码请放到 lib/",
        zhTW: "：這個資料夾裡的檔案按位置找到，應為 {form}；共用的程式碼請放到 lib/",
        en: ": files of this folder are found as {form}; code that is shared goes into lib/"
    )
    static let reviewLibrary = MessageKey(
        "review.library",
        zhCN: "；如果是给别的插件用的，请写一个用到它的测试，否则请删去",
        zhTW: "；如果是給別的外掛用的，請寫一個用到它的測試，否則請刪去",
        en: "; if it is for other plugins, write a test that uses it, else remove it"
    )
}
