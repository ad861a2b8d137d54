internal import Latent

/// A model and the file that it was written to.
struct WrittenModel {
  let model: Model
  let path: String

  init(_ model: Model, _ path: String) {
    self.model = model
    self.path = path
  }

  /// Reads the file as anybody would who knows no more than its name, and compares every probability.
  ///
  /// - Throws: when a variable, a state, an edge or a single bit of a probability is not what was written.
  func verification(_ console: Console) throws -> String {
    let again = try LoadedModel(path, console).model
    let comparison: TableComparison
    do { comparison = try TableComparison(model, again) } catch {
      throw CommandError(.data, "\(path): read back, it is another model: \(error)")
    }
    guard let worst = comparison.worst else {
      let variables = counted(again.schema.count, "variable")
      let cells =
        again.structure.isCategorical
        ? counted(comparison.cells, "probability", plural: "probabilities") : counted(comparison.cells, "parameter")
      return "\(path): read back \(variables) and \(cells); worst difference 0\n"
    }
    let name = model.schema[worst.variable].name
    let table = model.table(of: worst.variable)
    let states = table?.caption(ofRow: worst.configuration) ?? ""
    let cell = "\(name)=\(table?.labels[worst.column] ?? "")\(states.isEmpty ? "" : " | \(states)")"
    throw CommandError(
      .data,
      "\(path): read back, the worst difference is \(worst.distance), at p(\(cell)): "
        + "\(worst.first) became \(worst.second)")
  }
}
