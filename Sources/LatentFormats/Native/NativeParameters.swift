internal import LatentData
internal import LatentModels

/// Collects the tables that a document states: maps keyed by the parents' states around lists of probabilities.
struct NativeParameters {
  /// The tables so far.
  private(set) var assembly: ModelAssembly
  private let structure: NetworkStructure
  private let source: SourceText
  private let codes: [[String: Int]]

  private struct Rows {
    var cells: [Double] = []
    var places: [SourceText.Place] = []
    var states: [String] = []
  }

  init(structure: NetworkStructure, source: SourceText) {
    self.structure = structure
    self.source = source
    assembly = ModelAssembly(structure, source)
    codes = structure.schema.variables.map { Dictionary(uniqueKeysWithValues: zip($0.states, 0...)) }
  }

  mutating func read(_ node: DocumentNode) throws(FileError) {
    guard case .map(let entries) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected a map from variables to their parameters")
    }
    for entry in entries {
      let id = try Self.variable(entry, structure.schema, source)
      guard !entry.value.isNull else { continue }
      var rows = Rows()
      try read(entry.value, of: id, structure.family(of: id).parents[...], into: &rows)
      try assembly.add(rows.cells, of: id) { rows.places[$0] }
    }
  }

  /// The variable that a key names.
  static func variable(
    _ entry: DocumentNode.Entry, _ schema: Schema, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let id = schema[entry.key] { return id }
    let names = schema.variables.lazy.map(\.name)
    let remedy = NearestName.remedy(for: entry.key, among: names, otherwise: "add it under 'variables'")
    throw source.error(at: entry.place, "'\(entry.key)' is not a variable\(remedy)")
  }

  private func read(
    _ node: DocumentNode, of id: VariableID, _ parents: ArraySlice<VariableID>, into rows: inout Rows
  ) throws(FileError) {
    guard let parent = parents.first else { return try readRow(node, of: id, into: &rows) }
    let variable = structure.schema[parent]
    let name = structure.schema[id].name
    guard case .map(let entries) = node.content else {
      throw source.error(
        at: node.place,
        "found \(node.kind) in the parameters of \(name), expected a map keyed by the states of its parent "
          + "\(variable.name) (\(Self.list(variable.states)))")
    }
    let place = node.place
    var found = [DocumentNode?](repeating: nil, count: variable.cardinality)
    for entry in entries {
      guard let code = codes[parent.index][entry.key] else {
        throw source.error(
          at: entry.place,
          "'\(entry.key)' is not a state of \(variable.name), a parent of \(name); "
            + "expected one of \(Self.list(variable.states))")
      }
      found[code] = entry.value
    }
    for (state, value) in zip(variable.states, found) {
      rows.states.append("\(variable.name)=\(state)")
      guard let value else {
        throw source.error(
          at: place,
          "the parameters of \(name) have no row for \(rows.states.joined(separator: ", ")); "
            + "give all rows of a variable or none")
      }
      try read(value, of: id, parents.dropFirst(), into: &rows)
      rows.states.removeLast()
    }
  }

  private func readRow(_ node: DocumentNode, of id: VariableID, into rows: inout Rows) throws(FileError) {
    switch structure.family(of: id).law {
    case .table: try readProbabilities(node, of: structure.schema[id], into: &rows)
    case .gaussian: try readGaussian(node, of: structure.schema[id], into: &rows)
    }
    rows.places.append(node.place)
  }

  private func readGaussian(_ node: DocumentNode, of variable: Variable, into rows: inout Rows) throws(FileError) {
    let keys = ["mean", "variance"]
    let fields = try NativeFields(node, known: keys, of: "the parameters of \(variable.name)", source)
    for key in keys {
      guard let field = fields[key] else {
        throw source.error(
          at: node.place, "the parameters of \(variable.name) have no \(key); write {mean: 0, variance: 1}")
      }
      guard case .scalar(let scalar) = field.content, !scalar.isQuoted, let value = DecimalNumber.parse(scalar.text)
      else { throw source.error(at: field.place, "found \(field.kind), expected a number for '\(key)'") }
      rows.cells.append(value)
    }
  }

  private func readProbabilities(
    _ node: DocumentNode, of variable: Variable, into rows: inout Rows
  ) throws(FileError) {
    guard case .list(let numbers) = node.content else {
      throw source.error(
        at: node.place,
        "found \(node.kind) in the parameters of \(variable.name), expected a list of \(variable.cardinality) "
          + "probabilities, one for each state")
    }
    guard numbers.count == variable.cardinality else {
      throw source.error(
        at: node.place,
        "this row of \(variable.name) has \(numbers.count) probabilities; expected \(variable.cardinality), "
          + "one for each of \(Self.list(variable.states))")
    }
    for number in numbers {
      guard case .scalar(let scalar) = number.content, !scalar.isQuoted, let value = DecimalNumber.parse(scalar.text)
      else { throw source.error(at: number.place, "found \(number.kind), expected a probability") }
      guard value >= 0 else {
        throw source.error(at: number.place, "\(number.kind) is negative; a probability lies between 0 and 1")
      }
      rows.cells.append(value)
    }
  }

  /// The first labels of a list, for error sentences.
  static func list(_ states: [String]) -> String {
    states.prefix(8).joined(separator: ", ") + (states.count > 8 ? ", ..." : "")
  }
}
