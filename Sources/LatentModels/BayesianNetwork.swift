public import LatentData

/// A Bayesian network: p(x) = Π_f p(x_f | x_parents(f)), with a table for each variable with states, and per configuration
/// of the parents a normal or Poisson distribution for each variable or block of numbers.
public struct BayesianNetwork: ParametricModel, Hashable, Sendable {
  /// Variables, edges and the layout of the parameters.
  public let structure: NetworkStructure
  /// The parameters of all families end to end, laid out as `NetworkStructure` says; every row of a table sums to 1.
  public private(set) var parameters: [Double]
  /// The variables whose parameters are known and are not learned.
  public let fixed: Set<VariableID>
  /// The variables of numbers whose means are known and are not learned.
  public let fixedMeans: Set<VariableID>

  /// Creates a network. Rows that sum to 1 within 1e-12 are kept to the last bit.
  ///
  /// - Throws: when a number is not a probability, a row does not sum to 1 within 1e-12, a mean is not finite or a
  ///   variance not above 0.
  public init(
    structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID> = [], fixedMeans: Set<VariableID> = []
  ) throws(ParameterError) {
    precondition(parameters.count == structure.parameterCount, "one number per parameter")
    self.init(checked: structure, parameters: parameters, fixed: fixed, fixedMeans: fixedMeans)
    for family in structure.families {
      if let flaw = table(of: family.child).flaw { throw flaw.error }
    }
  }

  /// Creates a network from parameters that are known to be right.
  package init(
    checked structure: NetworkStructure, parameters: [Double], fixed: Set<VariableID>,
    fixedMeans: Set<VariableID> = []
  ) {
    self.structure = structure
    self.parameters = parameters
    self.fixed = fixed
    self.fixedMeans = fixedMeans
    if !structure.dynamics.initial.isEmpty { settle() }
  }

  /// Makes initial distributions stationary that are to be, where the transition has a stationary one.
  private mutating func settle() {
    for family in structure.families where structure.dynamics.initial(of: family.child) == .stationary {
      let transition = Array(parameters[family.parameters.dropFirst(family.initialParameters.count)])
      if let distribution = StationaryDistribution(of: transition, states: family.width) {
        parameters.replaceSubrange(family.initialParameters, with: distribution.probabilities)
      }
    }
  }

