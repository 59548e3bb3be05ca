import CRMPlatform
import Foundation

extension ShellSession {
    /// Whether somebody sits at a terminal who can be asked.
    var canAsk: Bool { !isJSON && console.isTerminal && isatty(STDIN_FILENO) == 1 }

    /// Asks a question at the terminal and waits for a yes.
    ///
    /// - Throws: `PlatformError` `cancelled` for every other answer, and when Ctrl-C is pressed.
    func requireAgreement(_ key: MessageKey, _ arguments: [String: Message.Argument]) throws(PlatformError) {
        console.write(say(key, arguments) + " ")
        console.flush()
        let answer = Self.readAnswer().map { TextNormalisation.trimmed($0).lowercased() }
        guard let answer, ["y", "yes", "是", "好", "对", "對", "确认", "確認"].contains(answer) else {
            if answer == nil { console.line() }
            throw PlatformError(.cancelled, Message(.shellNotDone))
        }
    }

    /// A line from the terminal; nil at its end and when Ctrl-C is pressed.
    private static func readAnswer() -> String? {
        while true {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let count = poll(&waiting, 1, 100)
            if Interruption.shared.isStruck { return nil }
            if count > 0 { return readLine() }
            if count < 0, errno != EINTR { return nil }
        }
    }
}

extension MessageKey {
    static let helpYes = MessageKey(
        "shell.help_yes",
        zhCN: "不再询问",
        zhTW: "不再詢問",
        en: "Ask nothing"
    )
    static let shellNotDone = MessageKey(
        "shell.not_done",
        zhCN: "没有执行",
        zhTW: "沒有執行",
        en: "Nothing was done"
    )
    static let shellUninstallQuestion = MessageKey(
        "shell.uninstall_question",
        zhCN: "卸载 {plugin}？[y/N]",
        zhTW: "解除安裝 {plugin}？[y/N]",
        en: "Uninstall {plugin}? [y/N]"
    )
}
