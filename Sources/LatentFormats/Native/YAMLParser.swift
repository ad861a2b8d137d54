internal import Yams

/// Reads YAML into nodes that keep every scalar as it was typed.
enum YAMLParser {
  static func parse(_ source: SourceText) throws(FileError) -> DocumentNode {
    try YAMLGuard.check(source)
    guard let text = String(validating: source.bytes.dropByteOrderMark, as: UTF8.self) else {
      throw FileError(.invalid, file: source.file, "the file is not UTF-8; save it in that encoding")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text, .basic, .default, .utf8) } catch {
      throw Self.error(error, in: source)
    }
    guard let root else { throw source.error(at: .offset(0), "the file is empty; expected a model") }
    return try node(root, source)
  }

  private static func node(_ node: Node, _ source: SourceText) throws(FileError) -> DocumentNode {
    let place = place(node.mark)
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain
      return DocumentNode(place: place, content: .scalar(.init(text: scalar.string, isQuoted: isQuoted)))
    case .sequence(let sequence):
      var list: [DocumentNode] = []
      list.reserveCapacity(sequence.count)
      for element in sequence { list.append(try self.node(element, source)) }
      return DocumentNode(place: place, content: .list(list))
    case .mapping(let mapping):
      var entries: [DocumentNode.Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else {
          throw source.error(at: Self.place(key.mark), "a key must be a name; quote it if it has brackets")
        }
        entries.append(
          .init(key: scalar.string, place: Self.place(key.mark), value: try self.node(value, source)))
      }
      if let entry = DocumentNode.duplicate(in: entries) {
        throw DocumentNode.duplicateKey(entry.key, at: entry.place, in: source)
      }
      return DocumentNode(place: place, content: .map(entries))
    case .alias:
      throw source.error(at: place, "anchors and aliases are not read; write the value out")
    }
  }

  private static func place(_ mark: Mark?) -> SourceText.Place {
    .mark(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private static func error(_ error: any Error, in source: SourceText) -> FileError {
    guard let error = error as? YamlError else {
      return FileError(.invalid, file: source.file, "the file cannot be read as YAML")
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return source.error(
        at: place(mark), "this is not YAML: \(problem); check the indentation, and quote names that have punctuation")
    case .composer(_, _, let mark, _):
      return source.error(at: place(mark), "a second document begins here; a model file holds one")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return DocumentNode.duplicateKey(duplicates.first ?? "", at: place(context.mark), in: source)
    case .reader(let problem, _, _, _):
      return FileError(.invalid, file: source.file, "this is not YAML: \(problem)")
    default:
      return FileError(.invalid, file: source.file, "the file cannot be read as YAML")
    }
  }
}
