/// The lower 53 of 64 random bits as a number in [0, 1), as `Double.random(in: 0..<1)` makes it of them.
public func unitInterval(_ bits: UInt64) -> Double { Double(bits & (1 << 53 - 1)) * 0x1p-53 }

/// The index that a number in [0, 1) chooses with probability proportional to the weights, which are not negative and not
/// all zero.
public func sampleIndex(_ weights: UnsafeBufferPointer<Double>, at number: Double) -> Int {
  var total = 0.0
  for weight in weights { total += weight }
  var rest = number * total
  var last = 0
  for index in weights.indices where weights[index] > 0 {
    last = index
    rest -= weights[index]
    if rest < 0 { return index }
  }
  return last
}

/// Fills each row of `width` cells with a draw from the uniform distribution over the simplex, Dirichlet(1, …, 1).
/// No cell is zero.
public func sampleSimplexRows(
  into probabilities: inout [Double], range: Range<Int>, width: Int, using random: inout some RandomNumberGenerator
) {
  for index in range {
    probabilities[index] = max(-naturalLog(1 - Double.random(in: 0..<1, using: &random)), 0x1p-52)
  }
  let draws = probabilities
  normalizeRows(draws, into: &probabilities, range: range, width: width)
}

/// A draw from the normal distribution of mean 0 and variance 1 (Box and Muller 1958); it takes two numbers of the
/// generator.
public func sampleStandardNormal(using random: inout some RandomNumberGenerator) -> Double {
  let first = unitInterval(random.next())
  return standardNormal(first, unitInterval(random.next()))
}

/// What two numbers in [0, 1) draw from the normal distribution of mean 0 and variance 1.
public func standardNormal(_ first: Double, _ second: Double) -> Double {
  (-2 * naturalLog(1 - first)).squareRoot() * cosine(2 * .pi * second)
}

/// The count that a number in [0, 1) draws from the Poisson distribution of a rate: what is left of the number is
/// used up count by count, outwards from the most probable one. O(√rate).
public func samplePoisson(rate: Double, at number: Double) -> Double {
  guard rate > 0 else { return 0 }
  let mode = rate.rounded(.down)
  let atMode = exponential(mode * naturalLog(rate) - rate - logFactorial(mode))
  guard number >= atMode else { return mode }
  var rest = number - atMode
  var (below, above) = (mode, mode)
  var (pBelow, pAbove) = (atMode, atMode)
  // Beyond what rounding lets a number reach, both probabilities are 0.
  while pBelow > 0 || pAbove > 0 {
    above += 1
    pAbove *= rate / above
    if rest < pAbove { return above }
    rest -= pAbove
    pBelow *= below / rate
    below = max(0, below - 1)
    if rest < pBelow { return below }
    rest -= pBelow
  }
  return mode
}
