internal import ArgumentParser
internal import Latent

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a model as tables that a person can read, or draw it.",
    discussion: """
      Probabilities have four decimals; 0 and 1 without decimals are exact. --json prints every table in full. A \
      drawing shows each variable with its distribution when nothing was observed, and with --given, --likely or --do \
      beside it the one in that situation. Of a model of classes, in which all variables depend on one latent variable \
      and nothing else, it shows what each class is like.

      Example: latent show asia.bif --variable dysp
      """)

  @Argument(help: "The model. - is standard input.", completion: .modelFile)
  var model: String

  @Option(
    name: [.customLong("variable"), .customLong("of")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Show only these variables, with commas between; repeatable.", valueName: "names"))
  var names: [String] = []

  @Flag(help: "Show all rows of long tables.")
  var all = false

  @Flag(help: "Print the model as one JSON document.")
  var json = false

  @Flag(help: "Draw the model as an SVG picture.")
  var svg = false

  @Option(
    help: ArgumentHelp(
      "Draw the model as a PNG picture, by rsvg-convert or a browser that is installed.", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var png: String?

  @Flag(help: "Write the network for Graphviz.")
  var dot = false

  @Flag(help: "Draw the network of a model of classes, too.")
  var network = false

  @OptionGroup(title: "Situation of a drawing") var situation: SituationOptions
  @OptionGroup var common: CommonOptions

  /// How many rows of a table are shown before it is cut.
  private static let shortRows = 12

  func validate() throws {
    let forms = [("--json", json), ("--svg", svg), ("--png", png != nil), ("--dot", dot)].filter(\.1).map(\.0)
    guard forms.count <= 1 else {
      throw ValidationError("\(forms[0]) and \(forms[1]) are different documents; ask for one of them")
    }
    if let png, !png.hasSuffix(".png") {
      throw ValidationError("--png \(png): expected a name that ends in .png")
    }
    if svg || dot || png != nil {
      if all { throw ValidationError("\(forms[0]) draws no long tables; leave out --all") }
    } else {
      if !situation.isEmpty {
        throw ValidationError("a situation is drawn with --svg, --png or --dot; query prints its probabilities")
      }
      if network { throw ValidationError("--network is about drawings; add --svg or --png, or leave it out") }
    }
  }

  func run() throws {
    let loaded = try LoadedModel(model, common.console)
    if svg || dot || png != nil { return try draw(loaded) }
    let named = try loaded.model.schema.variables(names, option: "--variable")
    let shown = named.isEmpty ? loaded.model.schema.ids : named
    if json {
      try writeJSON(ModelReport(loaded.model, shown).json)
      return
    }
    try writeText(blocks(loaded.model, shown, withSummary: named.isEmpty).joined(separator: "\n"))
  }

  private func draw(_ loaded: LoadedModel) throws {
    let model = DrawnModel(loaded: loaded, limit: common.memory, console: common.console)
    let shown = try loaded.model.schema.variables(names, option: "--variable")
    let asked =
      situation.isEmpty
      ? nil : try situation.situation(try loaded.network(), loaded.model.codebook, common.memory)
    if dot {
      try writeText(model.network(of: shown, in: asked).dot)
      return
    }
    let picture =
      network || asked != nil
      ? try model.network(of: shown, in: asked).svg
      : try model.profiles(of: shown)?.svg ?? model.network(of: shown, in: nil).svg
    if let png {
      try PNGFile(path: png).write(picture)
    } else {
      try writeText(picture)
    }
  }

  private func blocks(_ model: Model, _ shown: [VariableID], withSummary: Bool) -> [String] {
    var blocks = withSummary ? [ModelSummary(model).text] : []
    let unparameterized = shown.filter { model.parameters[model.structure.familyIndex(of: $0)] == nil }
    if !unparameterized.isEmpty { blocks.append(UnparameterizedText(model, unparameterized).text) }
    let unseen = model.unseenConfigurations
    var drawn = Set<Int>()
    for id in shown where drawn.insert(model.structure.familyIndex(of: id)).inserted {
      guard let table = model.table(of: id) else { continue }
      blocks.append(FamilyText(model, id, table, unseen: unseen[id] ?? [], rows: all ? .max : Self.shortRows).text)
    }
    return blocks
  }
}
