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

  var table: Table { csv.table }

  /// Reads a table for a model, passes warnings on, and checks that variables without a column may be without one.
  init(
    _ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console,
    otherText: CSVOptions.OtherText = .dropped
  ) throws {
    self.path = path
    csv = try CSV.readTable(
      path, schema: loaded.model.schema, options: options.csvOptions(otherText: otherText))
    try check(for: loaded, console)
  }

  /// Reads a table block by block and keeps its first rows only.
  init(
    _ path: String, for loaded: LoadedModel, _ options: DataOptions, _ console: Console, keeping limit: Int,
    forEachBlock body: (Table) throws -> Void
  ) throws {
    self.path = path
    csv = try CSV.readTable(
      path, schema: loaded.model.schema, options: options.csvOptions(), keeping: limit, forEachBlock: body)
    try check(for: loaded, console)
  }

  private func check(for loaded: LoadedModel, _ console: Console) throws {
    for warning in csv.warnings { console.note("\(displayName(path)): \(warning.sentence)") }
    guard loaded.file.declaresLatentVariables else { return }
    for id in loaded.model.schema.ids where csv.table.columns[id.index] == .absent {
      guard !loaded.model.latent.contains(id) else { continue }
      let remedy =
        loaded.model.schema[id].isCategorical
        ? "mark the variable 'latent: true' in \(displayName(loaded.path))"
        : "remove the variable from \(displayName(loaded.path))"
      throw CommandError(
        .data, "\(displayName(path)): there is no column \(loaded.model.schema[id].name); add it, or \(remedy)")
    }
  }
}

/// The name of a file in messages; `-` is standard input.
func displayName(_ path: String) -> String { path == "-" ? "standard input" : path }
