internal import ArgumentParser
internal import Foundation

@main
struct LatentTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latent",
    abstract: "Learn probabilistic graphical models from data with holes.",
    discussion: """
      A model is a file (.bif, .yaml, .json), a table is a CSV file; - is standard input and .gz is unpacked.

      Example: latent fit model.bif data.csv -o fitted.bif
      """,
    subcommands: [
      InitCommand.self,
      FitCommand.self,
      ImputeCommand.self,
      PosteriorCommand.self,
      DecodeCommand.self,
      QueryCommand.self,
      ScoreCommand.self,
      SampleCommand.self,
      PlanCommand.self,
      ShowCommand.self,
      ConvertCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      finish(error)
    }
  }

  /// Says what is wrong in one sentence and ends with the code for it; the parser prints its own errors and help.
  private static func finish(_ error: any Error) -> Never {
    if error is ExitCode || error is CleanExit || error is ValidationError || isFromParser(error) {
      exit(withError: error)
    }
    let failure = CommandError(error)
    Console.writeToStandardError(failure.description + "\n")
    Foundation.exit(failure.status.rawValue)
  }

  /// Whether the parser raised the error: its exit code is then that of wrong usage or success.
  private static func isFromParser(_ error: any Error) -> Bool { exitCode(for: error) != .failure }
}
