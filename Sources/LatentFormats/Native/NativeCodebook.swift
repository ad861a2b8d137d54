internal import LatentData

/// What a document says of the cells of tables: `missing` at its top or beside a variable, and `cuts` beside one.
struct NativeCodebook {
  private(set) var codebook = Codebook()
  private let source: SourceText
  /// What stands in place of a list of texts where a missing cell is the last state of its variable.
  static let asState = "state"

  init(_ source: SourceText) { self.source = source }

  /// Reads the list of missing tokens for all columns.
  mutating func readMissing(_ fields: NativeFields) throws(FileError) {
    if let node = fields["missing"] { codebook.missing = try tokens(node) }
  }

  /// Reads what stands beside a variable.
  mutating func read(_ fields: NativeFields, of variable: String) throws(FileError) {
    if let node = fields["missing"] {
      if case .scalar(let scalar) = node.content, scalar.text == Self.asState {
        codebook = codebook.withMissingStates(of: [variable])
      } else {
        codebook.missingByVariable[variable] = try tokens(node)
      }
    }
    guard let node = fields["cuts"] else { return }
    guard case .list(let nodes) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected a list of numbers such as [7.4, 9.7]")
    }
    var points: [Double] = []
    for node in nodes {
      guard case .scalar(let scalar) = node.content, !scalar.isQuoted, let point = DecimalNumber.parse(scalar.text)
      else { throw source.error(at: node.place, "found \(node.kind), expected a number that cuts \(variable)") }
      points.append(point)
    }
    do { codebook.cuts[variable] = try Cuts(points) } catch {
      throw source.error(at: node.place, "variable \(variable): \(error)")
    }
  }

  /// Reads the missing tokens beside a block: a list for all of its columns, or a map from columns to lists.
  mutating func read(_ fields: NativeFields, of block: String, columns: [String]) throws(FileError) {
    guard let node = fields["missing"] else { return }
    guard case .map(let entries) = node.content else {
      let texts = try tokens(node)
      for column in columns { codebook.missingByVariable[column] = texts }
      return
    }
    for entry in entries {
      guard columns.contains(entry.key) else {
        let remedy = NearestName.remedy(
          for: entry.key, among: columns, otherwise: "its columns are \(CellText.list(columns))")
        throw source.error(at: entry.place, "'\(entry.key)' is not a column of \(block)\(remedy)")
      }
      codebook.missingByVariable[entry.key] = try tokens(entry.value)
    }
  }

  /// Checks that a variable has a state for each interval that its numbers are cut into, and that states named after
  /// intervals are named after these.
  func check(_ states: [String], of variable: String, _ fields: NativeFields) throws(FileError) {
    guard let cuts = codebook.cuts[variable] else { return }
    guard states.count == cuts.intervalCount else {
      throw source.error(
        at: fields.keyPlace("cuts"),
        "\(cuts.points.count) \(cuts.points.count == 1 ? "cut makes" : "cuts make") \(cuts.intervalCount) intervals, and "
          + "\(variable) has \(states.count) \(states.count == 1 ? "state" : "states"); make the two agree, or leave "
          + "'states' out")
    }
    for (state, label) in zip(states, cuts.labels) where state != label && Self.isInterval(state) {
      throw source.error(
        at: fields.keyPlace("states"),
        "the state '\(state)' of \(variable) stands where the cuts make \(label); correct one of the two, or leave "
          + "'states' out")
    }
  }

  /// Whether a label looks like the name that cuts give an interval.
  private static func isInterval(_ label: String) -> Bool { label.hasPrefix("(") && label.contains(", ") }

  private func tokens(_ node: DocumentNode) throws(FileError) -> [String] {
    guard case .list(let nodes) = node.content else {
      throw source.error(
        at: node.place, "found \(node.kind), expected a list of texts that stand for a missing cell, such as [-9, 99]")
    }
    var tokens: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node.content else {
        throw source.error(at: node.place, "found \(node.kind), expected a text that stands for a missing cell")
      }
      tokens.append(scalar.text)
    }
    return tokens
  }
}
