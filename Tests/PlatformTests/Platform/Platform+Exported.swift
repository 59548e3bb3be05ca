import CRMConcurrency
import CRMPlatform
import Testing

extension Platform {
    /// All records of an object as an export writes them, in the order of their numbers.
    func exported(
        _ object: String,
        as format: ExportFormat = .csv(bom: false),
        style: Exporter.Style = .exact,
        language: Language = .zhCN,
        where filter: String? = nil
    ) throws -> [UInt8] {
        let bytes = Guarded<[UInt8]>([])
        _ = try exportRecords(
            query: Query(object: #require(ObjectName(rawValue: object)), filter: filter, sort: [SortKey(field: "id")]),
            to: format,
            style: style,
            as: .administrator,
            language: language
        ) { part in bytes.withLock { $0 += part } }
        return bytes.withLock { $0 }
    }
}
