/// Attributes that mean nothing to a network and that the writer has no place for.
struct IgnoredAttributes {
  private var names: Set<String> = []

  /// Notes the attributes of an element but for those that are known.
  mutating func note(_ element: MarkupElement, but known: String? = nil) {
    for name in element.attributes.keys where name != known { names.insert("\(name) of <\(element.name)>") }
  }

  /// One sentence about all; nil when there are none.
  func warning(format: String) -> FileWarning? {
    guard !names.isEmpty else { return nil }
    return "attributes that \(format) does not have are left out: \(names.sorted().joined(separator: ", "))"
  }
}
