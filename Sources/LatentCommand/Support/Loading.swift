internal import Latent

/// A model and the file that it came from.
struct LoadedModel {
  let path: String
  let file: ModelFile

  var model: Model { file.model }

  /// Reads a model file and passes its warnings on.
  init(_ path: String, parentOrder: ParentOrder? = nil, _ console: Console) throws {
    self.path = path
    file = try ModelFormat.read(path, parentOrder: parentOrder)
    for warning in file.warnings { console.note("\(displayName(path)): \(warning.sentence)") }
  }

  /// A variation of a model that was read, under the name of its file.
  init(_ original: LoadedModel, as model: Model) {
    path = original.path
    file = original.file.varied(model)
  }

  /// The model in which missing cells of these columns are states.
  func withMissingAsState(_ values: [String]) throws -> LoadedModel {
    guard !values.isEmpty else { return self }
    let option = "--missing-as-state"
    let names = try model.schema.variables(values, option: option).map { model.schema[$0].name }
    do { return LoadedModel(self, as: try model.withMissingAsState(of: names)) } catch {
      throw CommandError(.usage, "\(option): \(error)")
    }
  }

  /// The name of the file without directories and extensions; empty for standard input.
  var nameOfFile: String {
    guard path != "-" else { return "" }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return name.split(separator: ".").first.map(String.init) ?? name
  }

  /// Refuses a model in which a variable depends on its previous step.
  ///
  /// - task: what cannot be done with it.
  func refuseSequences(_ task: String) throws(CommandError) {
    guard let chain = model.structure.chainVariable else { return }
    throw CommandError(
      .data,
      "\(displayName(path)): \(model.schema[chain].name) depends on its previous step, and \(task) cannot be done with "
        + "models of sequences by this version; latent fit, decode, posterior, impute, score and sample can use them")
  }

  /// The network, for commands that need all its parameters.
  func network() throws -> BayesianNetwork {
    if let network = model.network { return network }
    let names = model.unparameterized.map { model.schema[$0].name }
    throw CommandError(
      .data,
      "\(displayName(path)): \(names.count == 1 ? "variable" : "variables") \(names.joined(separator: ", ")) "
        + "\(names.count == 1 ? "has" : "have") no parameters; learn them with latent fit")
  }
}

/// A table and the file that it came from.
struct LoadedTable {
  let path: String
  let csv: CSVTable
  /// The rows of the file, without the cells of hidden columns.
  let table: Table
  /// The variables whose columns count as if they had not been seen.
  let hidden: [VariableID]
  /// The rows as the steps of sequences; nil where the model takes rows as independent.
  let sequenced: SequencedTable?

  /// Reads a table to learn from, passes warnings on, and checks that variables without a column may be without one.
  init(_ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console) throws {
    self.path = path
    csv = try CSV.readTable(path, schema: loaded.model.schema, options: options.csvOptions(loaded.model))
    table = csv.table
    hidden = []
    sequenced = try Self.sequenced(csv, table, loaded.model, path)
    try checkColumns(for: loaded, console)
  }

  /// Reads a table to learn from block by block and keeps its first rows only.
  init(
    _ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console, keeping limit: Int,
    forEachBlock body: (Table) throws -> Void
  ) throws {
    self.path = path
    let csvOptions = options.csvOptions(loaded.model)
    hidden = []
    guard loaded.model.structure.dynamics.isEmpty else {
      csv = try CSV.readTable(path, schema: loaded.model.schema, options: csvOptions)
      table = csv.table
      sequenced = try Self.sequenced(csv, table, loaded.model, path)
      if let sequenced { try body(sequenced.table) }
      try checkColumns(for: loaded, console)
      return
    }
    csv = try CSV.readTable(
      path, schema: loaded.model.schema, options: csvOptions, keeping: limit, forEachBlock: body)
    table = csv.table
    sequenced = nil
    try checkColumns(for: loaded, console)
  }

  /// Reads a table to be asked about, passes warnings on, and notes which variables have no column: they are unobserved.
  init(
    _ path: String, for loaded: LoadedModel, _ options: RowOptions, _ console: Console,
    otherText: CSVOptions.OtherText = .dropped
  ) throws {
    self.path = path
    let schema = loaded.model.schema
    let named = try schema.variables(options.hide, option: "--hide")
    hidden = named
    csv = try CSV.readTable(
      path, schema: schema, options: options.dataOptions.csvOptions(loaded.model, otherText: otherText))
    // What is not seen is not known to be missing either.
    table = csv.table.hiding(named + loaded.model.indicators.filter { named.contains($0.variable) }.map(\.id))
    sequenced = try Self.sequenced(csv, table, loaded.model, path)
    passWarningsOn(console)
    let absent = absentVariables(loaded).map { schema[$0].name }
    guard !absent.isEmpty else { return }
    console.note(
      "\(displayName(path)): there is no column \(listed(absent)); "
        + "\(absent.count == 1 ? "the variable is" : "these variables are") unobserved in every row")
  }

  private static func sequenced(
    _ csv: CSVTable, _ table: Table, _ model: Model, _ path: String
  ) throws(FileError) -> SequencedTable? {
    guard !model.structure.dynamics.isEmpty else { return nil }
    return try csv.sequenced(
      table, by: model.structure.dynamics.sequence ?? .none, file: displayName(path))
  }

  private func passWarningsOn(_ console: Console) {
    for warning in csv.warnings { console.note("\(displayName(path)): \(warning.sentence)") }
  }

  /// The variables that have no column and are not latent; where a file cannot say which are, those without a column are.
  private func absentVariables(_ loaded: LoadedModel) -> [VariableID] {
    guard loaded.file.declaresLatentVariables else { return [] }
    let derived = Set(loaded.model.indicators.map(\.id))
    return loaded.model.schema.ids.filter {
      csv.table.columns[$0.index] == .absent && !loaded.model.latent.contains($0) && !derived.contains($0)
    }
  }

  private func checkColumns(for loaded: LoadedModel, _ console: Console) throws {
    passWarningsOn(console)
    guard let id = absentVariables(loaded).first else { return }
    let remedy =
      loaded.model.schema[id].isCategorical
      ? "mark the variable 'latent: true' in \(displayName(loaded.path))"
      : "remove the variable from \(displayName(loaded.path))"
    throw CommandError(
      .data, "\(displayName(path)): there is no column \(loaded.model.schema[id].name); add it, or \(remedy)")
  }
}

/// The name of a file in messages; `-` is standard input.
func displayName(_ path: String) -> String { path == "-" ? "standard input" : path }
