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

  /// The name of the file without directories and extensions; empty for standard input.
  var nameOfFile: String {
    guard path != "-" else { return "" }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return name.split(separator: ".").first.map(String.init) ?? name
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

  /// Reads a table to learn from, passes warnings on, and checks that variables without a column may be without one.
  init(_ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console) throws {
    self.path = path
    csv = try CSV.readTable(path, schema: loaded.model.schema, options: options.csvOptions(loaded.model.codebook))
    table = csv.table
    hidden = []
    try checkColumns(for: loaded, console)
  }

  /// Reads a table to learn from block by block and keeps its first rows only.
  init(
    _ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console, keeping limit: Int,
    forEachBlock body: (Table) throws -> Void
  ) throws {
    self.path = path
    csv = try CSV.readTable(
      path, schema: loaded.model.schema, options: options.csvOptions(loaded.model.codebook), keeping: limit,
      forEachBlock: body)
    table = csv.table
    hidden = []
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
      path, schema: schema, options: options.dataOptions.csvOptions(loaded.model.codebook, otherText: otherText))
    // What is not seen is not known to be missing either.
    table = csv.table.hiding(named + loaded.model.indicators.filter { named.contains($0.variable) }.map(\.id))
    passWarningsOn(console)
    let absent = absentVariables(loaded).map { schema[$0].name }
    guard !absent.isEmpty else { return }
    console.note(
      "\(displayName(path)): there is no column \(listed(absent)); "
        + "\(absent.count == 1 ? "the variable is" : "these variables are") unobserved in every row")
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
