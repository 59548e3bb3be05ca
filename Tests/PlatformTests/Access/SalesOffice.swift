import CRMPlatform
import Foundation
import TestSupport

/// A policy of the tests: a seller sees and changes his own records, one field not at all, one in part, and of one object
/// nothing; a clerk may do everything with customers and nothing else; a stranger may do nothing; the whole are restricted by nothing, but asked at every turn.
struct OfficePolicy: AccessPolicy {
    var version: Int64 = 1

    func roles(of principal: Principal) -> RoleSet? {
        switch principal.userID {
        case 2, 3: RoleSet(["seller"])
        case 4: RoleSet(["stranger"])
        case 5: RoleSet(["whole"])
        case 6: RoleSet(["clerk"])
        default: nil
        }
    }

    func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant {
        if roles.names.contains("whole") { return .everything }
        if roles.names.contains("stranger") { return .nothing }
        if roles.names.contains("clerk") { return object.name.rawValue == "customer" ? .everything : .nothing }
        if object.name.rawValue == "ledger" { return .nothing }
        if object.name.rawValue == "region" { return ObjectGrant(read: .where("name <> 'HiddenRegion'")) }
        let own = RowScope.where("owner = me()")
        guard object.name.rawValue == "customer" else {
            return ObjectGrant(actions: Self.usual, read: own, update: own, delete: own)
        }
        return ObjectGrant(
            actions: Self.usual,
            // What is shared is seen and not changed.
            read: .where("owner = me() or shared = true"),
            update: own,
            delete: own,
            fields: [
                field("secret"): .none, field("phone"): .masked(.last4), field("grade"): .read,
            ],
            duplicates: [field("manager")]
        )
    }

    func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool {
        roles.names.contains("whole") || !roles.names.contains("stranger") && offer.name != "payroll"
    }

    private static let usual: Set<ObjectAction> = [.read, .create, .update, .delete, .export, .import, .print]
}

/// As whom a door of the matrix is tried.
enum OfficeRole: String, CaseIterable, Sendable {
    case administrator
    /// Sees his own records alone.
    case seller
    /// May do nothing with any object.
    case stranger
    /// Is asked about everything and may do it.
    case whole

    var principal: Principal {
        switch self {
        case .administrator: .administrator
        case .seller: .user(2, name: "Seller")
        case .stranger: .user(4, name: "Stranger")
        case .whole: .user(5, name: "Whole")
        }
    }
}

/// A file with records of two sellers, hidden ones in every object that others refer to, join and own.
///
/// What nobody but its owner may see bears `Hidden` in its name, what stands in the hidden field `Secret`, and the masked
/// telephone numbers are known.
final class SalesOffice {
    let folder: ScratchFolder
    let platform: Platform

    private static func object(_ name: String, _ fields: String, _ more: String = "") -> String {
        let title = name.prefix(1).uppercased() + name.dropFirst()
        let label = #"{"zh-CN": "\#(title)", "zh-TW": "\#(title)", "en": "\#(title)"}"#
        return #"{"name": "\#(name)", "label": \#(label), "title_field": "name", "fields": [\#(fields)]\#(more)}"#
    }

    private static let code = """
        crm.report{name = "list", title = "List", run = function()
          local rows = {}
          for c in crm.each("customer", nil, {sort = "id"}) do
            rows[#rows + 1] = {c.name, c.phone or "", c.secret or "", c.region and c.region.name or ""}
          end
          return {columns = {{name = "name"}, {name = "phone"}, {name = "secret"}, {name = "region"}}, rows = rows}
        end}
        crm.report{name = "payroll", title = "Payroll", run = function()
          return {columns = {{name = "name"}}, rows = {{"HiddenPay"}}}
        end}
        crm.command{name = "names", title = "Names", run = function()
          local names = {}
          for c in crm.each("customer", nil, {sort = "id"}) do names[#names + 1] = c.name end
          return table.concat(names, " ")
        end}
        crm.command{name = "all", title = "All", run = function()
          return tostring(crm.as_system("figures of the office", function() return crm.count("customer") end))
        end}
        crm.print_template{name = "card", title = "Card", object = "customer"}
        crm.on("contact", "after_save", function(contact)
          if contact.customer then crm.settle(contact.customer) end
        end)
        crm.on("customer", "settle", function(customer)
          crm.update(customer, {grade = "G" .. crm.count("contact", "customer = ?", {params = {customer.id}})})
        end)
        """

