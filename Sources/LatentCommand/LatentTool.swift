internal import ArgumentParser
internal import Latent

@main
struct LatentTool: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "latent")
}
