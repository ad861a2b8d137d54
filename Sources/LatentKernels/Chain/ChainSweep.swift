/// Forward and backward over one sequence at a time. The α of long sequences are kept in segments: backward, a segment is
/// computed once more from the α before it, so that memory does not grow with the length of a sequence.
public struct ChainSweep {
  private let steps: ChainSteps
  /// α of the steps of one segment, and before it room for that of the step before.
  private let alphas: UnsafeMutablePointer<Double>
  /// c of the steps of one segment.
  private let factors: UnsafeMutablePointer<Double>
  /// α before each segment but the first.
  private let checkpoints: UnsafeMutablePointer<Double>
  private let segment: Int

  /// How many steps a segment has at most.
  public static func segment(states: Int) -> Int { max(1024, (1 << 21) / (states + 1)) }

  /// - segment: how many steps `alphas` and `factors` have room for, the former for one more.
  public init(
    _ steps: ChainSteps, alphas: UnsafeMutablePointer<Double>, factors: UnsafeMutablePointer<Double>,
    checkpoints: UnsafeMutablePointer<Double>, segment: Int
  ) {
    self.steps = steps
    self.alphas = alphas
    self.factors = factors
    self.checkpoints = checkpoints
    self.segment = segment
  }

  /// ℓ of a sequence, and with it the α of its last segment; −∞ where the sequence is impossible.
  public func forward(_ range: Range<Int>) -> Double {
    var log = LogOfFactors()
    var start = range.lowerBound
    while start < range.upperBound {
      let rows = start..<min(start + segment, range.upperBound)
      if start > range.lowerBound {
        let last = alphas + segment * steps.states
        let checkpoint = checkpoints + ((start - range.lowerBound) / segment - 1) * steps.states
        checkpoint.update(from: last, count: steps.states)
        alphas.update(from: last, count: steps.states)
      }
      forward(rows, isFirst: start == range.lowerBound) { log.multiply(by: $0) }
      start = rows.upperBound
    }
    return log.log
  }

  /// α and c of the steps of a segment; α of the step before stands at the beginning of `alphas`.
  @inline(__always)
  private func forward(_ rows: Range<Int>, isFirst: Bool, _ body: (Double) -> Void) {
    let count = steps.states
    var alpha = alphas
    for step in rows {
      let next = alpha + count
      let factor =
        isFirst && step == rows.lowerBound ? steps.begin(step, next) : steps.advance(to: step, from: alpha, next)
      factors[step - rows.lowerBound] = factor
      body(factor)
      alpha = next
    }
  }

  /// Goes back over a sequence after `forward`.
  ///
  /// - belief: laid out like the shared messages; gains w γ of the steps that have them.
  /// - first: gains w γ of the first step.
  /// - transitions: gains Σ w α_{t−1}(i) b_t(j), by configuration.
  /// - ownStart: where, among the messages that are not shared, those of single steps begin, which are replaced by w γ; what
  ///   stands before them is constant.
  /// - scratch: room for twice K numbers.
  public func backward(
    _ range: Range<Int>, weight: Double, belief: UnsafeMutablePointer<Double>, first: UnsafeMutablePointer<Double>,
    transitions: UnsafeMutablePointer<Double>, ownStart: Int, scratch: UnsafeMutablePointer<Double>
  ) {
    let count = steps.states
    let (beta, ahead) = (scratch, scratch + count)
    for state in 0..<count { beta[state] = 1 }
    var number = (range.count - 1) / segment
    while number >= 0 {
      let start = range.lowerBound + number * segment
      let rows = start..<min(start + segment, range.upperBound)
      if rows.upperBound < range.upperBound {
        if number > 0 { alphas.update(from: checkpoints + (number - 1) * count, count: count) }
        forward(rows, isFirst: number == 0) { _ in }
      }
      for step in rows.reversed() {
        let alpha = alphas + (step - start + 1) * count
        let source = Int(steps.sources[step])
        let message = steps.message(step)
        let factor = 1 / factors[step - start]
        for state in 0..<count { ahead[state] = message[state] * beta[state] * factor }
        if source >= 0 {
          let target = belief + source
          for state in 0..<count { target[state] += weight * alpha[state] * beta[state] }
        } else if ~source >= ownStart {
          let target = steps.own + ~source
          for state in 0..<count { target[state] = weight * alpha[state] * beta[state] }
        }
        guard step > range.lowerBound else {
          let offset = Int(steps.configurations?[step] ?? 0) * count
          for state in 0..<count { first[offset + state] += weight * alpha[state] * beta[state] }
          continue
        }
        let square = Int(steps.configurations?[step] ?? 0) * count * count
        var row = steps.transition + square
        var sums = transitions + square
        let before = alpha - count
        for from in 0..<count {
          let mass = weight * before[from]
          var sum = 0.0
          for state in 0..<count {
            sum += row[state] * ahead[state]
            sums[state] += mass * ahead[state]
          }
          beta[from] = sum
          row += count
          sums += count
        }
      }
      number -= 1
    }
  }
}
