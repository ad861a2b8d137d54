public import ArgumentParser
public import Latent

extension ModelFormat: ExpressibleByArgument {}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model in another format.",
    discussion: """
      The endings of the names say which formats: .bif, .net, .uai, .yaml or .json. What the new format cannot say \
      is noted. Numbers are kept to the last bit.

      Example: latent convert asia.bif asia.yaml
      """)

  @Argument(help: "The model to read. - is standard input.")
  var input: String

  @Argument(help: "The file to write. - is standard output.")
  var output: String

  @Option(help: ArgumentHelp("The format on standard output. Default: yaml.", valueName: "format"))
  var format: ModelFormat?

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    try requireModelEnding(output)
    if format != nil, output != "-" {
      throw ValidationError("--format is for standard output; the ending of \(output) says the format already")
    }
  }

  func run() throws {
    let console = consoleOptions.console
    let loaded = try LoadedModel(input, console)
    let target = ModelTarget(path: output, standardFormat: format ?? .yaml, annotations: loaded.file.annotations)
    try target.write(loaded.model, console)
  }
}
