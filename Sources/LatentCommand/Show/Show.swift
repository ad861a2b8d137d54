internal import ArgumentParser
internal import Latent

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a model as tables that a person can read, or draw it.",
    discussion: """
      Probabilities have four decimals; 0 and 1 without decimals are exact. --json prints every table in full. A \
      drawing shows each variable with its distribution when nothing was observed.

      Example: latent show asia.bif --variable dysp
      """)

  @Argument(help: "The model. - is standard input.", completion: .modelFile)
  var model: String

  @Option(
    name: .customLong("variable"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Show only these variables, with commas between; repeatable.", valueName: "names"))
  var names: [String] = []

  @Flag(help: "Show all rows of long tables.")
  var all = false

  @Flag(help: "Print the model as one JSON document.")
  var json = false

  @Flag(help: "Draw the network as an SVG picture.")
  var svg = false

  @Flag(help: "Write the network for Graphviz.")
  var dot = false

  @OptionGroup var common: CommonOptions

  /// How many rows of a table are shown before it is cut.
  private static let shortRows = 12

  func validate() throws {
    let forms = [("--json", json), ("--svg", svg), ("--dot", dot)].filter(\.1).map(\.0)
    guard forms.count <= 1 else {
      throw ValidationError("\(forms[0]) and \(forms[1]) are different documents; ask for one of them")
    }
    guard svg || dot else { return }
    if all { throw ValidationError("\(forms[0]) always draws the whole network; leave out --all") }
    if !names.isEmpty { throw ValidationError("\(forms[0]) always draws the whole network; leave out --variable") }
  }

  func run() throws {
    let loaded = try LoadedModel(model, common.console)
    if svg || dot {
      let drawing = try drawing(of: loaded)
      try writeText(svg ? drawing.svg : drawing.dot)
      return
    }
    let named = try loaded.model.schema.variables(names, option: "--variable")
    let shown = named.isEmpty ? loaded.model.schema.ids : named
    if json {
      try writeJSON(ModelReport(loaded.model, shown).json)
      return
    }
    try writeText(blocks(loaded.model, shown, withSummary: named.isEmpty).joined(separator: "\n"))
  }

  /// Without bars where exact inference is refused: the network can be drawn all the same.
  private func drawing(of loaded: LoadedModel) throws -> NetworkDrawing {
    let model = loaded.model
    let title = model.name.isEmpty ? loaded.nameOfFile : model.name
    do {
      return NetworkDrawing(
        model, title: title, marginals: try PriorMarginals(model, limit: common.memory).values)
    } catch let error as InferenceError {
      common.console.note("\(displayName(loaded.path)): drawn without probabilities, since \(error)")
      return NetworkDrawing(model, title: title)
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
