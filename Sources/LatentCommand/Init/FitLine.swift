internal import Latent

/// The command line that learns a new model from the table it was made of.
struct FitLine {
  let text: String

  init(model: String, data: String, _ options: TableOptions, _ columns: ColumnChoice) {
    var words = ["latent", "fit", model == "-" ? "MODEL" : model, data == "-" ? "DATA" : data]
    if !columns.leftOut.isEmpty { words.append("--ignore-columns") }
    if let weights = options.weights { words += ["--weights", weights] }
    words += ["-o", "fitted.yaml"]
    text = words.map(ShellWord.quoted).joined(separator: " ")
  }
}
