public import LatentData

/// A Bayesian network: p(x) = Π_v p(x_v | x_parents(v)), with a table for each variable with states and a normal
/// distribution per configuration of the parents for each variable of numbers.
public struct BayesianNetwork: ParametricModel, Hashable, Sendable {
  /// Variables, edges and the layout of the parameters.
  public let structure: NetworkStructure
  /// The parameters of all families end to end, laid out as `NetworkStructure` says; every row of a table sums to 1.
  public private(set) var parameters: [Double]
  /// The variables whose parameters are known and are not learned.
  public let fixed: Set<VariableID>

  /// Creates a network. Rows that sum to 1 within 1e-12 are kept to the last bit.
  ///
  /// - Throws: when a number is not a probability, a row does not sum to 1 within 1e-12, a mean is not finite or a
  ///   variance not above 0.
  public init(
    structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID> = []
  ) throws(ParameterError) {
    precondition(parameters.count == structure.parameterCount, "one number per parameter")
    self.init(checked: structure, parameters: parameters, fixed: fixed)
    for id in schema.ids {
      if let flaw = table(of: id).flaw { throw flaw.error }
    }
  }

  /// Creates a network from parameters that are known to be right.
  package init(checked structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID>) {
    self.structure = structure
    self.parameters = parameters
    self.fixed = fixed
  }

  /// The variables.
  public var schema: Schema { structure.schema }

  /// The parameters of a variable: a row per parent configuration, which a table's states stand within.
  public func parameters(of id: VariableID) -> ArraySlice<Double> { parameters[structure.family(of: id).parameters] }

  /// The distribution of a variable with states given the states of its parents, in the order of the table's axes.
  public func distribution(of id: VariableID, given parentStates: [StateCode] = []) -> [Double] {
    let configuration = structure.configuration(of: id, parentStates: parentStates)
    return Array(parameters[structure.family(of: id).parameters(in: configuration)])
  }

  /// The distribution of a variable of numbers given the states of its parents, in the order of the edges.
  public func gaussian(of id: VariableID, given parentStates: [StateCode] = []) -> Gaussian {
    gaussian(of: id, configuration: structure.configuration(of: id, parentStates: parentStates))
  }

  /// The distribution of a variable of numbers in a configuration of its parents.
  package func gaussian(of id: VariableID, configuration: Int) -> Gaussian {
    let start = structure.family(of: id).parameters(in: configuration).lowerBound
    return Gaussian(mean: parameters[start], variance: parameters[start + 1])
  }

  /// A count of 0 for every cell, and no moments.
  public var emptyStatistics: Statistics {
    Statistics(values: [Double](repeating: 0, count: structure.statisticsCount))
  }

  /// E[log p(x)] over rows with these statistics: Σ N · log θ over all tables, and the log-densities of the numbers; −∞
  /// when a cell with N > 0 has θ = 0.
  public func score(_ statistics: Statistics) -> Double {
    precondition(statistics.values.count == structure.statisticsCount, "statistics of one structure")
    return parameters.withUnsafeBufferPointer { parameters in
      statistics.values.withUnsafeBufferPointer { values in
        // All tables are scored as one: they stand side by side, and so do their counts.
        let tables = 0..<structure.tableCellCount
        var sum = TableLaw().score(
          UnsafeBufferPointer(rebasing: parameters[tables]), UnsafeBufferPointer(rebasing: values[tables]), .standard)
        for family in structure.numericFamilies {
          sum += family.law.behavior.score(
            UnsafeBufferPointer(rebasing: parameters[family.parameters]),
            UnsafeBufferPointer(rebasing: values[family.statistics]), statistics.frame[family.child])
        }
        return sum
      }
    }
  }

  /// The M-step of every family that is not fixed. A configuration of the parents without any expected weight keeps its
  /// parameters.
  public mutating func maximize(from statistics: Statistics) {
    precondition(statistics.values.count == structure.statisticsCount, "statistics of one structure")
    let structure = structure
    let fixed = fixed
    parameters.withUnsafeMutableBufferPointer { parameters in
      statistics.values.withUnsafeBufferPointer { values in
        // By index: a copy of each family would cost as much as a small table's M-step.
        for index in structure.families.indices where fixed.isEmpty || !fixed.contains(VariableID(index)) {
          structure.families[index].law.behavior.maximize(
            UnsafeMutableBufferPointer(rebasing: parameters[structure.families[index].parameters]),
            from: UnsafeBufferPointer(rebasing: values[structure.families[index].statistics]),
            width: structure.families[index].width, statistics.frame[VariableID(index)])
        }
      }
    }
  }

  /// The parent configurations in which the variance of a learned number is the least that the frame of the data allows.
  public func variancesAtFloor(_ frame: Frame) -> [(variable: VariableID, configuration: Int)] {
    structure.numericFamilies.filter { !fixed.contains($0.child) }.flatMap { family in
      (0..<family.configurations).filter {
        gaussian(of: family.child, configuration: $0).variance <= frame[family.child].varianceFloor
      }.map { (family.child, $0) }
    }
  }

  /// The parent configurations of learned families that no row gave any expected weight.
  public func unseenConfigurations(in statistics: Statistics) -> [(variable: VariableID, configuration: Int)] {
    var unseen: [(VariableID, Int)] = []
    for family in structure.families where !fixed.contains(family.child) {
      for configuration in 0..<family.configurations
      where family.law.behavior.weight(of: statistics.values[family.statistics(in: configuration)]) == 0 {
        unseen.append((family.child, configuration))
      }
    }
    return unseen
  }
}
