internal import LatentData
internal import LatentKernels
public import LatentModels

extension Model {
  /// The parameters in the file, exactly; those that it does not have are drawn at random.
  ///
  /// - Parameter frame: where the numbers of the columns lie, as `randomStart` needs it.
  public func start(frame: Frame = .empty, using random: inout some RandomNumberGenerator) -> BayesianNetwork {
    network(frame, using: &random) { _ in true }
  }

  /// A random start: every table drawn from the uniform distribution over probability vectors, Dirichlet(1, …, 1); every
  /// mean from a normal distribution with the mean and variance of the column, which is every variance's start. Fixed
  /// parameters stay.
  ///
  /// - Parameter frame: where the numbers of the columns lie; of no concern to a model without numbers.
  public func randomStart(
    zeros: ZeroPolicy, frame: Frame = .empty, using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    network(frame, using: &random, zeros: zeros) { fixed.contains($0) }
  }

  private func network(
    _ frame: Frame, using random: inout some RandomNumberGenerator, zeros: ZeroPolicy = .parameters,
    keeping keeps: (VariableID) -> Bool
  ) -> BayesianNetwork {
    var values = [Double](repeating: 0, count: structure.parameterCount)
    for family in structure.families {
      let id = family.child
      let known = parameters[structure.familyIndex(of: id)]
      if let known, keeps(id) {
        values.replaceSubrange(family.parameters, with: known)
        continue
      }
      switch family.law {
      case .table:
        sampleSimplexRows(into: &values, range: family.parameters, width: family.width, using: &random)
        if zeros == .structural, let table = known {
          for (cell, probability) in zip(family.parameters, table) where probability == 0 { values[cell] = 0 }
          let draws = values
          normalizeRows(draws, into: &values, range: family.parameters, width: family.width)
        }
        if let known, structure.dynamics.initial(of: id) == .fixed {
          values.replaceSubrange(family.initialParameters, with: known.prefix(family.initialParameters.count))
        }
      case .gaussian, .poisson:
        let axes = frame.axes(of: family)
        for configuration in 0..<family.configurations {
          let row = family.numericBehavior?.randomRow(axes) { sampleStandardNormal(using: &random) }
          if let row { values.replaceSubrange(family.parameters(in: configuration), with: row) }
        }
      }
    }
    return BayesianNetwork(checked: structure, parameters: values, fixed: fixed, fixedMeans: fixedMeans)
  }
}
