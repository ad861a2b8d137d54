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
    let isPlain = !word.isEmpty && word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "_-./=+,:@%".utf8.contains(byte)
      }
    }
    return isPlain ? word : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }
}
