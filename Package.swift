// swift-tools-version: 6.2
import PackageDescription

// The floors of the house (docs/architecture.md): a target may import only what is listed here.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "latent",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Latent", targets: ["Latent"]),
    .library(name: "LatentLaws", targets: ["LatentLaws"]),
    .executable(name: "latent", targets: ["LatentCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "CLatentKernels"),
    .target(name: "LatentKernels", dependencies: ["CLatentKernels"], swiftSettings: settings),
    .target(name: "LatentData", swiftSettings: settings),
    .target(name: "LatentModels", dependencies: ["LatentData", "LatentKernels"], swiftSettings: settings),
    .target(
      name: "LatentInference", dependencies: ["LatentData", "LatentKernels", "LatentModels"],
      swiftSettings: settings),
    .target(
      name: "LatentLearning",
      dependencies: ["LatentData", "LatentKernels", "LatentModels", "LatentInference"],
      swiftSettings: settings),
    .target(
      name: "LatentLaws",
      dependencies: ["LatentData", "LatentKernels", "LatentModels", "LatentInference", "LatentLearning"],
      swiftSettings: settings),
    .target(
      name: "LatentFormats",
      dependencies: ["LatentData", "LatentModels", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "LatentDrawing", dependencies: ["LatentData", "LatentModels", "LatentInference", "LatentLearning"],
      swiftSettings: settings),
    .target(
      name: "Latent",
      dependencies: [
        "LatentData", "LatentKernels", "LatentModels", "LatentInference", "LatentLearning", "LatentFormats",
        "LatentDrawing",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "LatentCommand",
      dependencies: ["Latent", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),
    .target(
      name: "LatentTestSupport",
      dependencies: ["LatentData", "LatentKernels", "LatentModels"],
      path: "Tests/LatentTestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "LatentTests",
      dependencies: ["Latent", "LatentKernels", "LatentLaws", "LatentTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Latent", "LatentCommand"],
      exclude: ["Cases"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
