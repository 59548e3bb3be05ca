import CRMModel
import CRMStorage

extension StoredColumn {
    /// The first records that have a value, with it.
    func examples(on connection: StoreConnection) throws(PlatformError) -> String {
        var examples: [String] = []
        try forEach(on: connection) { (id: Int64, value: Value) in
            if examples.count < 3 { examples.append("\(object)/\(id) (\(ValueCoder.shown(value.displayText)))") }
        }
        return examples.joined(separator: ", ")
    }
}