    private static let files: [String: String] = [
        "plugin.json": """
        {"id":"office","version":"1.0.0","api":1,"type":"module","title":"Office","capabilities":["as_system"]}
        """,
        "objects/region.json": object(
            "region",
            #"{"name": "name", "type": "text", "label": "Name", "required": true, "searchable": true}"#
        ),
        "objects/customer.json": object(
            "customer",
            """
            {"name": "name", "type": "text", "label": "Name", "required": true, "searchable": true},
            {"name": "owner", "type": "integer", "label": "Owner"},
            {"name": "shared", "type": "boolean", "label": "Shared"},
            {"name": "secret", "type": "text", "label": "Confidential", "searchable": true},
            {"name": "phone", "type": "phone", "label": "Phone", "searchable": true},
            {"name": "grade", "type": "text", "label": "Grade"},
            {"name": "manager", "type": "text", "label": "Manager"},
            {"name": "tax_no", "type": "text", "label": "Tax number", "unique": true},
            {"name": "account", "type": "text", "label": "Account"},
            {"name": "blocked", "type": "boolean", "label": "Blocked"},
            {"name": "amount", "type": "decimal", "scale": 2, "label": "Amount"},
            {"name": "region", "type": "reference", "object": "region", "label": "Region", "searchable": true},
            {"name": "parent", "type": "reference", "object": "customer", "label": "Parent", "on_delete": "clear"},
            {"name": "contacts", "type": "children", "object": "contact", "via": "customer", "label": "Contacts"}
            """,
            """
            , "duplicate_rules": [{"name": "account", "label": "Same account", "action": "block",
              "match": [{"field": "account"}]}]
            """
        ),
        "objects/contact.json": object(
            "contact",
            """
            {"name": "name", "type": "text", "label": "Name", "required": true, "searchable": true},
            {"name": "owner", "type": "integer", "label": "Owner"},
            {"name": "customer", "type": "reference", "object": "customer", "label": "Customer",
             "on_delete": "cascade"}
            """
        ),
        "objects/order.json": object(
            "order",
            """
            {"name": "name", "type": "text", "label": "Name", "required": true},
            {"name": "owner", "type": "integer", "label": "Owner"},
            {"name": "customer", "type": "reference", "object": "customer", "label": "Customer",
             "on_delete": "restrict"},
            {"name": "total", "type": "decimal", "scale": 2, "label": "Total"}
            """,
            """
            , "validation_rules": [{"name": "blocked",
              "condition": "customer.blocked is empty or customer.blocked = false",
              "message": {"zh-CN": "客户已冻结", "zh-TW": "客戶已凍結", "en": "the customer is blocked"}}]
            """
        ),
        "objects/ledger.json": object(
            "ledger",
            #"{"name": "name", "type": "text", "label": "Name", "required": true, "searchable": true}"#
        ),
        "main.lua": code,
        "print/card/en.html": """
        {{name}} {{phone}} {{secret}} {{region.name}} {{parent.name}} {{#contacts}}{{name}} {{/contacts}}
        """,
    ]

    /// Makes the file; with a path beside it, so that its tables can be compared.
    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        options.language = .en
        options.access = OfficePolicy()
        platform = try Platform.create(at: folder.path + "/office.crm", options: options)
        try platform.installPlugin(.folder(folder.plugin("office", Self.files)))
        try platform.write(as: .administrator, origin: .library) { session in
            func make(_ name: String, _ input: RecordInput) throws(PlatformError) {
                _ = try session.create(TestSupport.object(name), input)
            }
            try make("region", ["name": "East"])
            try make("region", ["name": "HiddenRegion"])
            try make(
                "customer",
                [
                    "name": "HiddenMill", "owner": "3", "secret": "SecretMill", "phone": "13900002222",
                    "manager": "Boss Wang", "tax_no": "TAX-3", "account": "ACC-3", "amount": "700", "region": "East",
                ]
            )
            try make(
                "customer",
                [
                    "name": "OwnBakery", "owner": "2", "secret": "SecretBakery", "phone": "13800001111",
                    "tax_no": "TAX-2", "account": "ACC-2", "amount": "100.50", "region": "HiddenRegion",
                    "parent": "HiddenMill",
                ]
            )
            try make("customer", ["name": "OwnCafe", "owner": "2", "amount": "20", "region": "East"])
            try make(
                "customer",
                ["name": "SharedInn", "owner": "3", "shared": "true", "secret": "SecretInn", "phone": "13700003333"]
            )
            try make("customer", ["name": "HiddenBlocked", "owner": "3"])
            try make("contact", ["name": "OwnAnna", "owner": "2", "customer": "OwnBakery"])
            try make("contact", ["name": "HiddenBert", "owner": "3", "customer": "OwnBakery"])
            try make("contact", ["name": "HiddenCarl", "owner": "3", "customer": "OwnCafe"])
            try make("order", ["name": "HiddenOrder", "owner": "3", "customer": "OwnBakery", "total": "5"])
            try make("order", ["name": "OwnOrder", "owner": "2", "customer": "HiddenBlocked", "total": "7"])
            _ = try session.update(Self.blocked, ["blocked": "true"])
            try make("ledger", ["name": "HiddenLedger"])
            let gone = try session.create(TestSupport.object("customer"), ["name": "HiddenGone", "owner": "3"]).record
            try session.delete(gone.recordID)
            let own = try session.create(
                TestSupport.object("customer"),
                ["name": "OwnGone", "owner": "2", "secret": "SecretGone"]
            ).record
            try session.delete(own.recordID)
        }
    }

    static func customer(_ number: Int64) -> RecordID {
        RecordID(object: TestSupport.object("customer"), number: number)
    }

    /// HiddenMill, of the other seller.
    static let mill = customer(1)
    /// OwnBakery, of the seller, with a hidden parent, region, contact and order.
    static let bakery = customer(2)
    /// OwnCafe, of the seller.
    static let cafe = customer(3)
    /// SharedInn, which the seller sees and may not change.
    static let inn = customer(4)
    /// HiddenBlocked, of the other seller, to which nothing can be sold.
    static let blocked = customer(5)
    /// HiddenGone, deleted.
    static let gone = customer(6)
    /// OwnGone, deleted.
    static let ownGone = customer(7)
}
