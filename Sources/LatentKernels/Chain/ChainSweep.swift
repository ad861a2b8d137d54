/// Forward and backward over one sequence at a time. The α of long sequences are kept in segments: backward, a segment is
/// computed once more from the α before it, so that memory does not grow with the length of a sequence.
public struct ChainSweep {
  let steps: ChainSteps
  /// α of the steps of one segment, and before it room for that of the step before.
  let alphas: UnsafeMutablePointer<Double>
  /// c of the steps of one segment.
  let factors: UnsafeMutablePointer<Double>
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

  /// ℓ of a sequence, and with it the α of its last segment; −∞ or no number where the sequence is impossible.
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
      forward(rows, isFirst: start == range.lowerBound, &log)
      start = rows.upperBound
    }
    return log.log
  }

  /// α and c of the steps of a segment; α of the step before stands at the beginning of `alphas`.
  private func forward(_ rows: Range<Int>, isFirst: Bool, _ log: inout LogOfFactors) {
    switch steps.states {
    case 2: forward(rows, isFirst: isFirst, &log, TwoStates.self)
    case 3: forward(rows, isFirst: isFirst, &log, ThreeStates.self)
    case 4: forward(rows, isFirst: isFirst, &log, FourStates.self)
    case 5: forward(rows, isFirst: isFirst, &log, FiveStates.self)
    case 6: forward(rows, isFirst: isFirst, &log, SixStates.self)
    case 8: forward(rows, isFirst: isFirst, &log, EightStates.self)
    default: forwardManyStates(rows, isFirst: isFirst, &log)
    }
  }

  private func forwardManyStates(_ rows: Range<Int>, isFirst: Bool, _ log: inout LogOfFactors) {
    var alpha = alphas
    for step in rows {
      let next = alpha + steps.states
      let factor =
        isFirst && step == rows.lowerBound ? steps.begin(step, next) : steps.advance(to: step, from: alpha, next)
      factors[step - rows.lowerBound] = factor
      log.multiply(by: factor)
      alpha = next
    }
  }

  /// Goes back over a sequence after `forward`.
  ///
  /// Messages of single steps are replaced by w γ.
  public func backward(_ range: Range<Int>, _ back: ChainAdjoints) {
    let count = steps.states
    for state in 0..<count { back.beta[state] = 1 }
    var number = (range.count - 1) / segment
    while number >= 0 {
      let start = range.lowerBound + number * segment
      let rows = start..<min(start + segment, range.upperBound)
      if rows.upperBound < range.upperBound {
        if number > 0 { alphas.update(from: checkpoints + (number - 1) * count, count: count) }
        var log = LogOfFactors()
        forward(rows, isFirst: number == 0, &log)
      }
      backward(rows, back, isFirst: number == 0)
      number -= 1
    }
  }

  private func backward(_ rows: Range<Int>, _ back: ChainAdjoints, isFirst: Bool) {
    switch steps.states {
    case 2: backward(rows, back, isFirst: isFirst, TwoStates.self)
    case 3: backward(rows, back, isFirst: isFirst, ThreeStates.self)
    case 4: backward(rows, back, isFirst: isFirst, FourStates.self)
    case 5: backward(rows, back, isFirst: isFirst, FiveStates.self)
    case 6: backward(rows, back, isFirst: isFirst, SixStates.self)
    case 8: backward(rows, back, isFirst: isFirst, EightStates.self)
    default: backwardManyStates(rows, back, isFirst: isFirst)
    }
  }

  private func backwardManyStates(_ rows: Range<Int>, _ back: ChainAdjoints, isFirst: Bool) {
    let count = steps.states
    let (beta, ahead, weight) = (back.beta, back.ahead, back.weight)
    for step in rows.reversed() {
      let alpha = alphas + (step - rows.lowerBound + 1) * count
      let source = Int(steps.sources[step])
      let message = steps.message(step)
      let factor = 1 / factors[step - rows.lowerBound]
      for state in 0..<count { ahead[state] = message[state] * beta[state] * factor }
      if source >= 0 {
        let target = back.belief + source
        for state in 0..<count { target[state] += weight * alpha[state] * beta[state] }
      } else if ~source >= back.ownStart {
        let target = steps.own + ~source
        for state in 0..<count { target[state] = weight * alpha[state] * beta[state] }
      }
      let configuration = Int(steps.configurations?[step] ?? 0)
      guard !isFirst || step > rows.lowerBound else {
        let target = back.first + configuration * count
        for state in 0..<count { target[state] += weight * alpha[state] * beta[state] }
        return
      }
      var row = steps.transition + configuration * count * count
      var sums = back.transitions + configuration * count * count
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
  }
}

/// Where the way back over a sequence puts what it finds.
public struct ChainAdjoints {
  /// The weight w of the sequence.
  let weight: Double
  /// Laid out like the shared messages; gains w γ of the steps that have them.
  let belief: UnsafeMutablePointer<Double>
  /// Gains w γ of the first step, by configuration.
  let first: UnsafeMutablePointer<Double>
  /// Gains Σ w α_{t−1}(i) b_t(j), by configuration.
  let transitions: UnsafeMutablePointer<Double>
  /// The transitions, columns in the place of rows.
  let transposed: UnsafePointer<Double>
  /// Where, among the messages that are not shared, those of single steps begin; what stands before them is constant.
  let ownStart: Int
  /// Room for K numbers each.
  let beta: UnsafeMutablePointer<Double>
  let ahead: UnsafeMutablePointer<Double>

  /// Over buffers that outlive it; the fields say what each of them holds.
  ///
  /// - scratch: room for twice K numbers.
  public init(
    weight: Double, belief: UnsafeMutablePointer<Double>, first: UnsafeMutablePointer<Double>,
    transitions: UnsafeMutablePointer<Double>, transposed: UnsafePointer<Double>, ownStart: Int,
    scratch: UnsafeMutablePointer<Double>, states: Int
  ) {
    self.weight = weight
    self.belief = belief
    self.first = first
    self.transitions = transitions
    self.transposed = transposed
    self.ownStart = ownStart
    beta = scratch
    ahead = scratch + states
  }
}
