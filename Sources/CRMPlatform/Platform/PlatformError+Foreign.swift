internal import CRMModel

extension PlatformError {
    /// Runs `body` and gives an error that is none of the platform's as `internal`, with the error as its cause.
    static func of<T>(_ body: () throws -> T) throws(PlatformError) -> T {
        do {
            return try body()
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(
                .internal,
                Message(.foreignError, ["error": .text(String(describing: error))]),
                cause: error
            )
        }
    }
}

extension MessageKey {
    static let foreignError = MessageKey(
        "platform.foreign_error",
        zhCN: "程序自己的错误，什么也没有保存：{error}",
        zhTW: "程式自己的錯誤，什麼也沒有儲存：{error}",
        en: "an error of the program's own; nothing was saved: {error}"
    )
}
