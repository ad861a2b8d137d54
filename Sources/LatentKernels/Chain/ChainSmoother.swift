/// The posteriors of single steps, kept for all of them at once.
public struct ChainSmoother {
  private let steps: ChainSteps
  private var count: Int { steps.states }

  /// A smoother of these steps.
  public init(_ steps: ChainSteps) { self.steps = steps }

  /// α of a sequence; `alphas` has K numbers a step, from step 0 on.
  public func filter(_ sequence: Range<Int>, _ alphas: UnsafeMutablePointer<Double>) {
    for step in sequence {
      let alpha = alphas + step * count
      if step == sequence.lowerBound {
        _ = steps.begin(step, alpha)
      } else {
        _ = steps.advance(to: step, from: UnsafePointer(alpha - count), alpha)
      }
    }
  }

  /// α of a sequence, and for each step what those before it say of its states: Σ_i α_{t−1}(i) A_ij.
  public func filter(
    _ sequence: Range<Int>, _ alphas: UnsafeMutablePointer<Double>, outside: UnsafeMutablePointer<Double>
  ) {
    filter(sequence, alphas)
    for step in sequence {
      predict(
        step, isFirst: step == sequence.lowerBound, UnsafePointer(alphas + (step - 1) * count), outside + step * count)
    }
  }

  /// γ of a sequence, and for each step what the others say of its states: Σ_i α_{t−1}(i) A_ij β_t(j), up to a factor.
  public func smooth(
    _ sequence: Range<Int>, _ gammas: UnsafeMutablePointer<Double>, outside: UnsafeMutablePointer<Double>
  ) {
    filter(sequence, gammas)
    var beta = [Double](repeating: 1, count: count)
    for step in sequence.reversed() {
      let gamma = gammas + step * count
      let out = outside + step * count
      predict(step, isFirst: step == sequence.lowerBound, UnsafePointer(gamma - count), out)
      var largest = 0.0
      for state in 0..<count {
        out[state] *= beta[state]
        largest = max(largest, out[state])
        gamma[state] *= beta[state]
      }
      if largest > 0 { for state in 0..<count { out[state] /= largest } }
      normalize(gamma)
      stepBack(step, &beta)
    }
  }

  /// Adds log p(state | state before, all of the sequence) of each step, to numbers of one a step.
  public func addLogPosterior(of path: [Int16], _ sequence: Range<Int>, to logs: inout [Double]) {
    var beta = [Double](repeating: 1, count: count)
    var weights = beta
    for step in sequence.reversed() {
      let message = steps.message(step)
      let isFirst = step == sequence.lowerBound
      let row =
        isFirst ? steps.initial(at: step) : steps.transition(into: step) + Int(path[step - 1]) * count
      var sum = 0.0
      for state in 0..<count {
        weights[state] = row[state] * message[state] * beta[state]
        sum += weights[state]
      }
      logs[step] += naturalLog(weights[Int(path[step])] / sum)
      stepBack(step, &beta)
    }
  }

  /// β of the step before, up to a factor.
  private func stepBack(_ step: Int, _ beta: inout [Double]) {
    let message = steps.message(step)
    var ahead = beta
    for state in 0..<count { ahead[state] *= message[state] }
    let transition = steps.transition(into: step)
    var largest = 0.0
    for from in 0..<count {
      var sum = 0.0
      for state in 0..<count { sum += transition[from * count + state] * ahead[state] }
      beta[from] = sum
      largest = max(largest, sum)
    }
    if largest > 0 { for state in 0..<count { beta[state] /= largest } }
  }

  private func predict(
    _ step: Int, isFirst: Bool, _ before: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    guard !isFirst else {
      out.update(from: steps.initial(at: step), count: count)
      return
    }
    let transition = steps.transition(into: step)
    for state in 0..<count { out[state] = 0 }
    for from in 0..<count {
      for state in 0..<count { out[state] += before[from] * transition[from * count + state] }
    }
  }

  private func normalize(_ gamma: UnsafeMutablePointer<Double>) {
    var sum = 0.0
    for state in 0..<count { sum += gamma[state] }
    for state in 0..<count { gamma[state] /= sum }
  }
}
