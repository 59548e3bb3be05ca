/// What a door must say to whom, worked out by hand from the records of ``SalesOffice``.
struct DoorExpectation {
    /// What the seller is told.
    let seller: [String]
    /// What he is not told beyond ``never``.
    var absent: [String] = []
    /// What he has typed himself, so that it may come back.
    var typed: [String] = []
    /// What the administrator is told.
    let administrator: [String]
    /// Whether those who may do everything, but are asked, are told the same as the administrator.
    var isSameForWhole = true

    /// What no answer to the seller may hold, through whichever door.
    static let never = [
        "HiddenMill", "HiddenBlocked", "HiddenBert", "HiddenCarl", "HiddenOrder", "HiddenLedger", "HiddenRegion",
        "HiddenGone", "HiddenPay", "HiddenNew", "HiddenTwice", "SecretMill", "SecretBakery", "SecretInn", "SecretGone",
        "SecretNew", "13900002222", "13800001111", "13700003333", "13900009999", "700", "Boss Wang", "Confidential",
        "contact/3", "order/1", "customer/5",
    ]
    /// What those without any right are not told either.
    static let strangers = ["OwnBakery", "OwnCafe", "OwnAnna", "OwnGone", "SharedInn", "****1111", "120.50"]

    init(
        _ seller: [String],
        not absent: [String] = [],
        typed: [String] = [],
        administrator: [String],
        isSameForWhole: Bool = true
    ) {
        self.seller = seller
        self.absent = absent
        self.typed = typed
        self.administrator = administrator
        self.isSameForWhole = isSameForWhole
    }
}

