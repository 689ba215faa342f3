// swift-tools-version:6.1
// The rooms of Baton and their arrows. ARCHITECTURE.md holds the same table; a test compares the two.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-Xfrontend", "-warn-long-expression-type-checking=300"]),
]

/// A C library found through pkg-config; `apt` names the Debian package that brings its headers.
func system(_ name: String, _ pkgConfig: String?, _ apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A room whose inner parts have tests of their own, in the optimised build as well.
func roomOpenToTests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + [.unsafeFlags(["-enable-testing"])])
}

/// The tests' own code is not optimised, in no build: that would take longer than running them.
let asWritten = SwiftSetting.unsafeFlags(
    ["-Onone", "-no-whole-module-optimization", "-enable-batch-mode"], .when(configuration: .release))

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)",
        exclude: name == "PacksTests" ? ["contract.txt"] : [], swiftSettings: strict + [asWritten])
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let http: [Target.Dependency] = [
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
]
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "baton",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "baton", targets: ["baton"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        system("CPangoCairo", "pangocairo", "libpango1.0-dev"),
        system("CCairoPDF", "cairo-pdf", "libcairo2-dev"),
        system("CXlsxWriter", "xlsxwriter", "libxlsxwriter-dev"),
        system("CZip", "libzip", "libzip-dev"),
        system("CExpat", "expat", "libexpat1-dev"),
        system("CZlib", "zlib", "zlib1g-dev"),
        system("CArgon2", "libargon2", "libargon2-dev"),
        system("CPQ", "libpq", "libpq-dev"),
        system("CCurl", "libcurl", "libcurl4-openssl-dev"),
        system("CCrypto", "libcrypto", "libssl-dev"),

        room("Values"),
        room("Expressions", ["Values"]),
        room("Calendars", ["Values"]),
        room("Trade", ["Values"]),
        room("Calculator", ["Values", "Trade", "Calendars"]),
        room("Definitions", ["Values", "Expressions", yams]),
        room("Access", ["Values", "Expressions", "Definitions"]),
        room("Flow", ["Values", "Expressions", "Definitions", "Calendars"]),
        room("Interchange", ["Values", "Definitions", "Flow", "CExpat"]),
        room("Store", ["Values", "Expressions", "Definitions", "CCrypto"]),
        room("StoreSQLite", ["Values", "Store", grdb, sqlite]),
        room("StorePostgres", ["Store", "CPQ"]),
        room("Documents", ["Values", "Trade", "CPangoCairo", "CCairoPDF", "CXlsxWriter", "CZip", "CExpat", "CCrypto"]),
        room(
            "Kernel",
            [
                "Values", "Expressions", "Calendars", "Trade", "Calculator", "Definitions", "Access", "Flow", "Store",
                "Documents", "Interchange", "CArgon2", "CCrypto", logging,
            ]),
        room("Delivery", ["Values", "Kernel", "CCurl", "CCrypto", logging]),
        room("Demo", ["Values", "Expressions", "Definitions", "Calendars", "Trade", "Kernel"]),
        roomOpenToTests(
            "Web",
            ["Values", "Expressions", "Definitions", "Documents", "Kernel", "CZlib", hummingbird, logging] + http),
        .executableTarget(
            name: "baton",
            dependencies: [
                "Values", "Expressions", "Calendars", "Trade", "Calculator", "Definitions", "Access", "Flow", "Store",
                "StoreSQLite", "StorePostgres", "Documents", "Interchange", "Kernel", "Delivery", "Web", "Demo",
                hummingbird, grdb, logging,
                lifecycle, signals, arguments,
            ],
            swiftSettings: strict),
        // What the tests of several rooms share: a database of either engine.
        .target(
            name: "TestEngines", dependencies: ["Store", "StoreSQLite", "StorePostgres"], path: "Tests/Engines",
            swiftSettings: strict),
        tests("ValuesTests", ["Values"]),
        tests("TradeTests", ["Values", "Trade"]),
        tests("CalendarsTests", ["Values", "Calendars"]),
        tests("CalculatorTests", ["Values", "Trade", "Calendars", "Calculator"]),
        tests("ExpressionsTests", ["Values", "Expressions"]),
        tests("DefinitionsTests", ["Values", "Expressions", "Definitions"]),
        tests("AccessTests", ["Values", "Expressions", "Definitions", "Access"]),
        tests("FlowTests", ["Values", "Expressions", "Calendars", "Definitions", "Flow"]),
        tests("InterchangeTests", ["Values", "Definitions", "Flow", "Interchange"]),
        tests("PacksTests", ["Values", "Expressions", "Definitions"]),
        tests("DocumentsTests", ["Values", "Documents", "CZip"]),
        tests(
            "StoreTests",
            ["Values", "Expressions", "Definitions", "Store", "StoreSQLite", "StorePostgres", "TestEngines"]),
        tests(
            "KernelTests",
            [
                "Values", "Expressions", "Calendars", "Trade", "Definitions", "Documents", "Store", "TestEngines",
                "Kernel", logging,
            ]),
        tests("DeliveryTests", ["Values", "Delivery"]),
        tests(
            "DemoTests",
            [
                "Values", "Expressions", "Calendars", "Definitions", "Store", "TestEngines", "Kernel", "Demo", logging,
            ]),
        tests(
            "WebTests",
            ["Values", "Expressions", "Definitions", "Documents", "Kernel", "Store", "TestEngines", "Web", logging]),
    ]
)
