internal import LatentData
internal import LatentKernels
public import LatentModels

/// Which zeros of a model file are part of its structure.
public enum ZeroPolicy: Hashable, Sendable {
  /// A zero is a parameter like any other: EM keeps it, a prior or a random start lifts it.
  case parameters
  /// The zeros of the file stay under priors and random starts, and are not free parameters.
  case structural
}

extension Model {
  /// The parameters in the file, exactly; tables that it does not have are drawn at random.
  public func start(using random: inout some RandomNumberGenerator) -> BayesianNetwork {
    network(using: &random) { _ in true }
  }

  /// Every table drawn from the uniform distribution over probability vectors, Dirichlet(1, …, 1), save fixed ones.
  public func randomStart(
    zeros: ZeroPolicy, using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    network(using: &random, zeros: zeros) { fixed.contains($0) }
  }

  private func network(
    using random: inout some RandomNumberGenerator, zeros: ZeroPolicy = .parameters,
    keeping keeps: (VariableID) -> Bool
  ) -> BayesianNetwork {
    var parameters = [Double](repeating: 0, count: structure.parameterCount)
    for id in schema.ids {
      let range = structure.range(of: id)
      let width = structure.cardinality(of: id)
      if let table = tables[id.index], keeps(id) {
        parameters.replaceSubrange(range, with: table)
        continue
      }
      sampleSimplexRows(into: &parameters, range: range, width: width, using: &random)
      if zeros == .structural, let table = tables[id.index] {
        for (cell, probability) in zip(range, table) where probability == 0 { parameters[cell] = 0 }
        let draws = parameters
        normalizeRows(draws, into: &parameters, range: range, width: width)
      }
    }
    return BayesianNetwork(checked: structure, parameters: parameters, fixed: fixed)
  }

  /// Whether a cell is a zero of the file that stays.
  private func isStructuralZero(_ id: VariableID, _ cell: Int, _ zeros: ZeroPolicy) -> Bool {
    zeros == .structural && tables[id.index]?[cell] == 0
  }

  /// The number of parameters that learning may choose: per row of a table that is not fixed, its cells that are not
  /// structural zeros, less one.
  public func freeParameterCount(zeros: ZeroPolicy) -> Int {
    var count = 0
    for id in schema.ids where !fixed.contains(id) {
      let width = structure.cardinality(of: id)
      for row in 0..<structure.parentConfigurations(of: id) {
        count += (row * width..<(row + 1) * width).count { !isStructuralZero(id, $0, zeros) } - 1
      }
    }
    return count
  }

  /// The pseudo-counts of a symmetric Dirichlet prior: `pseudoCount` in every cell that learning may change.
  ///
  /// The objective gains Σ pseudoCount · log θ, the log-density of Dirichlet(1 + pseudoCount) up to a constant.
  public func dirichletPrior(pseudoCount: Double, zeros: ZeroPolicy) -> Statistics {
    var prior = Statistics(values: [Double](repeating: 0, count: structure.parameterCount))
    for id in schema.ids where !fixed.contains(id) {
      let range = structure.range(of: id)
      for cell in range where !isStructuralZero(id, cell - range.lowerBound, zeros) {
        prior.values[cell] = pseudoCount
      }
    }
    return prior
  }
}
