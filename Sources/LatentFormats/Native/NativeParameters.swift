internal import LatentData
internal import LatentModels

/// Collects the tables that a document states: maps keyed by the parents' states around lists of probabilities.
struct NativeParameters {
  /// The tables so far.
  private(set) var assembly: ModelAssembly
  private let structure: NetworkStructure
  private let source: SourceText
  private let codes: [[String: Int]]
  private let edges: NativeEdges

  private struct Rows {
    var cells: [Double] = []
    var places: [SourceText.Place] = []
    var states: [String] = []

    /// Brings the rows of later steps, which stand in the order of the edges, into that of a family.
    mutating func sortRows(
      as edges: [(parent: VariableID, isEarlier: Bool)], by family: Family, _ schema: Schema
    ) {
      let axes = family.parents.map { ($0, false) } + family.lags.map { ($0, true) }
      guard !zip(axes, edges).allSatisfy({ $0.0 == $1.parent && $0.1 == $1.isEarlier }) else { return }
      let written = MixedRadix(edges.map { schema[$0.parent].cardinality })
      let target = MixedRadix(axes.map { schema[$0.0].cardinality })
      let (cells, places) = (cells, places)
      for row in places.indices {
        let digits = written.digits(of: row)
        let position = zip(axes, target.bases).reduce(0) { position, axis in
          let level = edges.firstIndex { $0.parent == axis.0.0 && $0.isEarlier == axis.0.1 } ?? 0
          return position * axis.1 + digits[level]
        }
        self.places[position] = places[row]
        self.cells.replaceSubrange(
          position * family.width..<(position + 1) * family.width,
          with: cells[row * family.width..<(row + 1) * family.width])
      }
    }
  }

  init(structure: NetworkStructure, edges: NativeEdges, source: SourceText) {
    self.structure = structure
    self.edges = edges
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
      if structure.family(of: id).lags.isEmpty {
        try read(entry.value, of: id, axes(structure.family(of: id).parents)[...], into: &rows)
      } else {
        try readChain(entry.value, structure.family(of: id), into: &rows)
      }
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

  /// A level of nested maps: the states of a parent, which may be one of the previous step.
  private struct Axis {
    let parent: VariableID
    let name: String
  }

  private func axes(_ parents: [VariableID]) -> [Axis] {
    parents.map { Axis(parent: $0, name: structure.schema[$0].name) }
  }

  /// The rows of the first step, and those of the later steps, whose levels stand in the order of the edges.
  private func readChain(_ node: DocumentNode, _ family: Family, into rows: inout Rows) throws(FileError) {
    let fields = try NativeFields(
      node, known: ["initial", "transition"], of: "the parameters of \(family.name)", source)
    guard let transition = fields["transition"] else {
      throw source.error(
        at: node.place,
        "the parameters of \(family.name) have no transition; write {initial: [0.5, 0.5], transition: {...}}")
    }
    var later = Rows()
    let edges = edges.edges(into: family.child)
    let levels = edges.map {
      Axis(parent: $0.parent, name: structure.schema[$0.parent].name + ($0.isEarlier ? "[t-1]" : ""))
    }
    try read(transition, of: family.child, levels[...], into: &later)
    later.sortRows(as: edges, by: family, structure.schema)
    let isStationary = structure.dynamics.initial(of: family.child) == .stationary
    let stationary = isStationary ? try self.stationary(later, family, at: transition.place) : nil
    if let initial = fields["initial"] {
      try read(initial, of: family.child, axes(family.parents)[...], into: &rows)
      if let stationary { try check(rows.cells, isNearly: stationary, family, at: initial.place) }
    }
    if let stationary { (rows.cells, rows.places) = (stationary, [transition.place]) }
    guard !rows.cells.isEmpty else {
      throw source.error(
        at: node.place, "the parameters of \(family.name) have no initial distribution; add 'initial: [...]'")
    }
    rows.cells += later.cells
    rows.places += later.places
  }

  /// The stationary distribution of a transition.
  private func stationary(
    _ transition: Rows, _ family: Family, at place: SourceText.Place
  ) throws(FileError) -> [Double] {
    guard let found = StationaryDistribution(of: transition.cells, states: family.width) else {
      throw source.error(
        at: place,
        "the transition of \(family.name) has no unique stationary distribution; change it, or write 'initial: free'")
    }
    return found.probabilities
  }

  private func check(
    _ initial: [Double], isNearly stationary: [Double], _ family: Family, at place: SourceText.Place
  ) throws(FileError) {
    for (state, (found, expected)) in zip(structure.schema[family.child].states, zip(initial, stationary))
    where !((found - expected).magnitude <= 1e-4) {
      throw source.error(
        at: place,
        "the initial probability of \(family.name)=\(state) is \(found), but in the stationary distribution of the "
          + "transition it is \(expected); leave 'initial' out of the parameters, or correct it")
    }
  }

  private func read(
    _ node: DocumentNode, of id: VariableID, _ parents: ArraySlice<Axis>, into rows: inout Rows
  ) throws(FileError) {
    guard let axis = parents.first else { return try readRow(node, of: id, into: &rows) }
    let parent = axis.parent
    let variable = structure.schema[parent]
    let name = structure.family(of: id).name
    guard case .map(let entries) = node.content else {
      throw source.error(
        at: node.place,
        "found \(node.kind) in the parameters of \(name), expected a map keyed by the states of its parent "
          + "\(axis.name) (\(Self.list(variable.states)))")
    }
    let place = node.place
    var found = [DocumentNode?](repeating: nil, count: variable.cardinality)
    for entry in entries {
      guard let code = codes[parent.index][entry.key] else {
        throw source.error(
          at: entry.place,
          "'\(entry.key)' is not a state of \(axis.name), a parent of \(name); "
            + "expected one of \(Self.list(variable.states))")
      }
      found[code] = entry.value
    }
    for (state, value) in zip(variable.states, found) {
      rows.states.append("\(axis.name)=\(state)")
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
