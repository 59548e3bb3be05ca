import CRMModel

import struct Foundation.TimeZone

/// A rehearsal that is going on: whose it is, since when, and which units of work take part.
struct Rehearsal: Sendable {
    /// By what its units name it.
    let id: RehearsalID
    /// Whether units that name none take part too.
    let isForAll: Bool
    /// Who began it.
    let who: String
    /// When it began, as the clock on the company's wall showed it.
    let since: String

    /// Whether a unit takes part that names this rehearsal, or none.
    func includes(_ named: RehearsalID?) -> Bool {
        guard let named else { return isForAll }
        return named == id
    }

    /// What those are told who want to write meanwhile.
    var busy: PlatformError {
        PlatformError(.busy, Message(.rehearsalOfOther, ["user": .text(who), "since": .text(since)]))
    }

    /// A moment as the clock on the wall shows it.
    static func clock(_ moment: Instant, in zone: TimeZone) -> String {
        let time = moment.time(in: zone)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }
}

extension MessageKey {
    static let rehearsalOfOther = MessageKey(
        "rehearsal.of_other",
        zhCN: "{user} 从 {since} 起在演练，提交或撤销之后才能保存；请稍后再试",
        zhTW: "{user} 從 {since} 起在演練，提交或復原之後才能儲存；請稍後再試",
        en:
            "{user} has been rehearsing since {since}: nothing can be saved until that is kept or taken back; try again later"
    )
    static let rehearsalOver = MessageKey(
        "rehearsal.over",
        zhCN: "这次演练已经结束",
        zhTW: "這次演練已經結束",
        en: "that rehearsal is over"
    )
}
