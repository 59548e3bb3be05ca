import CRMModel

import struct Foundation.TimeZone

/// The stages of an object with their conditions made ready.
struct StagePlan {
    /// A gate with its condition.
    struct Gate {
        let gate: Stages.Gate
        let condition: CheckedExpression
    }

    /// A step with its gates.
    struct Step {
        let next: Set<String>?
        let gates: [Gate]
    }

    let slot: Int
    let stages: Stages
    let dictionary: PicklistSet
    let starts: Set<String>
    private let steps: [String: Step]

    init?(_ object: ObjectDefinition, catalog: Catalog, timeZone: TimeZone) throws(PlatformError) {
        guard let stages = object.stages, let slot = object.slot(of: stages.field),
            let dictionary = catalog.dictionary(of: object.fields[slot])
        else { return nil }
        self.stages = stages
        self.slot = slot
        self.dictionary = dictionary
        starts = Set(stages.starts)
        var steps: [String: Step] = [:]
        for step in stages.steps {
            var gates: [Gate] = []
            for gate in step.gates {
                let condition = try ObjectPlan.condition(
                    gate.condition,
                    of: (gate.name, gate.plugin),
                    object,
                    catalog: catalog,
                    timeZone: timeZone
                )
                gates.append(Gate(gate: gate, condition: condition))
            }
            steps[step.value] = Step(next: step.next.map(Set.init), gates: gates)
        }
        self.steps = steps
    }

    /// The step of a value, nil when there is none: of a value that is kept for old records only.
    func step(_ value: String) -> Step? { steps[value] }

    /// What people call a value.
    func label(_ value: String) -> LocalizedText { dictionary.option(value)?.label ?? LocalizedText(value) }

    /// What people call some values, in their order, parted by `、` or a comma.
    func labels(_ values: [String]) -> LocalizedText {
        LocalizedText.list(values.map(label))
    }
}
