public import LatentData
public import LatentInference
internal import LatentModels

/// A part of a fit of numbers of which the likelihood says little about the data: a class without rows, or a normal
/// distribution whose variance would run to 0 and its likelihood beyond all bounds.
public struct DegenerateComponent: Hashable, Sendable {
  /// What is wrong.
  public enum Cause: Hashable, Sendable {
    /// A variance, or one in some direction, is the least that is allowed: the rows there have nearly equal numbers, or
    /// numbers of which one follows from the others.
    case varianceAtFloor
    /// A state of a latent variable in which less than a hundredth of a row is expected.
    case emptyClass
  }

  /// What is wrong.
  public let cause: Cause
  /// The number, the first column of a block, or the latent variable.
  public let variable: VariableID
  /// The configuration of the parents, 0 for a covariance that they share, or the state of the latent variable.
  public let configuration: Int
  /// The numbers that have the variance; with several, it is one in some direction. None for a class.
  public let columns: [VariableID]
  /// What has the variance: `height given kind=b`, or `height, weight in body given kind=b`; or the class: `kind=b`.
  public let name: String
  /// The rows that a variance sits on, as far as they were looked for: those that observe one of the columns, and are
  /// more likely than not in these states of the parents. Numbered from 0; the first ten.
  public internal(set) var rows: [Int] = []
  /// How many such rows there are.
  public internal(set) var rowCount = 0

  /// How many rows are named.
  static let rowsNamed = 10
}

extension Fit where Model == BayesianNetwork {
  /// The parts of a fit that are degenerate; none in a network of categories alone.
  ///
  /// - frame: that of the data, which has the floors.
  /// - latent: the variables of which no row, or not every row, says the state.
  /// - rowWeight: the mean weight of a row.
  func degenerateComponents(
    _ frame: Frame, latent: [VariableID], rowWeight: Double
  ) -> [DegenerateComponent] {
    let structure = model.structure
    guard !structure.isCategorical else { return [] }
    var found: [DegenerateComponent] = []
    for id in latent where structure.schema[id].isCategorical && !model.fixed.contains(id) {
      let weights = statistics.stateWeights(of: id, in: structure)
      guard weights.contains(where: { $0 > 0 }) else { continue }
      for (state, weight) in weights.enumerated() where weight < 0.01 * rowWeight {
        let name = "\(structure.schema[id].name)=\(structure.schema[id].states[state])"
        found.append(
          DegenerateComponent(cause: .emptyClass, variable: id, configuration: state, columns: [], name: name))
      }
    }
    for (family, configuration, numbers) in model.numbersAtFloor(frame) {
      let isShared = family.law == .gaussian(.tied)
      let weight = family.behavior.weight(of: statistics.values[family.statistics(in: configuration)])
      guard isShared ? configuration == 0 : weight > 0 else { continue }
      let columns = numbers.map { family.children[$0] }
      let names = columns.map { structure.schema[$0].name }.joined(separator: ", ")
      let parents = isShared ? "" : structure.describe(configuration: configuration, of: family.child)
      found.append(
        DegenerateComponent(
          cause: .varianceAtFloor, variable: family.child, configuration: configuration, columns: columns,
          name: (names == family.name ? names : "\(names) in \(family.name)")
            + (parents.isEmpty ? "" : " given \(parents)")))
    }
    return found
  }
}

extension ModelFit {
  /// Finds the rows that variances at their floor sit on; reads all rows, where there are such variances.
  ///
  /// - Throws: what reading throws, `InferenceError.otherVariables`, and what else inference in these rows throws.
  public mutating func locateDegenerateRows(in rows: some RowSource, memory: MemoryLimit = .standard) throws {
    // Which rows of a sequence belong to a component depends on all of its rows.
    guard network.structure.dynamics.isEmpty, degenerate.contains(where: { $0.cause == .varianceAtFloor }) else {
      return
    }
    var located = self
    for index in degenerate.indices { (located.degenerate[index].rows, located.degenerate[index].rowCount) = ([], 0) }
    var firstRow = 0
    try rows.forEachBlock { block in
      guard block.schema == network.schema else { throw InferenceError.otherVariables }
      let block = block.recordingMissingness(of: model.codebook)
      try located.locateDegenerateRows(in: block, firstRow: firstRow, memory)
      firstRow += block.rowCount
    }
    self = located
  }

  private mutating func locateDegenerateRows(in block: Table, firstRow: Int, _ memory: MemoryLimit) throws {
    let structure = network.structure
    let components = degenerate.indices.filter { degenerate[$0].cause == .varianceAtFloor }.map { index in
      let family = structure.family(of: degenerate[index].variable)
      let states = structure.parentStates(of: family.child, configuration: degenerate[index].configuration)
      let parents = family.law == .gaussian(.tied) ? [] : Array(zip(family.parents, states))
      return (index, degenerate[index].columns, parents: parents)
    }
    let inference = try RowInference(network, block, limit: memory)
    let posteriors = RowPosteriors(inference, of: Array(Set(components.flatMap { $0.parents.map(\.0) })))
    for row in 0..<block.rowCount where block.weights[row] > 0 {
      var hidden: [VariableID: ArraySlice<Double>] = [:]
      posteriors.forEach(row: row) { hidden[$0] = $1 }
      for (index, children, parents) in components {
        guard children.contains(where: { block.cell($0, row: row) != .missing }) else { continue }
        let isThere = parents.allSatisfy { parent, state in
          hidden[parent].map { $0[$0.startIndex + Int(state)] > 0.5 } ?? (block.code(parent, row: row) == state)
        }
        guard isThere else { continue }
        degenerate[index].rowCount += 1
        if degenerate[index].rows.count < DegenerateComponent.rowsNamed {
          degenerate[index].rows.append(firstRow + row)
        }
      }
    }
  }
}
