/// A YAML or JSON document as it was typed: scalars are text, maps keep their order and have no key twice.
struct DocumentNode {
  enum Content {
    case scalar(Scalar)
    case list([DocumentNode])
    case map([Entry])
  }

  /// A word, a number or a quoted text.
  struct Scalar {
    let text: String
    /// Whether it stands in quotes, and so cannot mean a number, a truth value or nothing.
    let isQuoted: Bool
  }

  /// A key and its value.
  struct Entry {
    let key: String
    let place: SourceText.Place
    let value: DocumentNode
  }

  let place: SourceText.Place
  let content: Content

  /// Deeper lists and maps are refused, for they would exhaust the stack; a table has a level for each parent.
  static let maximumDepth = 200

  /// Whether the node says nothing: an empty value, `null` or `~` without quotes.
  var isNull: Bool {
    guard case .scalar(let scalar) = content, !scalar.isQuoted else { return false }
    return ["", "null", "~"].contains(scalar.text)
  }

  /// What the node is, for error sentences.
  var kind: String {
    switch content {
    case .scalar(let scalar):
      isNull ? "nothing" : scalar.isQuoted ? TextSpelling.quoted(scalar.text) : "'\(scalar.text)'"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// The first key that stands twice in a list of entries; linear.
  static func duplicate(in entries: [Entry]) -> Entry? {
    var seen = Set<String>()
    return entries.first { !seen.insert($0.key).inserted }
  }

  static func tooDeep(at place: SourceText.Place, in source: SourceText) -> FileError {
    source.error(at: place, "lists and maps are nested more than \(maximumDepth) deep; no model needs that")
  }

  static func duplicateKey(_ key: String, at place: SourceText.Place, in source: SourceText) -> FileError {
    source.error(at: place, "the key '\(key)' is there twice in one map; remove one of the two")
  }
}
