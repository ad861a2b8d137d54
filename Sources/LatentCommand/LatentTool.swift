internal import ArgumentParser
internal import Foundation
internal import Latent

@main
struct LatentTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latent",
    abstract: "Learn probabilistic graphical models from incomplete data.",
    discussion: """
      A model is a file (\(modelFiles)), a table is a CSV file; - is standard input and .gz is unpacked.

      Example: latent fit model.bif data.csv -o fitted.bif
      """,
    version: "0.1.0",
    subcommands: [
      InitCommand.self,
      FitCommand.self,
      ImputeCommand.self,
      PosteriorCommand.self,
      DecodeCommand.self,
      QueryCommand.self,
      ScoreCommand.self,
      CompareCommand.self,
      SampleCommand.self,
      MaskCommand.self,
      MissingnessCommand.self,
      ConvertCommand.self,
      ShowCommand.self,
      PlanCommand.self,
      PoolCommand.self,
    ])

  private static var modelFiles: String { ModelFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ") }

  static func main() {
    // A pipe whose reader has gone is an error of the write, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
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
    if let error = error as? FileError, error.kind == .readerGone { Foundation.exit(128 + SIGPIPE) }
    let failure = CommandError(error)
    Console.writeToStandardError(failure.description + "\n")
    Foundation.exit(failure.status.rawValue)
  }

  /// Whether the parser raised the error: its exit code is then that of wrong usage or success.
  private static func isFromParser(_ error: any Error) -> Bool { exitCode(for: error) != .failure }
}