extension Door {
    var expectation: DoorExpectation {
        switch self {
        case .get:
            .init(["nothing", "OwnBakery", "phone=****1111", "SharedInn"], administrator: ["HiddenMill", "SecretInn"])
        case .require: .init(["error not_found", "customer/1"], administrator: ["HiddenMill"])
        case .find, .forEach:
            .init(
                ["OwnBakery", "OwnCafe", "SharedInn", "****3333"],
                administrator: ["HiddenMill", "SecretBakery", "13800001111"]
            )
        case .findFields: .init(["error invalid_input", "secret"], administrator: ["SecretBakery"])
        case .findJSON:
            .init(["OwnBakery", "\"****1111\""], not: ["\"secret\""], administrator: ["SecretBakery", "13800001111"])
        case .count: .init(["3"], administrator: ["5"])
        case .aggregate: .init(["120.50|SharedInn"], administrator: ["820.50|SharedInn"])
        case .groupByHop: .init(["||2", "|East|1"], administrator: ["|East|2", "HiddenMill|HiddenRegion|1"])
        case .sort: .init(["OwnBakery", "OwnCafe"], administrator: ["HiddenMill"])
        case .sortByHop: .init(["OwnBakery", "SharedInn"], administrator: ["HiddenMill"])
        case .filterByHop, .filterByName: .init([], not: ["OwnBakery"], administrator: ["OwnBakery"])
        case .filterByHidden:
            .init(["error invalid_input", "secret"], not: ["OwnBakery"], administrator: ["OwnBakery"])
        case .sortByMasked: .init(["error invalid_input", "Phone"], not: ["OwnBakery"], administrator: ["OwnBakery"])
        case .cursor: .init(["OwnBakery", "OwnCafe", "SharedInn"], administrator: ["HiddenMill", "SharedInn"])
        case .namesOfNobody: .init([], administrator: ["HiddenMill"])
        case .titles: .init(["OwnBakery", "SharedInn"], administrator: ["HiddenMill"])
        case .records: .init(["OwnBakery", "SharedInn", "****3333"], administrator: ["HiddenMill", "SecretInn"])
        case .children: .init(["OwnAnna"], administrator: ["OwnAnna", "HiddenBert"])
        case .history:
            .init(["OwnBakery", "****1111"], not: ["secret"], administrator: ["SecretMill", "13900002222"])
        case .historyOfDeleted: .init(["OwnGone"], not: ["secret"], administrator: ["HiddenGone", "SecretGone"])
        case .lastTitle: .init(["nothing OwnGone nothing"], administrator: ["HiddenGone OwnGone HiddenMill"])
        case .search: .init(["OwnBakery", "****1111", "OwnAnna"], administrator: ["OwnBakery", "13800001111"])
        case .searchHiddenField:
            .init(["found"], not: ["OwnBakery"], administrator: ["OwnBakery", "secret: SecretBakery"])
        case .searchReferences:
            .init(["found"], not: ["OwnBakery"], administrator: ["OwnBakery", "region: HiddenRegion", "region/2"])
        case .match, .matchNumber, .matchTitle: .init(["match none"], administrator: ["match one(1)"])
        case .numbers: .init(["numbers []"], administrator: ["numbers [1]"])
        case .writtenReference: .init(["customer/1 @"], not: ["TAX-3"], administrator: ["TAX-3 HiddenMill @"])
        case .shownReference: .init(["customer/1 @"], administrator: ["HiddenMill"])
        case .mark: .init(["mark none"], administrator: ["mark given"])
        case .recognised: .init(["error not_found"], administrator: ["error invalid_input"])
        case .codeCounters: .init(["error permission_denied"], administrator: ["counters 0"], isSameForWhole: false)
        case .deletionPlan:
            .init(
                ["plan OwnBakery", "that you may not see", "contact 1"],
                administrator: ["order/1", "contact 2"]
            )
        case .objections:
            .init(
                ["unique", "that you may not see", "reference"],
                not: ["customer/1"],
                typed: ["HiddenMill"],
                administrator: ["unique customer/1"]
            )
        case .create: .init(["New", "region=1"], administrator: ["New", "region=1"])
        case .createUnique:
            .init(["unique", "that you may not see"], not: ["customer/1"], administrator: ["customer/1 (HiddenMill)"])
        case .createDuplicate:
            .init(
                ["duplicate", "that you may not see", "Manager: Boss Wang"],
                not: ["customer/1"],
                typed: ["Boss Wang"],
                administrator: ["customer/1", "HiddenMill"]
            )
        case .createReference: .init(["reference", "customer/1"], administrator: ["parent=1"])
        case .createReferenceByText: .init(["reference"], typed: ["HiddenMill"], administrator: ["parent=1"])
        case .createForOther: .init(["error permission_denied"], administrator: ["owner=3"])
        case .createUnwritable: .init(["grade not_permitted", "Grade"], administrator: ["grade=A"])
        case .createHiddenField: .init(["secret unknown_field"], administrator: ["secret=x"])
        case .updateByRule: .init(["the customer is blocked"], administrator: ["the customer is blocked"])
        case .update: .init(["OwnBakery", "manager=Li", "****1111"], administrator: ["manager=Li", "SecretBakery"])
        case .updateHidden: .init(["error not_found"], administrator: ["manager=X"])
        case .updateShared, .takeOver: .init(["error permission_denied", "customer/4"], administrator: ["SharedInn"])
        case .moveAway: .init(["error permission_denied"], administrator: ["owner=3"])
        case .delete: .init(["deleted OwnCafe"], not: ["contact"], administrator: ["deleted OwnCafe", "contact 1"])
        case .deleteHidden: .init(["error not_found"], administrator: ["deleted HiddenMill", "customer 1"])
        case .deleteShared: .init(["error permission_denied", "customer/4"], administrator: ["deleted SharedInn"])
        case .deleteObstacle: .init(["referred", "that you may not see"], administrator: ["order/1"])
        case .childRows: .init(["OwnDora"], not: ["OwnAnna"], administrator: ["OwnDora"])
        case .foreignChildRow: .init(["child_row", "contact/2"], administrator: ["OwnBakery"])
        case .idempotency: .init(["error conflict"], administrator: ["HiddenTwice"])
        case .explain:
            .init(
                ["permission customer/3 user:Seller", "delete contact/0", "delete customer/3"],
                administrator: ["permission customer/3 administrator", "contact/3"],
                isSameForWhole: false
            )
        case .rehearsalDiff:
            .init(
                ["customer/2 update", "manager:  -> Li", "****9999", "OwnCafe"],
                not: ["secret"],
                administrator: ["HiddenNew", "SecretNew", "13900009999", "contact/3"]
            )
        case .luaGet: .init(["nil", "OwnBakery", "****1111", "SharedInn"], administrator: ["HiddenMill", "SecretInn"])
        case .luaFind, .luaEach: .init(["OwnBakery", "****3333"], administrator: ["HiddenMill", "SecretMill"])
        case .luaCount: .init(["3\t1"], administrator: ["5\t3"])
        case .luaAggregate: .init(["120.50"], administrator: ["720.00", "HiddenMill"])
        case .luaHistory:
            .init(["OwnBakery", "****1111"], not: ["secret"], administrator: ["SecretMill", "HiddenGone"])
        case .luaCreate: .init(["reference", "customer/1"], administrator: ["customer/8"])
        case .luaUpdate: .init(["error not_found"], administrator: ["customer/1"])
        case .luaDelete: .init(["error not_found"], not: ["deleted"], administrator: ["deleted"])
        case .luaChildren: .init(["OwnAnna"], administrator: ["HiddenBert"])
        case .luaTable: .init(["phone\t****1111"], not: ["secret"], administrator: ["SecretBakery"])
        case .luaReferences: .init(["nil nil"], administrator: ["HiddenMill HiddenRegion"])
        case .luaAsSystem: .init(["error permission_denied"], administrator: ["error permission_denied"])
        case .luaSettle: .init(["settled"], administrator: ["settled"])
        case .report: .init(["OwnBakery", "****1111"], administrator: ["HiddenMill", "SecretBakery", "HiddenRegion"])
        case .reportWithoutRight: .init(["error permission_denied", "Payroll"], administrator: ["HiddenPay"])
        case .command: .init(["OwnBakery OwnCafe SharedInn"], administrator: ["HiddenMill"])
        case .commandAsSystem: .init(["5"], administrator: ["5"])
        case .print:
            .init(
                ["OwnBakery", "****1111", "OwnAnna"],
                administrator: ["SecretBakery", "HiddenRegion", "HiddenMill", "HiddenBert"]
            )
        case .printHidden: .init(["error not_found"], administrator: ["HiddenMill"])
        case .exportCSV, .exportXLSX:
            .init(
                ["OwnBakery", "****1111", "East"],
                not: ["secret", "[record]"],
                administrator: ["SecretBakery", "[record]", "HiddenMill"]
            )
        case .exportJSON, .exportJSONLines:
            .init(["OwnBakery", "****1111"], not: ["secret"], administrator: ["SecretBakery", "HiddenMill"])
        case .exportFields: .init(["error invalid_input", "secret"], administrator: ["SecretBakery"])
        case .importRows:
            .init(["created 1", "failed 2"], typed: ["HiddenMill"], administrator: ["created 3"])
        case .importByKey: .init(["updated 0", "failed 1"], administrator: ["updated 1"])
        }
    }
}
