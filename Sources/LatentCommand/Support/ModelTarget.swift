internal import Latent

/// Where a model is written to, and how.
struct ModelTarget {
  let path: String
  /// The format on standard output; files say theirs by their extension.
  var standardFormat = ModelFormat.yaml
  /// What the file that the model came from says beside it.
  var annotations: Annotations?
  var parentOrder = ParentOrder.last

  private var name: String { path == "-" ? "standard output" : path }

  var format: ModelFormat { ModelFormat(path: path) ?? standardFormat }

  /// The content of the file.
  func text(of model: Model) throws(FileError) -> ModelText {
    try format.text(of: model, carrying: annotations, parentOrder: parentOrder, file: name)
  }

  /// Writes the file, its side file first, and says what they cannot say.
  func write(_ model: Model, _ console: Console) throws {
    let text = try text(of: model)
    if text.companion != nil, ModelFormat.companionPath(of: path) == nil {
      console.note("\(name): the names stand in a side file, which standard output has no place for")
    }
    try text.write(to: path)
    for note in text.notes { console.note("\(name): \(note)") }
  }
}
