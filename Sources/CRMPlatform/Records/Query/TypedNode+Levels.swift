import CRMModel

// The places that a node takes on the stack of the database's parser while the nodes within it are read, as measured
// with nested statements.

extension Condition {
    var levels: Int {
        switch self {
        case .constant, .field: 0
        case .numberAmong, .textAmong, .matches, .emptyNumber, .emptyDay, .emptyMoment, .emptyCondition: 1
        case .not: 2
        case .all, .any, .numbers, .texts, .days, .conditions, .settled: 3
        case .first: 5
        case .moments: 6
        case .emptyText: 7
        }
    }
}

extension Number {
    var levels: Int {
        switch self {
        case .constant, .field, .me: 0
        case .length: 3
        case .add, .subtract, .multiply, .negate, .raise: 4
        case .first: 5
        case .magnitude: 6
        case .part, .days: 7
        case .round: 12
        case .divide: 17
        }
    }
}

extension TextTerm {
    var levels: Int {
        switch self {
        case .constant, .field: 0
        case .lower, .upper, .form, .bucket(.yearMonth, _): 3
        case .first: 5
        case .bucket(.yearQuarter, _): 12
        }
    }
}

extension Day {
    var levels: Int {
        switch self {
        case .constant, .field, .today: 0
        case .of: 3
        case .first: 5
        case .shifted: 18
        }
    }
}

extension Moment {
    var levels: Int {
        switch self {
        case .constant, .field, .now: 0
        case .first: 5
        }
    }
}
