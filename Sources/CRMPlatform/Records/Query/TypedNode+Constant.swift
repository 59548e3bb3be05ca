import CRMModel

// Whether a node needs no record: the compiler then works it out once, with the evaluator, and binds the result.

extension Condition {
    var isConstant: Bool {
        switch self {
        case .constant: true
        case .field: false
        case .all(let parts), .any(let parts), .first(let parts): parts.allSatisfy(\.isConstant)
        case .not(let part), .emptyCondition(let part): part.isConstant
        case .numbers(_, let left, let right): left.isConstant && right.isConstant
        case .texts(_, let left, let right): left.isConstant && right.isConstant
        case .days(_, let left, let right): left.isConstant && right.isConstant
        case .moments(_, let left, let right): left.isConstant && right.isConstant
        case .conditions(_, let left, let right): left.isConstant && right.isConstant
        case .settled(let node, _), .numberAmong(let node, _, _), .emptyNumber(let node): node.isConstant
        case .textAmong(let node, _, _), .matches(let node, _), .emptyText(let node): node.isConstant
        case .emptyDay(let node): node.isConstant
        case .emptyMoment(let node): node.isConstant
        }
    }
}

extension Number {
    var isConstant: Bool {
        switch self {
        case .constant, .me: true
        case .field: false
        case .add(let left, let right), .subtract(let left, let right), .multiply(let left, let right),
            .divide(let left, let right, _):
            left.isConstant && right.isConstant
        case .negate(let node), .magnitude(let node), .raise(let node, _), .round(let node, _): node.isConstant
        case .part(_, let day): day.isConstant
        case .days(let left, let right): left.isConstant && right.isConstant
        case .length(let term): term.isConstant
        case .first(let nodes): nodes.allSatisfy(\.isConstant)
        }
    }
}

extension TextTerm {
    var isConstant: Bool {
        switch self {
        case .constant: true
        case .field: false
        case .lower(let term), .upper(let term), .form(_, let term): term.isConstant
        case .bucket(_, let day): day.isConstant
        case .first(let terms): terms.allSatisfy(\.isConstant)
        }
    }
}

extension Day {
    var isConstant: Bool {
        switch self {
        case .constant, .today: true
        case .field: false
        case .shifted(let day, let number): day.isConstant && number.isConstant
        case .of(let moment, _): moment.isConstant
        case .first(let days): days.allSatisfy(\.isConstant)
        }
    }
}

extension Moment {
    var isConstant: Bool {
        switch self {
        case .constant, .now: true
        case .field: false
        case .first(let moments): moments.allSatisfy(\.isConstant)
        }
    }
}
