// swift-tools-version: 6.2
import PackageDescription

/// The same rules as the platform's own targets.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "crm-benchmarks",
    dependencies: [.package(name: "crm-platform", path: "..")],
    targets: [
        // The yardsticks: the same statements in C, with the system's SQLite and Lua.
        .systemLibrary(
            name: "CLuaYardstick",
            path: "Sources/CLuaYardstick",
            pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"])]
        ),
        .target(
            name: "CBench",
            dependencies: ["CLuaYardstick"],
            path: "Sources/CBench",
            cSettings: [.unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("m")]
        ),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CBench",
                .product(name: "CRMPlatform", package: "crm-platform"),
                .product(name: "LuaBridge", package: "crm-platform"),
            ],
            path: "Sources/bench",
            swiftSettings: strict
        ),
    ]
)
