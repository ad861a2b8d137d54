internal import LatentData
internal import LatentKernels
public import LatentModels

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
}
