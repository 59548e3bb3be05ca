// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of ours: Swift 6 mode, explicit imports, no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Tests keep the same rules, but import whole modules.
let strictTests: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "crm-platform",
    products: [
        .library(name: "CRMPlatform", targets: ["CRMPlatform"]),
        .library(name: "LuaBridge", targets: ["LuaBridge"]),
        .executable(name: "crm-shell", targets: ["crm-shell"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
    ],
    targets: [
        // Lua and the bridge: they know nothing of CRM.
        .systemLibrary(
            name: "CLua54",
            path: "Sources/CLua54",
            pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"])]
        ),
        .target(
            name: "CLua",
            dependencies: ["CLua54"],
            path: "Sources/CLua",
            // What both its folders share lies above them.
            cSettings: [.headerSearchPath("."), .headerSearchPath("host"), .headerSearchPath("libraries")],
            linkerSettings: [.linkedLibrary("m")]
        ),
        .target(name: "LuaBridge", dependencies: ["CLua"], path: "Sources/LuaBridge", swiftSettings: strict),

        // The kernel: each room imports only the rooms above it.
        // Which file it is, without its times.
        .target(name: "CFileNumber", path: "Sources/CFileNumber"),
        .target(name: "CRMConcurrency", path: "Sources/CRMPlatform/Concurrency", swiftSettings: strict),
        // Words and marks by which engines are known.
        .target(name: "CRMEngines", path: "Sources/CRMPlatform/Engines", swiftSettings: strict),
        .target(
            name: "CRMModel",
            dependencies: ["CRMConcurrency", "CRMEngines", "CFileNumber"],
            path: "Sources/CRMPlatform/Model",
            swiftSettings: strict
        ),
        .target(
            name: "CRMStorage",
            dependencies: ["CRMConcurrency", "CRMModel", grdb, grdbSQLite],
            path: "Sources/CRMPlatform/Storage",
            swiftSettings: strict
        ),
        .target(
            name: "CRMRecords",
            dependencies: ["CRMModel", "CRMStorage"],
            path: "Sources/CRMPlatform/Records",
            swiftSettings: strict
        ),
        .target(
            name: "CRMAutomation",
            dependencies: ["CRMModel", "CRMStorage", "CRMRecords"],
            path: "Sources/CRMPlatform/Automation",
            swiftSettings: strict
        ),
        // Workbooks (.xlsx) are zip archives of XML.
        .systemLibrary(
            name: "CZip",
            path: "Sources/CZip",
            pkgConfig: "libzip",
            providers: [.apt(["libzip-dev"])]
        ),
        .systemLibrary(
            name: "CExpat",
            path: "Sources/CExpat",
            pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"])]
        ),
        .systemLibrary(
            name: "CXlsxWriter",
            path: "Sources/CXlsxWriter",
            pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]
        ),
        // QR codes of prints.
        .systemLibrary(
            name: "CQrencode",
            path: "Sources/CQrencode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .target(
            name: "CRMOutput",
            dependencies: [
                "CRMModel", "CRMRecords", "CZip", "CExpat", "CXlsxWriter", "CQrencode",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            path: "Sources/CRMPlatform/Output",
            swiftSettings: strict
        ),
        .target(
            name: "CRMScripting",
            dependencies: ["LuaBridge", "CRMModel", "CRMRecords", "CRMOutput"],
            path: "Sources/CRMPlatform/Scripting",
            swiftSettings: strict
        ),
        .target(
            name: "CRMRuntime",
            dependencies: [
                "LuaBridge", "CRMConcurrency", "CRMModel", "CRMStorage", "CRMRecords", "CRMAutomation", "CRMOutput",
                "CRMScripting",
            ],
            path: "Sources/CRMPlatform/Runtime",
            swiftSettings: strict
        ),
        .target(
            name: "CRMPlatform",
            dependencies: [
                "CRMConcurrency", "CRMModel", "CRMStorage", "CRMRecords", "CRMAutomation", "CRMOutput", "CRMScripting",
                "CRMRuntime",
            ],
            path: "Sources/CRMPlatform/Platform",
            swiftSettings: strict
        ),

        // The one executable.
        .systemLibrary(
            name: "CEditLine",
            path: "Sources/CEditLine",
            pkgConfig: "libedit",
            providers: [.apt(["libedit-dev"])]
        ),
        .target(name: "CLineEditor", dependencies: ["CEditLine"], path: "Sources/CLineEditor"),
        .executableTarget(
            name: "crm-shell",
            dependencies: [
                "CRMPlatform", "CRMConcurrency", "CLineEditor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/crm-shell",
            swiftSettings: strict
        ),

        // How a program embeds the platform: it sees what is public and nothing else. A page of the guide shows it.
        .executableTarget(
            name: "embedding-example",
            dependencies: ["CRMPlatform"],
            path: "Examples/Embedding",
            packageAccess: false,
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
        ),

        // Tests, folder for folder.
        .target(
            name: "TestSupport",
            dependencies: ["CRMPlatform", "CRMModel", "CRMStorage", "CRMRecords", "CRMScripting", "CRMRuntime"],
            path: "Tests/TestSupport",
            swiftSettings: strictTests
        ),
        // Lua with its own libraries, which ours are compared with.
        .target(name: "CPlainLua", dependencies: ["CLua54"], path: "Tests/CPlainLua"),
        // The client library of PostgreSQL, to try what is written for it.
        .systemLibrary(
            name: "CPq",
            path: "Tests/CPq",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .testTarget(
            name: "PlatformTests",
            dependencies: [
                "CRMPlatform", "CRMConcurrency", "CRMModel", "CRMStorage", "CRMRecords", "CRMAutomation", "CRMOutput",
                "CRMRuntime", "TestSupport", "CPq",
                grdbSQLite,
            ],
            path: "Tests/PlatformTests",
            swiftSettings: strictTests
        ),
        .testTarget(
            name: "ScriptTests",
            dependencies: [
                "CRMPlatform", "CRMConcurrency", "LuaBridge", "CRMStorage", "CRMAutomation", "CRMScripting",
                "CRMRuntime",
                "TestSupport", "CPlainLua",
            ],
            path: "Tests/ScriptTests",
            swiftSettings: strictTests
        ),
        .testTarget(
            name: "ShellTests",
            dependencies: ["crm-shell", "CRMPlatform"],
            path: "Tests/ShellTests",
            swiftSettings: strictTests
        ),
    ]
)
