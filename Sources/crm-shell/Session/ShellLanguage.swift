import CRMPlatform
import Foundation

/// Chooses the language in which the shell speaks.
enum ShellLanguage {
    /// The language of this process: `--lang`, else what the environment says.
    static let atStart = choose(
        arguments: CommandLine.arguments,
        environment: ProcessInfo.processInfo.environment
    )

    /// The language that `--lang` asks for, else `CRM_LANG`, else a Chinese or English locale, else zh-CN.
    ///
    /// A locale that names no language (`C`, `POSIX`) or one that the platform does not speak says nothing.
    static func choose(arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--lang", index + 1 < arguments.count, let found = Language(tag: arguments[index + 1]) {
                return found
            }
            if argument.hasPrefix("--lang="), let found = Language(tag: String(argument.dropFirst(7))) { return found }
        }
        for name in ["CRM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            let tag = String(value.prefix { $0 != "." && $0 != "@" })
            if let found = Language(tag: tag) { return found }
        }
        return .zhCN
    }
}

extension MessageKey {
    /// The wording in the language of this process, for help that is shown before anything runs.
    var help: String { template.text(in: ShellLanguage.atStart) }
}
