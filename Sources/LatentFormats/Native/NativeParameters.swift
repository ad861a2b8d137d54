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
      let id = try Self.child(entry, structure, source)
      guard !entry.value.isNull else { continue }
      var rows = Rows()
      try read(entry.value, of: id, structure.family(of: id).parents[...], into: &rows)
      try assembly.add(rows.cells, of: id) { rows.places[$0] }
    }
  }

  /// The variable, or the first column of the block, that a key names.
  static func child(
    _ entry: DocumentNode.Entry, _ structure: NetworkStructure, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let family = structure.families.first(where: { $0.name == entry.key }) { return family.child }
    if let column = structure.schema[entry.key] {
      let block = structure.family(of: column).name
      throw source.error(
        at: entry.place, "\(entry.key) is a column of the block \(block); give the parameters of the block")
    }
    let names = structure.families.lazy.map(\.name)
    let remedy = NearestName.remedy(for: entry.key, among: names, otherwise: "add it under 'variables'")
    throw source.error(at: entry.place, "'\(entry.key)' is not a variable\(remedy)")
  }

  private func read(
    _ node: DocumentNode, of id: VariableID, _ parents: ArraySlice<VariableID>, into rows: inout Rows
  ) throws(FileError) {
    guard let parent = parents.first else { return try readRow(node, of: id, into: &rows) }
    let variable = structure.schema[parent]
    let name = structure.family(of: id).name
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
    let family = structure.family(of: id)
    switch family.law {
    case .table: try readProbabilities(node, of: structure.schema[id], into: &rows)
    case .gaussian where structure.isBlock(family): try readBlock(node, of: family, into: &rows)
    case .gaussian: try readNumbers(["mean", "variance"], node, of: family.name, "{mean: 0, variance: 1}", into: &rows)
    case .poisson: try readNumbers(["rate"], node, of: family.name, "{rate: 1}", into: &rows)
    }
    rows.places.append(node.place)
  }

  private func readNumbers(
    _ keys: [String], _ node: DocumentNode, of name: String, _ example: String, into rows: inout Rows
  ) throws(FileError) {
    let fields = try NativeFields(node, known: keys, of: "the parameters of \(name)", source)
    for key in keys {
      rows.cells.append(try number(try field(key, fields, node, of: name, example), for: key))
    }
  }

  /// What two entries across the diagonal may differ by, as a share of the geometric mean of their variances: programs
  /// that print covariances leave the rounding of their products there.
  private static let asymmetry = 1e-9

  /// The mean of a block, and its covariance, of which the lower triangle is kept.
  private func readBlock(_ node: DocumentNode, of family: Family, into rows: inout Rows) throws(FileError) {
    let count = family.children.count
    let fields = try NativeFields(
      node, known: ["mean", "covariance"], of: "the parameters of \(family.name)", source)
    let example = "{mean: [0, 0], covariance: [[1, 0], [0, 1]]}"
    let mean = try numbers(
      try field("mean", fields, node, of: family.name, example), count: count, "the mean of \(family.name)")
    let matrix = try field("covariance", fields, node, of: family.name, example)
    guard case .list(let lines) = matrix.content, lines.count == count else {
      throw source.error(
        at: matrix.place, "found \(matrix.kind), expected the covariance of \(family.name): a list of \(count) rows")
    }
    var covariance: [[Double]] = []
    for line in lines {
      covariance.append(try numbers(line, count: count, "a row of the covariance of \(family.name)"))
    }
    for row in 0..<count {
      for column in 0..<row {
        let (below, above) = (covariance[row][column], covariance[column][row])
        let scale = (covariance[row][row] * covariance[column][column]).magnitude.squareRoot()
        guard (below - above).magnitude > Self.asymmetry * scale else { continue }
        throw source.error(
          at: lines[row].place,
          "the covariance of \(family.name) is not symmetric: \(below) and \(above) stand "
            + "across the diagonal; make them equal")
      }
    }
    rows.cells += mean + covariance.enumerated().flatMap { $1[...$0] }
  }

  private func field(
    _ key: String, _ fields: NativeFields, _ node: DocumentNode, of name: String, _ example: String
  ) throws(FileError) -> DocumentNode {
    guard let field = fields[key] else {
      throw source.error(at: node.place, "the parameters of \(name) have no \(key); write \(example)")
    }
    return field
  }

  private func numbers(_ node: DocumentNode, count: Int, _ subject: String) throws(FileError) -> [Double] {
    guard case .list(let nodes) = node.content, nodes.count == count else {
      throw source.error(at: node.place, "found \(node.kind), expected \(subject): a list of \(count) numbers")
    }
    var values: [Double] = []
    for node in nodes { values.append(try number(node, for: subject)) }
    return values
  }

  private func number(_ node: DocumentNode, for key: String) throws(FileError) -> Double {
    guard case .scalar(let scalar) = node.content, !scalar.isQuoted, let value = DecimalNumber.parse(scalar.text)
    else { throw source.error(at: node.place, "found \(node.kind), expected a number for '\(key)'") }
    return value
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
