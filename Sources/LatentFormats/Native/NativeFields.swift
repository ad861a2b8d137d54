internal import LatentData
internal import LatentModels

/// The keys of a map in the native document, each known and each there once.
struct NativeFields {
  private let entries: [String: DocumentNode.Entry]
  let source: SourceText
  let place: SourceText.Place

  /// Takes a map apart; keys that are not known are refused with the nearest known one.
  init(
    _ node: DocumentNode, known: [String], of owner: String, _ source: SourceText
  ) throws(FileError) {
    let list = known.joined(separator: ", ")
    guard case .map(let found) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected \(owner): a map with the keys \(list)")
    }
    var entries: [String: DocumentNode.Entry] = [:]
    for entry in found {
      guard known.contains(entry.key) else {
        let remedy = NearestName.remedy(for: entry.key, among: known, otherwise: "\(owner) has the keys \(list)")
        throw source.error(at: entry.place, "unknown key '\(entry.key)'\(remedy)")
      }
      entries[entry.key] = entry
    }
    self.entries = entries
    self.source = source
    place = node.place
  }

  /// The value of a key; nil when it is not there or says nothing.
  subscript(key: String) -> DocumentNode? {
    guard let value = entries[key]?.value, !value.isNull else { return nil }
    return value
  }

  /// Where the key of a field stands.
  func keyPlace(_ key: String) -> SourceText.Place { entries[key]?.place ?? place }

  /// A field that says yes or no; no when it is not there.
  func flag(_ key: String) throws(FileError) -> Bool {
    guard let node = entries[key]?.value else { return false }
    if case .scalar(let scalar) = node.content, !scalar.isQuoted {
      if scalar.text == "true" { return true }
      if scalar.text == "false" { return false }
    }
    throw source.error(at: node.place, "found \(node.kind), expected true or false for '\(key)'")
  }
}
