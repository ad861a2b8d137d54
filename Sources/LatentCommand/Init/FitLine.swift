internal import Latent

/// The command line that learns a new model from the table it was made of.
struct FitLine {
  let text: String

  init(model: String, data: String, _ options: TableOptions, _ columns: ColumnChoice) {
    var words = ["latent", "fit", model == "-" ? "MODEL" : model, data == "-" ? "DATA" : data]
    if !columns.leftOut.isEmpty { words.append("--ignore-columns") }
    for token in options.missing { words += ["--missing", token] }
    for token in options.onlyMissing { words += ["--only-missing", token] }
    if let weights = options.weights { words += ["--weights", weights] }
    words += ["-o", "fitted.yaml"]
    text = words.map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell reads it back.
  private static func quoted(_ word: String) -> String {
    guard word.isEmpty || !word.unicodeScalars.allSatisfy(isPlain) else { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'\(parts.joined(separator: "'\\''"))'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", "=", "+", ",", ":", "@", "%": true
    default: false
    }
  }
}
