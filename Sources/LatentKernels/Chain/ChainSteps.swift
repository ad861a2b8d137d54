/// The steps of hidden Markov chains, and what turns them into likelihoods and expected counts.
///
/// α_t(j) ∝ v_t(j) Σ_i α_{t−1}(i) A_ij, each α_t summing to 1, ℓ = Σ log c_t with c_t the sums (Rabiner 1989, section
/// V.A); b_t = v_t β_t / c_t and β_{t−1}(i) = Σ_j A_ij b_t(j), so that γ_t = α_t β_t and ξ_t(i, j) = α_{t−1}(i) A_ij b_t(j).
/// Transitions are summed as Σ_t w α_{t−1}(i) b_t(j) and multiplied by A_ij once.
public struct ChainSteps {
  /// The number of states K of the chain.
  public let states: Int
  /// Messages that several steps have in common.
  public let shared: UnsafePointer<Double>
  /// Messages of single steps.
  public let own: UnsafeMutablePointer<Double>
  /// Per step: where its message begins in `shared`, or the complement of where it begins in `own`.
  public let sources: UnsafePointer<Int32>
  /// Per step: which initial distribution and which transition it has; nil where there is one.
  public let configurations: UnsafePointer<Int32>?
  /// The initial distributions, K numbers each.
  public let initial: UnsafePointer<Double>
  /// The transitions, K rows of K numbers each: from the state of the row to that of the column.
  public let transition: UnsafePointer<Double>

  /// Steps over buffers that outlive them.
  public init(
    states: Int, shared: UnsafePointer<Double>, own: UnsafeMutablePointer<Double>, sources: UnsafePointer<Int32>,
    configurations: UnsafePointer<Int32>?, initial: UnsafePointer<Double>, transition: UnsafePointer<Double>
  ) {
    self.states = states
    self.shared = shared
    self.own = own
    self.sources = sources
    self.configurations = configurations
    self.initial = initial
    self.transition = transition
  }

  /// What a step says of each state.
  @inline(__always)
  func message(_ step: Int) -> UnsafePointer<Double> {
    let source = Int(sources[step])
    return source >= 0 ? shared + source : UnsafePointer(own + ~source)
  }

  /// The transition into a step.
  @inline(__always)
  public func transition(into step: Int) -> UnsafePointer<Double> {
    guard let configurations else { return transition }
    return transition + Int(configurations[step]) * states * states
  }

  @inline(__always)
  func initial(at step: Int) -> UnsafePointer<Double> {
    guard let configurations else { return initial }
    return initial + Int(configurations[step]) * states
  }

  /// α of the first step; returns c.
  @inline(__always)
  public func begin(_ step: Int, _ alpha: UnsafeMutablePointer<Double>) -> Double {
    let (start, message) = (initial(at: step), message(step))
    for state in 0..<states { alpha[state] = start[state] * message[state] }
    return normalize(alpha)
  }

  /// α of a later step from the one before; returns c.
  @inline(__always)
  public func advance(
    to step: Int, from before: UnsafePointer<Double>, _ alpha: UnsafeMutablePointer<Double>
  ) -> Double {
    let count = states
    let message = message(step)
    var row = transition(into: step)
    let first = before[0]
    for state in 0..<count { alpha[state] = first * row[state] }
    for from in 1..<max(1, count) {
      row += count
      let weight = before[from]
      for state in 0..<count { alpha[state] += weight * row[state] }
    }
    for state in 0..<count { alpha[state] *= message[state] }
    return normalize(alpha)
  }

  /// Divides by the sum, which is returned.
  @inline(__always)
  private func normalize(_ alpha: UnsafeMutablePointer<Double>) -> Double {
    var sum = 0.0
    for state in 0..<states { sum += alpha[state] }
    let factor = 1 / sum
    for state in 0..<states { alpha[state] *= factor }
    return sum
  }
}

/// A logarithm of many factors: they are multiplied as long as the product is a normal number, which is as exact as a sum
/// of logarithms and much quicker.
public struct LogOfFactors {
  private var sum = 0.0
  private var product = 1.0

  /// The logarithm of 1.
  public init() {}

  /// Multiplies by a factor ≥ 0.
  @inline(__always)
  public mutating func multiply(by factor: Double) {
    if product < 0x1p-300 || product > 0x1p300 || factor < 0x1p-600 || factor > 0x1p600 {
      take(factor)
    } else {
      product *= factor
    }
  }

  @inline(never)
  private mutating func take(_ factor: Double) {
    sum += naturalLog(product) + naturalLog(factor)
    product = 1
  }

  /// The logarithm of all factors; −∞ when one of them was 0.
  public var log: Double { sum + naturalLog(product) }
}
