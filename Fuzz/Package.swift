// swift-tools-version: 6.2
import PackageDescription

// Built by `run`, which adds the sanitizers to everything, the library included.
let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "latent", path: "..")],
  targets: [
    .executableTarget(name: "Fuzz", dependencies: [.product(name: "Latent", package: "latent")])
  ],
  swiftLanguageModes: [.v6]
)
