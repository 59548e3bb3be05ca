package import CRMModel

/// A key of the order of a page.
package struct SQLOrderKey: Sendable {
    /// The key as a value.
    let value: SQLFragment
    /// How it is kept.
    let storage: FieldStorage
    /// The column of the result that holds it, 0 and up.
    let column: Int
    let descending: Bool
    /// Whether every row has one.
    let isNeverNull: Bool

    /// Makes a key.
    package init(
        _ value: SQLFragment,
        as storage: FieldStorage,
        column: Int,
        descending: Bool,
        isNeverNull: Bool
    ) {
        self.value = value
        self.storage = storage
        self.column = column
        self.descending = descending
        self.isNeverNull = isNeverNull
    }
}

extension SQLWriter {
    /// An order by columns of the result.
    package func order(by keys: [SQLOrderKey]) -> SQLFragment {
        .list(
            keys.map {
                ordered("\(Int64($0.column + 1))", descending: $0.descending, isNullable: !$0.isNeverNull)
            }
        )
    }

    /// The conditions of the selections that, together, hold what comes after the values of the keys; null is less than
    /// everything.
    ///
    /// So that an index is entered at the values and not walked from its beginning, what goes on over the border between null
    /// and the others is two selections. The last key must be one of which no two rows have the same.
    package func selections(after values: [Value], by keys: [SQLOrderKey]) -> [SQLFragment] {
        let first = keys[0]
        let isNull = values[0].isNull
        var result: [SQLFragment] = []
        if let rows = rows(keys[...], after: values[...]) {
            result.append(rows)
        } else if isNull {
            let rest = rows(keys.dropFirst(), after: values.dropFirst()) ?? after(values[...], by: keys[...])
            result.append("\(first.value) IS NULL AND \(rest)")
        } else {
            let isLast = keys.count == 1
            let value = bound(values[0], as: first.storage)
            // Within the rows that agree with the first key or lie behind it, value by value.
            let within: SQLFragment =
                switch (first.descending, isLast) {
                case (true, true): "\(first.value) < \(value)"
                case (true, false): "\(first.value) <= \(value)"
                case (false, true): "\(first.value) > \(value)"
                case (false, false): "\(first.value) >= \(value)"
                }
            result.append(isLast ? within : "\(within) AND \(after(values[...], by: keys[...]))")
        }
        // And beyond the border of the nulls.
        if isNull, !first.descending {
            result.append("\(first.value) IS NOT NULL")
        } else if !isNull, first.descending, !first.isNeverNull {
            result.append("\(first.value) IS NULL")
        }
        return result
    }

    /// `(k0 after v0 OR (k0 = v0 AND (k1 after v1 OR …)))`; the first key of all is known not to lie on the other side of null.
    private func after(_ values: ArraySlice<Value>, by keys: ArraySlice<SQLOrderKey>) -> SQLFragment {
        let index = keys.startIndex
        let (key, value) = (keys[index], values[index])
        let strictly = index > 0 || !value.isNull ? self.strictly(after: value, key, crossingNull: index > 0) : nil
        guard keys.count > 1 else { return "(\(strictly ?? SQLFragment()))" }
        let rest = after(values.dropFirst(), by: keys.dropFirst())
        let same: SQLFragment =
            value.isNull ? "\(key.value) IS NULL" : "\(key.value) = \(bound(value, as: key.storage))"
        guard let strictly else { return "((\(same) AND \(rest)))" }
        return "(\(strictly) OR (\(same) AND \(rest)))"
    }

    /// That a key comes after a value; nil when nothing can.
    private func strictly(after value: Value, _ key: SQLOrderKey, crossingNull: Bool) -> SQLFragment? {
        guard !value.isNull else { return key.descending ? nil : "\(key.value) IS NOT NULL" }
        let bound = bound(value, as: key.storage)
        guard key.descending else { return "\(key.value) > \(bound)" }
        return crossingNull && !key.isNeverNull
            ? "\(key.value) < \(bound) OR \(key.value) IS NULL" : "\(key.value) < \(bound)"
    }

    /// That keys come after values, all at once; nil where it must be said one by one: when the engine does not compare rows,
    /// for keys that run different ways, and when a key may be null on whose other side something is to be found.
    private func rows(_ keys: ArraySlice<SQLOrderKey>, after values: ArraySlice<Value>) -> SQLFragment? {
        guard comparesRows, let first = keys.first, keys.allSatisfy({ $0.descending == first.descending }),
            first.isNeverNull || keys.startIndex == 0, keys.dropFirst().allSatisfy(\.isNeverNull),
            !values.contains(where: \.isNull)
        else { return nil }
        let left = SQLFragment.list(keys.map(\.value))
        let right = SQLFragment.list(zip(keys, values).map { bound($1, as: $0.storage) })
        return first.descending ? "(\(left)) < (\(right))" : "(\(left)) > (\(right))"
    }
}
