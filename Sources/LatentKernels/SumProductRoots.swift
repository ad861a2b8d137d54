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
public func sumProductRoots(
  _ group: NodeGroup, weights: UnsafePointer<Double>, value: UnsafeMutablePointer<Double>,
  belief: UnsafeMutablePointer<Double>, least: Double
) -> (logLikelihood: Double, left: Int) {
  switch group.inputs {
  case 1: roots(group, weights, value, belief, least, One.self)
  case 2: roots(group, weights, value, belief, least, Two.self)
  default: roots(group, weights, value, belief, least, Three.self)
  }
}

private func roots<Inputs: FixedCount>(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, _: Inputs.Type
) -> (logLikelihood: Double, left: Int) {
  let isUnit = group.first.stride == 1 && group.second.stride == 1 && group.third.stride == 1
  return switch (group.states, isUnit) {
  case (2, true): roots(group, weights, value, belief, least, Inputs.self, Two.self, One.self)
  case (3, true): roots(group, weights, value, belief, least, Inputs.self, Three.self, One.self)
  case (4, true): roots(group, weights, value, belief, least, Inputs.self, Four.self, One.self)
  case (2, false): roots(group, weights, value, belief, least, Inputs.self, Two.self, AnyCount.self)
  case (3, false): roots(group, weights, value, belief, least, Inputs.self, Three.self, AnyCount.self)
  case (4, false): roots(group, weights, value, belief, least, Inputs.self, Four.self, AnyCount.self)
  default: roots(group, weights, value, belief, least, Inputs.self, AnyCount.self, AnyCount.self)
  }
}

/// - Stride: the stride common to all inputs; unknown where they differ.
@inline(never)
private func roots<Inputs: FixedCount, States: FixedCount, Stride: FixedCount>(
  _ group: NodeGroup, _ weights: UnsafePointer<Double>, _ value: UnsafeMutablePointer<Double>,
  _ belief: UnsafeMutablePointer<Double>, _ least: Double, _: Inputs.Type, _: States.Type, _: Stride.Type
) -> (logLikelihood: Double, left: Int) {
  let inputs = Inputs.value ?? group.inputs
  let states = States.value ?? group.states
  let t0 = Stride.value ?? group.first.stride
  let t1 = Stride.value ?? group.second.stride
  let t2 = Stride.value ?? group.third.stride
  let count = group.count
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  let out = value + group.message
  var logLikelihood = 0.0
  var left = 0
  var product = 1.0
  var productWeight = 0.0
  var start = 0
  while start < count {
    let end = inputs > 1 ? endOfRun(start, offsets0, count) : start &+ 1
    let o0 = Int(offsets0[start])
    let factor0 = value[o0]
    let factor1 = states > 1 ? value[o0 &+ t0] : 0
    let factor2 = states > 2 ? value[o0 &+ 2 &* t0] : 0
    let factor3 = states > 3 ? value[o0 &+ 3 &* t0] : 0
    var (sum0, sum1, sum2, sum3) = (0.0, 0.0, 0.0, 0.0)
    for node in start..<end {
      let o1 = inputs > 1 ? Int(offsets1[node]) : 0
      let o2 = inputs > 2 ? Int(offsets2[node]) : 0
      let (q1, q2) = (UnsafePointer(value + o1), UnsafePointer(value + o2))
      let (b1, b2) = (belief + o1, belief + o2)
      // In registers, too, for the compiler cannot know that `belief` is not `value`.
      let part0 = multiplied(factor0, q1, q2, inputs)
      let part1 = states > 1 ? multiplied(factor1, q1 + t1, q2 + t2, inputs) : 0
      let part2 = states > 2 ? multiplied(factor2, q1 + 2 &* t1, q2 + 2 &* t2, inputs) : 0
      let part3 = states > 3 ? multiplied(factor3, q1 + 3 &* t1, q2 + 3 &* t2, inputs) : 0
      var likelihood = part0 + part1
      if states > 2 { likelihood += part2 }
      if states > 3 { likelihood += part3 }
      if states > 4 {
        for x in 4..<states { likelihood += multiplied(value[o0 &+ x &* t0], q1 + x &* t1, q2 + x &* t2, inputs) }
      }
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
      let (mass0, mass1, mass2, mass3) = (scale * part0, scale * part1, scale * part2, scale * part3)
      sum0 += mass0
      sum1 += mass1
      sum2 += mass2
      sum3 += mass3
      add(mass0, b1, b2, inputs)
      if states > 1 { add(mass1, b1 + t1, b2 + t2, inputs) }
      if states > 2 { add(mass2, b1 + 2 &* t1, b2 + 2 &* t2, inputs) }
      if states > 3 { add(mass3, b1 + 3 &* t1, b2 + 3 &* t2, inputs) }
      if states > 4 {
        for x in 4..<states {
          let mass = scale * multiplied(value[o0 &+ x &* t0], q1 + x &* t1, q2 + x &* t2, inputs)
          add(mass, b1 + x &* t1, b2 + x &* t2, inputs)
          belief[o0 &+ x &* t0] += mass
        }
      }
    }
    belief[o0] += sum0
    if states > 1 { belief[o0 &+ t0] += sum1 }
    if states > 2 { belief[o0 &+ 2 &* t0] += sum2 }
    if states > 3 { belief[o0 &+ 3 &* t0] += sum3 }
    start = end
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
