internal import Latent

extension ReadingRemedy {
  /// The remedy in terms of the options of this tool.
  var words: String {
    switch self {
    case .ignoreUnknownColumns: "leave such columns out with --ignore-columns"
    case .nameOrIgnoreColumn: "give it one, or leave it out with --ignore-columns"
    case .addStateOrMissingToken: "add it to the model or list it with --missing"
    case .addEmptyMissingToken: "list the empty text with --missing"
    case .correctOrMissingToken: "correct it or list it with --missing"
    case .parentOrder(let order, let format):
      "convert with --\(format.rawValue)-order \(order.rawValue) reads them "
        + (order == .first ? "as aGrUM writes them" : "otherwise")
    }
  }
}

extension FileError {
  /// The error in the words of this tool.
  var sentence: String { description(\.words) }
}

extension FileWarning {
  /// The warning in the words of this tool.
  var sentence: String { description(\.words) }
}
