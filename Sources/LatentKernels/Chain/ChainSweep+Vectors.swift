/// The same steps for few states, which the optimizer keeps in registers.
extension ChainSweep {
  /// α and c of the steps of a segment.
  @inline(never)
  func forward<States: StateVector>(_ rows: Range<Int>, isFirst: Bool, _ log: inout LogOfFactors, _: States.Type) {
    var alpha = alphas
    for step in rows {
      let next = alpha + States.count
      let message = States(at: steps.message(step))
      var weights: States
      if isFirst, step == rows.lowerBound {
        weights = States(at: steps.initial(at: step)) * message
      } else {
        var row = steps.transition(into: step)
        weights = States(repeating: alpha[0]) * States(at: row)
        for from in 1..<States.count {
          row += States.count
          weights = weights + States(repeating: alpha[from]) * States(at: row)
        }
        weights = weights * message
      }
      let factor = weights.sum
      (weights * States(repeating: 1 / factor)).store(at: next)
      factors[step &- rows.lowerBound] = factor
      log.multiply(by: factor)
      alpha = next
    }
  }

  /// Goes back over the steps of a segment; `back.beta` is β of its last step, and then of the step before it.
  @inline(never)
  func backward<States: StateVector>(_ rows: Range<Int>, _ back: ChainAdjoints, isFirst: Bool, _: States.Type) {
    let count = States.count
    var beta = States(at: back.beta)
    let weight = States(repeating: back.weight)
    var step = rows.upperBound &- 1
    while step >= rows.lowerBound {
      let alpha = alphas + (step &- rows.lowerBound &+ 1) &* count
      let source = Int(steps.sources[step])
      let ahead = States(at: steps.message(step)) * beta * States(repeating: 1 / factors[step &- rows.lowerBound])
      let mass = weight * States(at: alpha) * beta
      if source >= 0 {
        mass.add(to: back.belief + source)
      } else if ~source >= back.ownStart {
        mass.store(at: steps.own + ~source)
      }
      let configuration = Int(steps.configurations?[step] ?? 0)
      guard !isFirst || step > rows.lowerBound else {
        mass.add(to: back.first + configuration &* count)
        return
      }
      ahead.store(at: back.ahead)
      var column = back.transposed + configuration &* count &* count
      var sums = back.transitions + configuration &* count &* count
      let before = alpha - count
      beta = States(repeating: back.ahead[0]) * States(at: column)
      (States(repeating: back.weight * before[0]) * ahead).add(to: sums)
      for state in 1..<count {
        column += count
        sums += count
        beta = beta + States(repeating: back.ahead[state]) * States(at: column)
        (States(repeating: back.weight * before[state]) * ahead).add(to: sums)
      }
      step &-= 1
    }
    beta.store(at: back.beta)
  }
}

typealias EightStates = Joined<FourStates, FourStates>
