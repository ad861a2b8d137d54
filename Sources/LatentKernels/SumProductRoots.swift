#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Forward and backward in one pass over a group of roots: nodes with one cell, whose message is the likelihood of a
/// component and has no user.
///
/// - weights: the weight of each node; one logarithm is taken per product of likelihoods of equal weight.
/// - value, belief: as in the sweeps; `value` receives the likelihoods, `belief` the posterior mass of the inputs.
/// - least: a likelihood below it is left to the caller: it adds neither mass nor logarithm, and is counted. Its square
///   must be a normal number.
/// - Returns: Σ weight · log likelihood, and the number of nodes left to the caller.
@inline(never)
public func sumProductRoots(
  _ group: NodeGroup, weights: UnsafePointer<Double>, value: UnsafeMutablePointer<Double>,
  belief: UnsafeMutablePointer<Double>, least: Double
) -> (logLikelihood: Double, left: Int) {
  let isUnit = (0..<group.inputs).allSatisfy { group.strides[$0] == 1 }
  return switch (group.inputs, group.states, isUnit) {
  case (1, _, _): roots(group, weights, value, belief, least, inputs: 1, states: group.states, stride: nil)
  case (2, 2, true): roots(group, weights, value, belief, least, inputs: 2, states: 2, stride: 1)
  case (2, 3, true): roots(group, weights, value, belief, least, inputs: 2, states: 3, stride: 1)
  case (2, 4, true): roots(group, weights, value, belief, least, inputs: 2, states: 4, stride: 1)
  case (2, 2, false): roots(group, weights, value, belief, least, inputs: 2, states: 2, stride: nil)
  case (2, 3, false): roots(group, weights, value, belief, least, inputs: 2, states: 3, stride: nil)
  case (2, 4, false): roots(group, weights, value, belief, least, inputs: 2, states: 4, stride: nil)
  case (2, _, _): roots(group, weights, value, belief, least, inputs: 2, states: group.states, stride: nil)
  case (_, 2, true): roots(group, weights, value, belief, least, inputs: 3, states: 2, stride: 1)
  case (_, 3, true): roots(group, weights, value, belief, least, inputs: 3, states: 3, stride: 1)
  case (_, 4, true): roots(group, weights, value, belief, least, inputs: 3, states: 4, stride: 1)
  case (_, 2, false): roots(group, weights, value, belief, least, inputs: 3, states: 2, stride: nil)
  case (_, 3, false): roots(group, weights, value, belief, least, inputs: 3, states: 3, stride: nil)
  case (_, 4, false): roots(group, weights, value, belief, least, inputs: 3, states: 4, stride: nil)
  default: roots(group, weights, value, belief, least, inputs: 3, states: group.states, stride: nil)
  }
}

// `inputs`, `states` and a `stride` common to all inputs are literals wherever the caller knows them, so that loops
// unroll and addresses become constants.

@inline(__always)
private func roots(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, inputs: Int, states: Int, stride: Int?
) -> (logLikelihood: Double, left: Int) {
  let t0 = stride ?? Int(group.strides[0])
  let t1 = stride ?? (inputs > 1 ? Int(group.strides[1]) : 0)
  let t2 = stride ?? (inputs > 2 ? Int(group.strides[2]) : 0)
  let out = value + group.message
  var logLikelihood = 0.0
  var left = 0
  var product = 1.0
  var productWeight = 0.0
  for node in 0..<group.count {
    let offset = group.offsets + node
    let o0 = Int(offset[0])
    let o1 = inputs > 1 ? Int(offset[group.count]) : o0
    let o2 = inputs > 2 ? Int(offset[2 &* group.count]) : o0
    @inline(__always) func part(_ x: Int) -> Double {
      var part = value[o0 &+ x &* t0]
      if inputs > 1 { part *= value[o1 &+ x &* t1] }
      if inputs > 2 { part *= value[o2 &+ x &* t2] }
      return part
    }
    // Up to four parts stay in registers, for the compiler cannot know that `belief` is not `value`.
    let part0 = part(0)
    let part1 = states > 1 ? part(1) : 0
    let part2 = states > 2 ? part(2) : 0
    let part3 = states > 3 ? part(3) : 0
    var likelihood = part0 + part1
    if states > 2 { likelihood += part2 }
    if states > 3 { likelihood += part3 }
    if states > 4 { for x in 4..<states { likelihood += part(x) } }
    out[node] = likelihood
    guard likelihood >= least else {
      left &+= 1
      continue
    }
    let weight = weights[node]
    if weight != productWeight || product < least {
      logLikelihood += productWeight * log(product)
      product = 1
      productWeight = weight
    }
    product *= likelihood
    let scale = weight / likelihood
    @inline(__always) func add(_ mass: Double, _ x: Int) {
      belief[o0 &+ x &* t0] += mass
      if inputs > 1 { belief[o1 &+ x &* t1] += mass }
      if inputs > 2 { belief[o2 &+ x &* t2] += mass }
    }
    add(scale * part0, 0)
    if states > 1 { add(scale * part1, 1) }
    if states > 2 { add(scale * part2, 2) }
    if states > 3 { add(scale * part3, 3) }
    if states > 4 { for x in 4..<states { add(scale * part(x), x) } }
  }
  return (logLikelihood + productWeight * log(product), left)
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
