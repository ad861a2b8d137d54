internal import ArgumentParser
internal import Latent

struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "The most probable explanation of each row.",
    discussion: """
      With one latent variable that has no parents: its most probable class, other \
      missing cells summed out. With any other model: the jointly most probable \
      assignment of everything unobserved. With --of: the jointly most probable \
      states of these variables, everything else summed out. Of equally probable \
      states, the one listed first is taken.

      One row per row of DATA: first the columns that the model does not know \
      (--ignore-columns), then the decoded variables; observed cells stay.

      Example: latent decode fitted.yaml survey.csv -o classes.csv
      """)

  @Argument(help: "The model with its parameters. - is standard input.", completion: .modelFile)
  var fitted: String

  @Argument(help: "The table. - is standard input.", completion: .tableFile)
  var data: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The variables to decode, with commas between; repeatable.", valueName: "names"))
  var of: [String] = []

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to FILE; default: standard output.", valueName: "file"),
    completion: .tableFile)
  var output: String?

  @Flag(
    help: ArgumentHelp(
      "Write one JSON object: the rows, and log_probability, the sum over rows, by weight, of log p(assignment, observed)."
    ))
  var json = false

  @OptionGroup(title: "Data") var rowOptions: RowOptions
  @OptionGroup var common: CommonOptions

  func validate() throws { try requireOneStandardInput(fitted, data) }

  func run() throws {
    let console = common.console
    let loaded = try LoadedModel(fitted, console)
    let schema = loaded.model.schema
    let asked = try schema.variables(of, option: "--of")
    if let id = asked.first(where: { !schema[$0].isCategorical }) {
      throw CommandError(
        .usage, "--of: \(schema[id].name) has numbers, and decode tells states; latent posterior has its mean")
    }
    let table = try LoadedTable(data, for: loaded, rowOptions, console, otherText: .kept)
    let explained = try asked.isEmpty ? explanations(loaded, table) : explanations(of: asked, loaded, table)
    let decoded = try DecodedRows(explained, of: table)
    if json {
      try writeJSON(decoded.json, to: output)
    } else {
      try decoded.result.write(to: output)
    }
    console.note(decoded.note)
    if table.sequenced == nil {
      try NoDataWarning(loaded, table.table, .posterior(of: decoded.asked), memory: common.memory).note(console)
    }
    for comparison in decoded.comparisons { console.note(comparison.sentence) }
  }

  /// The states of these variables.
  private func explanations(of asked: [VariableID], _ loaded: LoadedModel, _ data: LoadedTable) throws -> DecodedTable {
    let names = asked.map { data.table.schema[$0].name }
    if let chain = loaded.model.structure.chainVariable {
      guard asked == [chain] else {
        try loaded.refuseSequences("decoding other variables than it")
        return try explanations(loaded, data)
      }
      return try explanations(loaded, data)
    }
    guard asked.contains(where: { data.table.isUnobserved($0) || data.table.missingCells($0) > 0 }) else {
      throw CommandError(
        .data,
        "\(displayName(data.path)): no cell of \(names.joined(separator: ", ")) is missing, so that there is nothing to "
          + "decode; --hide \(names[0]) decodes it as if it had not been seen")
    }
    return try answer(loaded, data, memory: common.memory) {
      try $0.decode(data.table, of: names, limit: common.memory)
    }
  }

  /// The class of each row, or everything that it does not observe.
  private func explanations(_ loaded: LoadedModel, _ data: LoadedTable) throws -> DecodedTable {
    let latent = latentVariables(loaded, data)
    let incomplete = incompleteVariables(data.table)
    guard !latent.isEmpty || incomplete.contains(where: { data.table.schema[$0].isCategorical }) else {
      let missing = incomplete.isEmpty ? "no cell is missing" : "only numbers are missing"
      throw CommandError(
        .data, "\(displayName(data.path)): \(missing) and no variable is latent, so that there is nothing to decode")
    }
    if let sequenced = data.sequenced {
      let chain = try LoadedChain(loaded, data, sequenced, memory: common.memory)
      let path = chain.inference.mostProbablePath()
      let logs = try chain.inference.logProbabilities(of: path)
      return DecodedTable(
        sequenced.inFileOrder(path), of: chain.inference.variable, data.table,
        logProbabilities: sequenced.inFileOrder(logs))
    }
    return try answer(loaded, data, memory: common.memory) {
      try $0.decode(data.table, latent: Set(latent), limit: common.memory)
    }
  }
}
