internal import LatentData

/// The texts that stand for a missing cell.
///
/// Case matters. A token that is a declared state of its variable is that state, not a missing cell. Tokens count in quotes, too. A
/// token that is a number stands for every spelling of it: `-9` for `-9.0`.
public struct MissingTokens: Hashable, Sendable {
  /// The tokens that hold unless they are replaced: the empty cell, `NA`, `N/A`, `NaN`, `null` and `?`.
  public static let standard = ["", "NA", "N/A", "NaN", "null", "?"]

  private enum Base { case standard, none }

  private let base: Base
  /// Tokens as a user types them.
  private let typed: [String]

  /// The standard tokens, those of the codebook, and more, each `TOKEN` or `COLUMN=TOKEN`, or several with commas between.
  ///
  /// A text with an equals sign is for one column when what stands left of it is the name of a column of the
  /// file; otherwise all of it is a token. In `COLUMN=8,9` both tokens are for the column. A token with a comma in it has
  /// its place in a codebook.
  public init(adding typed: [String] = []) {
    self.typed = typed
    base = .standard
  }

  /// These tokens and no others, those of a codebook included; without `""` among them, an empty cell is not missing.
  public init(only typed: [String]) {
    self.typed = typed
    base = .none
  }

  /// The tokens for a file with these columns; standard ones first, no two alike.
  func resolved(header: [String], codebook: Codebook) -> [ResolvedToken] {
    var tokens: [ResolvedToken] = []
    func add(_ text: String, _ column: String?, _ origin: ResolvedToken.Origin) {
      guard !tokens.contains(where: { $0.text == text && $0.column == column }) else { return }
      tokens.append(ResolvedToken(text: text, column: column, origin: origin))
    }
    if base == .standard {
      for text in Self.standard { add(text, nil, .standard) }
      for text in codebook.missing { add(text, nil, .codebook) }
      for (column, texts) in codebook.missingByVariable.sorted(by: { $0.key < $1.key }) {
        for text in texts { add(text, column, .codebook) }
      }
    }
    let columns = Set(header)
    for text in typed {
      for (token, column) in Self.pieces(of: text, columns) { add(token, column, .typed) }
    }
    return tokens
  }

  /// The tokens in what a user typed, each with the column that it is for; a column holds until another is named.
  private static func pieces(of typed: String, _ columns: Set<String>) -> [(token: String, column: String?)] {
    var column: String?
    var pieces: [(token: String, column: String?)] = []
    var rest = typed[...]
    while true {
      if let name = columnName(before: rest, columns) {
        column = columns.contains(String(name)) ? String(name) : trimmed(name)
        rest = rest[name.endIndex...].dropFirst()
      }
      let token = rest.prefix { $0 != "," }
      pieces.append((trimmed(token), column))
      guard token.endIndex < rest.endIndex else { return pieces }
      rest = rest[token.endIndex...].dropFirst()
    }
  }

  /// The name of a column that a text begins with, with an equals sign behind it.
  private static func columnName(before text: Substring, _ columns: Set<String>) -> Substring? {
    let equalsSigns = text.indices.filter { text[$0] == "=" }
    return equalsSigns.lazy.map { text[..<$0] }.first { columns.contains(trimmed($0)) }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// A missing token as it applies to one file.
struct ResolvedToken: Hashable {
  /// Who said that it stands for a missing cell.
  enum Origin { case standard, codebook, typed }

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
