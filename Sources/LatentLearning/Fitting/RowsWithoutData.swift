internal import LatentData
internal import LatentInference
internal import LatentModels

/// What a fit has no data for, and the network in which none of it is left to chance.
///
/// The likelihood does not depend on a row of a table that has no expected weight. What a random start drew there would
/// stay, and differ from seed to seed; so it is replaced by what says nothing.
struct RowsWithoutData {
  /// The fitted network.
  let network: BayesianNetwork
  /// The configurations of learned variables without data, in order.
  let unseen: [UnseenConfiguration]
  /// Those of them whose row was drawn at random and now says nothing: uniform, or the mean and variance of the column.
  let neutral: [UnseenConfiguration]

  /// - circuit: of the minimal completion; the full one also counts cells that nothing informs.
  /// - statistics: what `circuit` expects under the network of the best start.
  init(
    _ prepared: PreparedFit, _ result: Restarts.Result<BayesianNetwork>, _ circuit: Circuit, _ statistics: Statistics
  ) throws(InferenceError) {
    let fitted = result.best.model
    var counts = statistics
    if let prior = prepared.prior { counts += prior }
    unseen = fitted.unseenRows(in: counts)
    let model = prepared.model
    let isFile = result.reports[result.bestStart].origin == .file
    var drawn = unseen.filter { !isFile || model.table(of: $0.variable) == nil }
    let engine = ComponentEngine(circuit, threads: prepared.options.threads)
    var network = fitted
    while !drawn.isEmpty {
      network = model.neutralizing(drawn, in: fitted, zeros: prepared.options.zeros, circuit.frame)
      var statistics = network.emptyStatistics
      _ = try engine.expect(under: network, into: &statistics)
      // A weight may have been too small for a double, and only with these parameters: such a row matters, and stays.
      let weightless = Set(network.unseenRows(in: statistics))
      if drawn.allSatisfy({ weightless.contains($0) }) { break }
      drawn = drawn.filter { weightless.contains($0) }
      network = fitted
    }
    self.network = network
    neutral = drawn
  }
}

extension BayesianNetwork {
  fileprivate func unseenRows(in statistics: Statistics) -> [UnseenConfiguration] {
    unseenConfigurations(in: statistics).map {
      UnseenConfiguration(variable: $0.variable, configuration: $0.configuration)
    }
  }
}

extension Model {
  /// The network with rows that say nothing: uniform over what is not structurally zero, numbers with the mean and the
  /// variance of their column.
  fileprivate func neutralizing(
    _ rows: [UnseenConfiguration], in network: BayesianNetwork, zeros: ZeroPolicy, _ frame: Frame
  ) -> BayesianNetwork {
    var values = network.parameters
    for row in rows {
      let family = structure.family(of: row.variable)
      let cells = family.parameters(in: row.configuration)
      switch family.law {
      case .table:
        let possible = cells.filter { !isStructuralZero(row.variable, $0 - family.parameters.lowerBound, zeros) }
        for cell in cells { values[cell] = 0 }
        for cell in possible { values[cell] = 1 / Double(possible.count) }
      case .gaussian, .poisson:
        // What lies where the columns lie; a tied covariance is that of the other rows, too.
        let neutral = family.numericBehavior?.randomRow(frame.axes(of: family)) { 0 } ?? []
        let kept = family.law == .gaussian(.tied) ? neutral.prefix(family.children.count) : neutral[...]
        values.replaceSubrange(cells.prefix(kept.count), with: kept)
      }
    }
    return network.with(parameters: values)
  }
}
