internal import LatentData
internal import LatentKernels
internal import LatentModels

/// How far apart two fits of a network are, once the states of latent variables stand in the same order: how much worse
/// the parameters of one explain the expected rows of the other than its own do, Σ N log θ / θ' per row. So a parameter
/// counts by the rows that it is about, whatever its unit.
struct NetworkModes {
  /// The latent variables whose states may change places, children before parents.
  private let variables: [VariableID]
  private let structure: NetworkStructure
  /// A count in every cell of a table that is far below what one row adds: a probability that goes to zero comes to no
  /// end, and 1e-30 is as good as 0.
  private let pseudo: Statistics
  /// The summed weight of the rows.
  private let weight: Double

  init(_ prepared: PreparedFit) {
    structure = prepared.model.structure
    let interchangeable = Set(prepared.interchangeable)
    variables = structure.graph.topologicalOrder.reversed().filter { interchangeable.contains($0) }
    weight = prepared.summary.weight
    pseudo = prepared.model.dirichletPrior(pseudoCount: 1e-9 * prepared.summary.weight, zeros: prepared.options.zeros)
  }

  /// The distance of the second fit from the first, in nats per row.
  func distance(_ first: Fit<BayesianNetwork>, _ second: Fit<BayesianNetwork>) -> Double {
    let statistics = smoothed(first.statistics)
    var other = second
    for id in variables { other = other.relabelled(StateRelabelling([id: alignment(of: id, statistics, other)])) }
    var (own, foreign) = (first.model, other.model)
    own.maximize(from: statistics)
    foreign.maximize(from: smoothed(other.statistics))
    return max(0, own.score(statistics) - foreign.score(statistics)) / weight
  }

  private func smoothed(_ statistics: Statistics) -> Statistics {
    var statistics = statistics
    statistics += pseudo
    return statistics
  }

  /// For each state of a variable in the first fit, the state of the other one that stands for it: from the state of most
  /// rows to that of fewest, the one whose parameters explain these rows best and that is not taken.
  private func alignment(of id: VariableID, _ statistics: Statistics, _ other: Fit<BayesianNetwork>) -> [Int] {
    let own = profiles(of: id, statistics, other.model)
    let foreign = profiles(of: id, smoothed(other.statistics), other.model)
    var order = [Int](repeating: 0, count: own.count)
    var free = Set(own.indices)
    for state in own.indices.sorted(by: { (own[$1].weight, $0) < (own[$0].weight, $1) }) {
      let best = free.min { a, b in
        let (left, right) = (own[state].score(under: foreign[a]), own[state].score(under: foreign[b]))
        return (right, a) < (left, b)
      }
      if let best {
        order[state] = best
        free.remove(best)
      }
    }
    return order
  }

  /// What each state of a variable has to do with: the rows of its children, summed over their other parents, and its
  /// own share.
  private func profiles(of id: VariableID, _ statistics: Statistics, _ model: BayesianNetwork) -> [StateProfile] {
    var profiles = statistics.stateWeights(of: id, in: structure).map { StateProfile(weight: $0) }
    for child in structure.families {
      // States of the variable itself are not paired yet, and say nothing about which pairs there are.
      guard child.child != id, let axis = child.parents.firstIndex(of: id) else { continue }
      let parents = MixedRadix(child.parents.map { structure.schema[$0].cardinality })
      let axes = statistics.frame.axes(of: child)
      for (state, profile) in profiles.enumerated() {
        var sum = [Double](repeating: 0, count: child.statistics.count / child.configurations)
        for configuration in 0..<child.configurations
        where parents.digits(of: child.parentConfiguration(ofRow: configuration))[axis] == state {
          for (index, position) in child.statistics(in: configuration).enumerated() {
            sum[index] += statistics.values[position]
          }
        }
        var row = Array(model.parameters[child.parameters(in: parents.strides[axis] * state)])
        row.withUnsafeMutableBufferPointer { row in
          sum.withUnsafeBufferPointer { child.behavior.maximize(row, from: $0, model.learning(child), axes) }
        }
        profiles[state] = profile.adding(child, axes, sum, row)
      }
    }
    return profiles
  }
}

/// One state of a latent variable by the statistics of what depends on it.
private struct StateProfile {
  /// The expected weight of the state.
  let weight: Double
  private var families: [(law: any ConditionalLaw, axes: [Frame.Axis], statistics: [Double], row: [Double])] = []

  init(weight: Double) { self.weight = weight }

  func adding(_ family: Family, _ axes: [Frame.Axis], _ statistics: [Double], _ row: [Double]) -> Self {
    var profile = self
    profile.families.append((family.behavior, axes, statistics, row))
    return profile
  }

  /// How well the parameters of another state, and its share, explain the rows of this one.
  func score(under other: StateProfile) -> Double {
    var sum = weightedLogSum(weights: [weight], values: [other.weight])
    for (own, foreign) in zip(families, other.families) {
      foreign.row.withUnsafeBufferPointer { row in
        own.statistics.withUnsafeBufferPointer { sum += own.law.score(row, $0, own.axes) }
      }
    }
    return sum
  }
}
