public import ArgumentParser
public import Latent

extension ModelFormat: ExpressibleByArgument {}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model in another format.",
    discussion: """
      The endings of the names say which formats: \(ModelFormat.listOfEndings). What the new format cannot say is noted. \
      Numbers are kept to the last bit.

      Example: latent convert asia.bif asia.xdsl --verify
      """)

  @Argument(help: "The model to read. - is standard input.")
  var input: String

  @Argument(help: "The file to write. - is standard output.")
  var output: String

  @Option(help: ArgumentHelp("The format on standard output. Default: yaml.", valueName: "format"))
  var format: ModelFormat?

  @Flag(help: "Read the written file again and compare every probability by state names; exit 65 if one differs.")
  var verify = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    try requireModelEnding(output)
    if format != nil, output != "-" {
      throw ValidationError("--format is for standard output; the ending of \(output) says the format already")
    }
    if verify, output == "-" {
      throw ValidationError("--verify reads a file again, and standard output is none; name a file")
    }
  }

  func run() throws {
    let console = consoleOptions.console
    let loaded = try LoadedModel(input, console)
    var target = target
    target.annotations = loaded.file.annotations
    try target.write(loaded.model, console)
    if verify { try writeText(WrittenModel(loaded.model, target.path).verification(console)) }
  }

  private var target: ModelTarget { ModelTarget(path: output, standardFormat: format ?? .yaml) }
}
