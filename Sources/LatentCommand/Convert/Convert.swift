public import ArgumentParser
public import Latent

extension ModelFormat: ExpressibleByArgument {}
extension ParentOrder: ExpressibleByArgument {}
extension TargetProgram: ExpressibleByArgument {}

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model in another format.",
    discussion: """
      File extensions say which formats: \(ModelFormat.listOfExtensions). What the new format cannot say is noted. \
      Numbers are kept to the last bit.

      Example: latent convert asia.bif asia.xdsl --verify
      """)

  @Argument(help: "The model to read. - is standard input.", completion: .modelFile)
  var input: String

  @Argument(help: "The file to write. - is standard output.", completion: .modelFile)
  var output: String

  @Option(help: ArgumentHelp("The format on standard output. Default: yaml.", valueName: "format"))
  var format: ModelFormat?

  @Flag(help: "Read the written file again and compare every probability by state names; exit 65 if one differs.")
  var verify = false

  @Option(
    help: ArgumentHelp(
      "Which parent varies fastest in the XDSL file read, or if that is none, written: last (GeNIe) or first (aGrUM).",
      valueName: "parent"))
  var xdslOrder: ParentOrder?

  @Option(
    help: ArgumentHelp(
      "Which parent varies fastest in the UAI file read, or if that is none, written: last or first (aGrUM).",
      valueName: "parent"))
  var uaiOrder: ParentOrder?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Write for this program, and say which names it cannot read.", valueName: "program"))
  var program: TargetProgram?

  @Flag(help: "With --for: write names that the program reads, and a table OUTPUT.names.csv of what they stand for.")
  var rename = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    try requireModelExtension(output)
    if format != nil, output != "-" {
      throw ValidationError("--format is for standard output; the extension of \(output) says the format already")
    }
    if verify, output == "-" {
      throw ValidationError("--verify reads a file again, and standard output is none; name a file")
    }
    if let program, !program.formats.contains(target.format) {
      let known = program.formats.map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw ValidationError(
        "--for \(program.rawValue): \(program.name) reads \(known), not .\(target.format.rawValue)")
    }
    if rename, program == nil { throw ValidationError("--rename needs to know for whom; add --for PROGRAM") }
    if rename, output == "-" {
      throw ValidationError(
        "--rename writes a table of names beside the file, and standard output is none; name a file")
    }
    for (format, order) in parentOrders where order != nil {
      guard let read = ModelFormat(path: input), read != format, target.format != format else { continue }
      throw ValidationError("--\(format.rawValue)-order is for .\(format.rawValue) files, and neither file is one")
    }
  }

  func run() throws {
    let console = consoleOptions.console
    let loaded = try LoadedModel(input, parentOrder: order(of: ModelFormat(path: input)), console)
    var target = target
    target.annotations = loaded.file.annotations
    if loaded.file.format != target.format || program != nil {
      target.parentOrder = order(of: target.format) ?? program?.parentOrder ?? .last
    }
    let model = try exchanged(loaded.model, &target, console)
    try target.write(model, console)
    if verify { try writeText(WrittenModel(model, target.path).verification(console)) }
  }

  /// The model as the program that it is written for can read it, or as it is, with warnings.
  private func exchanged(_ model: Model, _ target: inout ModelTarget, _ console: Console) throws -> Model {
    guard let program else { return model }
    let exchange = Exchange(model, for: program, in: target.format)
    guard rename, !exchange.warnings.isEmpty else {
      for warning in exchange.warnings { console.note("\(displayName(output)): \(warning)") }
      return model
    }
    // What the file says beside the model is kept by names, which are others now.
    target.annotations = nil
    let path = Exchange.tablePath(of: output)
    let count = try exchange.writeTable(to: path)
    console.note("\(path): \(counted(count, "name")) of \(output), and what they stand for")
    return exchange.renamed
  }

  private var target: ModelTarget { ModelTarget(path: output, standardFormat: format ?? .yaml) }

  /// What the options say, format by format.
  private var parentOrders: [(format: ModelFormat, order: ParentOrder?)] { [(.xdsl, xdslOrder), (.uai, uaiOrder)] }

  /// What the options say about a format; about standard input, whose format is not known yet, whatever they say.
  private func order(of format: ModelFormat?) -> ParentOrder? {
    parentOrders.first { (format == nil || $0.format == format) && $0.order != nil }?.order
  }
}
