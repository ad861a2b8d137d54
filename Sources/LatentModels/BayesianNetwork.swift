public import LatentData
internal import LatentKernels

/// Expected counts N(child state, parent configuration) of all families, end to end, laid out like the parameters.
public struct Statistics: AdditiveStatistics, Hashable {
  /// `values[offsets[v] + configuration · cardinality + state]`.
  public var values: [Double]

  /// Statistics of one structure, laid out like its parameters.
  public init(values: [Double]) { self.values = values }

  /// Adds counts cell by cell; both belong to the same structure.
  public static func += (a: inout Self, b: Self) {
    precondition(a.values.count == b.values.count, "statistics of one structure")
    for index in a.values.indices { a.values[index] += b.values[index] }
  }
}

/// A discrete Bayesian network: p(x) = Π_v θ(x_v | x_parents(v)).
public struct BayesianNetwork: ParametricModel, Hashable, Sendable {
  /// Variables, edges and the layout of the tables.
  public let structure: NetworkStructure
  /// All tables end to end, laid out as `NetworkStructure` says; every row of a table sums to 1.
  public private(set) var parameters: [Double]
  /// The variables whose tables are known and are not learned.
  public let fixed: Set<VariableID>

  /// Creates a network. Rows that sum to 1 within 1e-12 are kept to the last bit.
  ///
  /// - Throws: when a number is not a probability or a row does not sum to 1 within 1e-12.
  public init(
    structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID> = []
  ) throws(ParameterError) {
    precondition(parameters.count == structure.parameterCount, "one number per cell of the tables")
    for id in structure.schema.ids {
      try ParameterError.check(parameters[structure.range(of: id)], of: id, in: structure)
    }
    self.structure = structure
    self.parameters = parameters
    self.fixed = fixed
  }

  /// Creates a network from tables that are known to be distributions.
  package init(checked structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID>) {
    self.structure = structure
    self.parameters = parameters
    self.fixed = fixed
  }

  /// The variables.
  public var schema: Schema { structure.schema }

  /// The table of a variable: a row per parent configuration, the child's states within it.
  public func table(of id: VariableID) -> ArraySlice<Double> { parameters[structure.range(of: id)] }

  /// The distribution of a variable given the states of its parents, in the order of the table's axes.
  public func distribution(of id: VariableID, given parentStates: [StateCode] = []) -> [Double] {
    let cardinality = structure.cardinality(of: id)
    let start =
      structure.offsets[id.index]
      + structure.configuration(of: id, parentStates: parentStates) * cardinality
    return Array(parameters[start..<start + cardinality])
  }

  /// A count of 0 for every cell.
  public var emptyStatistics: Statistics {
    Statistics(values: [Double](repeating: 0, count: structure.parameterCount))
  }

  /// Σ N · log θ over the tables that are learned and those that are fixed; −∞ when a cell with N > 0 has θ = 0.
  public func score(_ statistics: Statistics) -> Double {
    precondition(statistics.values.count == parameters.count, "statistics of one structure")
    return weightedLogSum(weights: statistics.values, values: parameters)
  }

  /// θ(x | pa) = N(x, pa) / Σ_x' N(x', pa). A configuration without any expected count keeps its distribution, and so
  /// does a fixed table.
  public mutating func maximize(from statistics: Statistics) {
    precondition(statistics.values.count == parameters.count, "statistics of one structure")
    for id in structure.schema.ids where !fixed.contains(id) {
      normalizeRows(
        statistics.values, into: &parameters, range: structure.range(of: id),
        width: structure.cardinality(of: id))
    }
  }

  /// The parent configurations of learned tables that no row gave any expected count.
  public func unseenConfigurations(in statistics: Statistics) -> [(variable: VariableID, configuration: Int)] {
    var unseen: [(VariableID, Int)] = []
    for id in structure.schema.ids where !fixed.contains(id) {
      let cardinality = structure.cardinality(of: id)
      var start = structure.offsets[id.index]
      for configuration in 0..<structure.parentConfigurations(of: id) {
        if statistics.values[start..<start + cardinality].allSatisfy({ $0 == 0 }) {
          unseen.append((id, configuration))
        }
        start += cardinality
      }
    }
    return unseen
  }
}

/// What makes numbers unusable as conditional probability tables.
public enum ParameterError: Error, Hashable, CustomStringConvertible {
  /// A number below 0 or above 1 in the row for a configuration of the parents.
  case notAProbability(Double, variable: String, configuration: String)
  /// A row that does not sum to 1, and what it sums to.
  case sum(Double, variable: String, configuration: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .notAProbability(let value, let variable, let configuration):
      "the table of \(Self.place(variable, configuration)) holds \(value), which is not between 0 and 1"
    case .sum(let sum, let variable, let configuration):
      "the probabilities of \(Self.place(variable, configuration)) sum to \(sum), not to 1"
    }
  }

  private static func place(_ variable: String, _ configuration: String) -> String {
    configuration.isEmpty ? variable : "\(variable) given \(configuration)"
  }

  /// How far the sum of a distribution may be from 1 to be kept as written.
  public static let tolerance = 1e-12

  static func check(
    _ table: ArraySlice<Double>, of id: VariableID, in structure: NetworkStructure
  ) throws(ParameterError) {
    let cardinality = structure.cardinality(of: id)
    let name = structure.schema[id].name
    for configuration in 0..<table.count / cardinality {
      let start = table.startIndex + configuration * cardinality
      var sum = 0.0
      for value in table[start..<start + cardinality] {
        guard value >= 0, value <= 1 + tolerance else {
          throw .notAProbability(
            value, variable: name, configuration: structure.describe(configuration: configuration, of: id))
        }
        sum += value
      }
      guard (sum - 1).magnitude <= tolerance else {
        throw .sum(sum, variable: name, configuration: structure.describe(configuration: configuration, of: id))
      }
    }
  }
}
