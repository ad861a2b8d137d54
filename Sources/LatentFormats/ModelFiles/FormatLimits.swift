internal import LatentData
internal import LatentModels

/// What formats of Bayesian networks with tables, and nothing else, cannot say of a model.
struct FormatLimits {
  /// The name of the format in sentences.
  let format: String

  /// One sentence for each kind of thing that is lost.
  func notes(of model: Model) -> [String] {
    func names(_ ids: Set<VariableID>) -> String { ids.sorted().map { model.schema[$0].name }.joined(separator: ", ") }
    var notes: [String] = []
    if !model.latent.isEmpty { notes.append("\(format) cannot say that variables are latent: \(names(model.latent))") }
    if !model.fixed.isEmpty { notes.append("\(format) cannot say that parameters are fixed: \(names(model.fixed))") }
    return notes
  }

  /// Refuses a model without all its tables; otherwise hands them back.
  func tables(of model: Model, file: String) throws(FileError) -> [[Double]] {
    if let id = model.unparameterized.first {
      throw FileError(
        .invalid, file: file,
        "variable \(model.schema[id].name) has no parameters, which \(format) cannot leave out; fit the model first, "
          + "or write it as .yaml or .json")
    }
    return model.tables.compactMap { $0 }
  }
}
