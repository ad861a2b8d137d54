/// The texts that stand for a missing cell.
///
/// Case matters. A token that is a declared state of its variable is that state, not a missing cell. Tokens count in quotes, too.
public struct MissingTokens: Hashable, Sendable {
  /// The tokens that hold unless they are replaced: the empty cell, `NA`, `N/A`, `NaN`, `null` and `?`.
  public static let standard = ["", "NA", "N/A", "NaN", "null", "?"]

  private enum Base { case standard, none }

  private let base: Base
  /// Tokens as a user types them: `TOKEN`, or `COLUMN=TOKEN` for one column.
  private let typed: [String]

  /// The standard tokens and more, each `TOKEN` or `COLUMN=TOKEN`.
  ///
  /// A text with an equals sign is for one column when what stands left of it is the name of a column of the
  /// file; otherwise all of it is a token.
  public init(adding typed: [String] = []) {
    self.typed = typed
    base = .standard
  }

  /// These tokens and no others; without `""` among them, an empty cell is not missing.
  public init(only typed: [String]) {
    self.typed = typed
    base = .none
  }

  /// The tokens for a file with these columns; standard ones first, no two alike.
  func resolved(header: [String]) -> [ResolvedToken] {
    let columns = Set(header)
    var tokens: [ResolvedToken] = []
    if base == .standard { tokens = Self.standard.map { ResolvedToken(text: $0, column: nil, origin: .standard) } }
    for text in typed {
      let token = Self.resolve(text, columns: columns)
      if !tokens.contains(where: { $0.text == token.text && $0.column == token.column }) { tokens.append(token) }
    }
    return tokens
  }

  private static func resolve(_ text: String, columns: Set<String>) -> ResolvedToken {
    for equals in text.indices where text[equals] == "=" {
      let column = String(text[..<equals])
      if columns.contains(column) {
        return ResolvedToken(text: String(text[text.index(after: equals)...]), column: column, origin: .typed)
      }
    }
    return ResolvedToken(text: text, column: nil, origin: .typed)
  }
}

/// A missing token as it applies to one file.
struct ResolvedToken: Hashable {
  enum Origin { case standard, typed }

  let text: String
  /// The one column that it is for; nil for all.
  let column: String?
  let origin: Origin

  func applies(to name: String) -> Bool { column == nil || column == name }
}

/// How many cells of a table a missing token stood in.
public struct MissingTokenCount: Hashable, Sendable {
  /// The token; empty for the empty cell.
  public let token: String
  /// The one column that the token is for; nil when it is for all.
  public let column: String?
  /// The number of cells of variables, rows of weight 0 included.
  public let cells: Int
}