  /// The network with other parameters, which are known to be right.
  package func with(parameters: [Double]) -> BayesianNetwork {
    BayesianNetwork(checked: structure, parameters: parameters, fixed: fixed, fixedMeans: fixedMeans)
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

  /// Mean and variance of a variable of numbers given the states of its parents, in the order of the edges; of a normal
  /// variable its distribution, for a column of a block that of this column by itself.
  public func gaussian(of id: VariableID, given parentStates: [StateCode] = []) -> Gaussian {
    gaussian(of: id, configuration: structure.configuration(of: id, parentStates: parentStates))
  }

  /// Mean and variance of a variable of numbers in a configuration of its parents.
  package func gaussian(of id: VariableID, configuration: Int) -> Gaussian {
    let family = structure.family(of: id)
    guard let law = family.numericBehavior, let number = family.children.firstIndex(of: id) else {
      preconditionFailure("\(schema[id].name) has states, not numbers")
    }
    let (mean, variance) = law.moments(of: number, parameters[family.parameters(in: configuration)])
    // The count of a class that counts nothing has no variance.
    return Gaussian(mean: mean, variance: max(variance, Frame.variances.lowerBound))
  }

  /// The numbers of a family in a configuration of its parents, when some of them are seen.
  ///
  /// - observed: positions among the children of the family, ascending.
  package func conditional(of family: Family, configuration: Int, observed: [Int]) -> ConditionalNumbers {
    guard let law = family.numericBehavior else { preconditionFailure("\(family.name) has states, not numbers") }
    return law.conditional(parameters[family.parameters(in: configuration)], observed: observed)
  }

  /// What learning chooses among the parameters of a family.
  package func learning(_ family: Family) -> Learning {
    fixed.contains(family.child) ? .nothing : fixedMeans.contains(family.child) ? .spread : .everything
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
        var sum = TableLaw(cardinality: structure.tableCellCount).score(
          UnsafeBufferPointer(rebasing: parameters[tables]), UnsafeBufferPointer(rebasing: values[tables]), [])
        for family in structure.numericFamilies {
          sum += family.behavior.score(
            UnsafeBufferPointer(rebasing: parameters[family.parameters]),
            UnsafeBufferPointer(rebasing: values[family.statistics]), statistics.frame.axes(of: family))
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
    let (fixed, fixedMeans) = (fixed, fixedMeans)
    parameters.withUnsafeMutableBufferPointer { parameters in
      statistics.values.withUnsafeBufferPointer { values in
        // By index: a copy of each family would cost as much as a small table's M-step.
        for index in structure.families.indices where fixed.isEmpty || !fixed.contains(structure.families[index].child)
        {
          if !structure.dynamics.initial.isEmpty,
            structure.dynamics.initial(of: structure.families[index].child) != .free
          {
            Self.maximizeChain(structure.families[index], structure.dynamics, parameters, from: values)
            continue
          }
          let isSpread = !fixedMeans.isEmpty && fixedMeans.contains(structure.families[index].child)
          structure.families[index].behavior.maximize(
            UnsafeMutableBufferPointer(rebasing: parameters[structure.families[index].parameters]),
            from: UnsafeBufferPointer(rebasing: values[structure.families[index].statistics]),
            isSpread ? .spread : .everything, statistics.frame.axes(of: structure.families[index]))
        }
      }
    }
  }

  /// The M-step of a family whose first step is not learned by itself.
  private static func maximizeChain(
    _ family: Family, _ dynamics: Dynamics, _ parameters: UnsafeMutableBufferPointer<Double>,
    from statistics: UnsafeBufferPointer<Double>
  ) {
    let later = family.parameters.dropFirst(family.initialParameters.count)
    let laterStatistics = family.statistics.dropFirst(family.initialParameters.count)
    let transition = UnsafeMutableBufferPointer(rebasing: parameters[later])
    guard dynamics.initial(of: family.child) == .stationary else {
      family.behavior.maximize(
        transition, from: UnsafeBufferPointer(rebasing: statistics[laterStatistics]), .everything, [])
      return
    }
    let first = statistics[family.statistics.prefix(family.initialParameters.count)]
    let maximum = StationaryTransition(
      from: Array(transition), counts: Array(statistics[laterStatistics]), first: Array(first))
    _ = transition.update(fromContentsOf: maximum.transition)
    _ = UnsafeMutableBufferPointer(rebasing: parameters[family.initialParameters])
      .update(fromContentsOf: maximum.initial)
  }

  /// The parent configurations in which the variance of a learned number is the least that the frame of the data allows.
  public func variancesAtFloor(_ frame: Frame) -> [(variable: VariableID, configuration: Int)] {
    numbersAtFloor(frame).map { ($0.family.child, $0.configuration) }
  }

  /// The parent configurations in which the variance of learned numbers, or one in some direction, is the least that the
  /// frame of the data allows, and which numbers of their family these are.
  package func numbersAtFloor(_ frame: Frame) -> [(family: Family, configuration: Int, numbers: [Int])] {
    structure.numericFamilies.filter { !fixed.contains($0.child) }.flatMap { family in
      let (law, axes) = (family.numericBehavior, frame.axes(of: family))
      return (0..<family.configurations).compactMap { configuration in
        let numbers = law?.numbersAtFloor(parameters[family.parameters(in: configuration)], axes) ?? []
        return numbers.isEmpty ? nil : (family, configuration, numbers)
      }
    }
  }

  /// The parent configurations of learned families that no row gave any expected weight.
  public func unseenConfigurations(in statistics: Statistics) -> [(variable: VariableID, configuration: Int)] {
    var unseen: [(VariableID, Int)] = []
    for family in structure.families where !fixed.contains(family.child) {
      for configuration in 0..<family.configurations
      where family.behavior.weight(of: statistics.values[family.statistics(in: configuration)]) == 0 {
        unseen.append((family.child, configuration))
      }
    }
    return unseen
  }
}
