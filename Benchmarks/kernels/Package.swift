// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "kernels",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "latent", path: "../..")],
  targets: [
    .executableTarget(name: "KernelBenchmarks", dependencies: [.product(name: "Latent", package: "latent")])
  ],
  swiftLanguageModes: [.v6]
)
