/// Forward and backward in one pass over a group of roots: nodes with one cell, whose message is the likelihood of a
/// component and has no user.
///
/// - weights: the weight of each node; one logarithm is taken per product of likelihoods of equal weight.
/// - value, belief: as in the sweeps; `value` receives the likelihoods, `belief` the posterior mass of the inputs.
/// - least: a likelihood below it is left to the caller: it adds neither mass nor logarithm, and is counted. Its square
///   must be a normal number.
/// - Returns: Σ weight · log likelihood, and the number of nodes left to the caller.
public func sumProductRoots(
  _ group: NodeGroup, weights: UnsafePointer<Double>, value: UnsafeMutablePointer<Double>,
  belief: UnsafeMutablePointer<Double>, least: Double
) -> (logLikelihood: Double, left: Int) {
  switch group.states {
  case 2: roots(group, weights, value, belief, least, TwoStates.self)
  case 3: roots(group, weights, value, belief, least, ThreeStates.self)
  case 4: roots(group, weights, value, belief, least, FourStates.self)
  case 5: roots(group, weights, value, belief, least, FiveStates.self)
  case 6: roots(group, weights, value, belief, least, SixStates.self)
  default:
    switch group.inputs {
    case 1: rootsOfManyStates(group, weights, value, belief, least, One.self)
    case 2: rootsOfManyStates(group, weights, value, belief, least, Two.self)
    default: rootsOfManyStates(group, weights, value, belief, least, Three.self)
    }
  }
}

@inline(__always)
private func roots<States: StateVector>(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, _: States.Type
) -> (logLikelihood: Double, left: Int) {
  switch (group.inputs, group.hasRuns) {
  case (1, _): roots(group, weights, value, belief, least, States.self, One.self, runs: Zero.self)
  case (2, false): roots(group, weights, value, belief, least, States.self, Two.self, runs: Zero.self)
  case (2, true): roots(group, weights, value, belief, least, States.self, Two.self, runs: One.self)
  case (_, false): roots(group, weights, value, belief, least, States.self, Three.self, runs: Zero.self)
  case (_, true): roots(group, weights, value, belief, least, States.self, Three.self, runs: One.self)
  }
}

/// - runs: one where roots that have the same first input follow one another; it is then read, and added to, once for
///   such a run.
@inline(never)
private func roots<States: StateVector, Inputs: FixedCount, Runs: FixedCount>(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, _: States.Type, _: Inputs.Type,
  runs _: Runs.Type
) -> (logLikelihood: Double, left: Int) {
  let inputs = Inputs.value
  let count = group.count
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let out = value + group.message
  var sum = WeightedLogSum(least: least)
  var start = 0
  while start < count {
    var end = start &+ 1
    if Runs.value > 0 { while end < count, offsets0[end] == offsets0[start] { end &+= 1 } }
    let factor = States(at: value + Int(offsets0[start]))
    var received = States(repeating: 0)
    for node in start..<end {
      let o1 = inputs > 1 ? Int(offsets1[node]) : 0
      let o2 = inputs > 2 ? Int(offsets2[node]) : 0
      var product = factor
      if inputs > 1 { product = product * States(at: value + o1) }
      if inputs > 2 { product = product * States(at: value + o2) }
      let likelihood = product.sum
      out[node] = likelihood
      guard sum.add(likelihood, weight: weights[node]) else { continue }
      let mass = product * States(repeating: weights[node] / likelihood)
      received = received + mass
      if inputs > 1 { mass.add(to: belief + o1) }
      if inputs > 2 { mass.add(to: belief + o2) }
    }
    received.add(to: belief + Int(offsets0[start]))
    start = end
  }
  return (sum.total, sum.left)
}

@inline(never)
private func rootsOfManyStates<Inputs: FixedCount>(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, _: Inputs.Type
) -> (logLikelihood: Double, left: Int) {
  var sum = WeightedLogSum(least: least)
  for node in 0..<group.count {
    let (i0, i1, i2) = group.positions(node: node, cell: 0)
    let likelihood = sumOfProducts(value + i0, value + i1, value + i2, Inputs.value, states: group.states)
    value[group.message + node] = likelihood
    guard sum.add(likelihood, weight: weights[node]) else { continue }
    addProducts(
      weights[node] / likelihood, i0, i1, i2, Inputs.value, states: group.states, UnsafePointer(value), belief)
  }
  return (sum.total, sum.left)
}

/// Hands the mass of the one cell of a root on to its inputs.
///
/// - mass: the weight of the root over its likelihood.
public func sumProductBackward(
  root node: Int, of group: NodeGroup, mass: Double, value: UnsafePointer<Double>,
  belief: UnsafeMutablePointer<Double>
) {
  for x in 0..<group.states {
    var part = mass
    for k in 0..<group.inputs { part *= value[group.position(of: k, node: node, cell: 0, state: x)] }
    for k in 0..<group.inputs { belief[group.position(of: k, node: node, cell: 0, state: x)] += part }
  }
}
