import CRMPlatform

let (path, plugin) = (CommandLine.arguments[1], CommandLine.arguments[2])
let platform = try Platform.create(at: path)
try platform.installPlugin(.folder(plugin))

// A unit of work: all of it is kept, or none.
let saved = try platform.write(as: .administrator, origin: .library) { session in
    let customer = try session.create(
        "customer",
        RecordInput([
            "name": .text("华东医药"), "mobile": .text("13800138000"), "contact_name": .text("王芳"),
            "contact_title": .text("经理"),
        ])
    )
    return try session.create(
        "follow_up",
        RecordInput(["customer": .integer(customer.record.id), "subject": .text("电话联系")])
    )
}
print("saved \(saved.record.recordID)")

// One unchanging view of the records.
let names = try platform.read(as: .administrator) { session in
    let query = Query(object: "customer", filter: "name contains ?", parameters: [.text("华东")], limit: 20)
    return try session.find(query).records.map { $0["name"].displayText }
}
print("found \(names.joined(separator: ", "))")

// Errors have a code for programs and texts for people, with every problem at once.
do {
    try platform.write(as: .administrator, origin: .library) { session in
        _ = try session.create("customer", RecordInput(["name": .text("")]))
    }
} catch {
    print(
        "refused \(error.code): \(error.issues.count) problems, such as \(error.issues[0].message.text(in: .en))"
    )
}
try platform.close()
