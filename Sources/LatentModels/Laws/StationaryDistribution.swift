internal import LatentKernels

/// The distribution π over the states of a chain that a transition A leaves as it is: π = πA.
package struct StationaryDistribution {
  /// π, which sums to 1.
  package let probabilities: [Double]
  /// Z = (I − A + 1π)⁻¹, the fundamental matrix (Kemeny and Snell 1960), row by row: ∂π_k / ∂A_ij = π_i Z_jk along
  /// directions in which rows of A keep their sum.
  let fundamental: [Double]

  /// The stationary distribution of a transition, row by row from state to state; nil where it is not the only one.
  package init?(of transition: [Double], states count: Int) {
    // I − A + U, where U has the number 1 in every cell, is regular if and only if π is unique; then π = 1 (I − A + U)⁻¹.
    var matrix = transition.map { 1 - $0 }
    for state in 0..<count { matrix[state * count + state] += 1 }
    guard let inverse = Self.inverse(matrix, count) else { return nil }
    var probabilities = (0..<count).map { column in
      max(0, (0..<count).reduce(0) { $0 + inverse[$1 * count + column] })
    }
    let sum = probabilities.reduce(0, +)
    guard sum > 0, sum.isFinite else { return nil }
    for state in 0..<count { probabilities[state] /= sum }
    self.probabilities = probabilities
    var withRows = transition.map { -$0 }
    for row in 0..<count {
      withRows[row * count + row] += 1
      for column in 0..<count { withRows[row * count + column] += probabilities[column] }
    }
    guard let fundamental = Self.inverse(withRows, count) else { return nil }
    self.fundamental = fundamental
  }

  /// The inverse of a matrix by elimination with pivots (Gauss and Jordan); nil where it is singular up to rounding.
  private static func inverse(_ matrix: [Double], _ count: Int) -> [Double]? {
    var left = matrix
    var right = [Double](repeating: 0, count: count * count)
    for row in 0..<count { right[row * count + row] = 1 }
    for column in 0..<count {
      var pivot = column
      for row in column..<count where left[row * count + column].magnitude > left[pivot * count + column].magnitude {
        pivot = row
      }
      guard left[pivot * count + column].magnitude > 1e-13 else { return nil }
      for index in 0..<count where pivot != column {
        left.swapAt(pivot * count + index, column * count + index)
        right.swapAt(pivot * count + index, column * count + index)
      }
      let divisor = left[column * count + column]
      for index in 0..<count {
        left[column * count + index] /= divisor
        right[column * count + index] /= divisor
      }
      for row in 0..<count where row != column {
        let factor = left[row * count + column]
        guard factor != 0 else { continue }
        for index in 0..<count {
          left[row * count + index] -= factor * left[column * count + index]
          right[row * count + index] -= factor * right[column * count + index]
        }
      }
    }
    return right
  }
}

/// The M-step of a transition whose stationary distribution is that of the first step: it raises
/// Q(A) = Σ N_ij log A_ij + Σ n_k log π_k(A), and stays where it cannot.
struct StationaryTransition {
  private(set) var transition: [Double]
  private(set) var initial: [Double]
  private var score: Double
  private let counts: [Double]
  private let first: [Double]

  /// Steps of the fixed point at most; one raises Q, and few are left to gain.
  private static let steps = 100
  private static let halvings = 40

  /// - counts: N_ij, the transitions. first: n_k, the first steps.
  init(from transition: [Double], counts: [Double], first: [Double]) {
    self.counts = counts
    self.first = first
    self.transition = transition
    let count = first.count
    initial = StationaryDistribution(of: transition, states: count)?.probabilities ?? first
    score = -.infinity
    score = evaluate(transition)?.score ?? -.infinity
    var start = transition
    counts.withUnsafeBufferPointer { counts in
      start.withUnsafeMutableBufferPointer { normalizeRows(counts, into: $0, width: count) }
    }
    if let found = evaluate(start), found.score > score { take(start, found) }
    for _ in 0..<Self.steps {
      let before = score
      guard let target = fixedPoint(), approach(target) else { return }
      if score - before <= 1e-14 * (1 + score.magnitude) { return }
    }
  }

  private mutating func take(_ transition: [Double], _ found: (score: Double, initial: [Double])) {
    self.transition = transition
    (score, initial) = found
  }

  /// Q, and the stationary distribution; nil where there is none.
  private func evaluate(_ transition: [Double]) -> (score: Double, initial: [Double])? {
    guard let stationary = StationaryDistribution(of: transition, states: first.count) else { return nil }
    var sum = 0.0
    for (weight, value) in zip(counts, transition) where weight > 0 { sum += weight * naturalLog(value) }
    for (weight, value) in zip(first, stationary.probabilities) where weight > 0 { sum += weight * naturalLog(value) }
    return sum.isNaN ? nil : (sum, stationary.probabilities)
  }

  /// Where the derivatives of Q within each row, as they are here, would be equal: A_ij ∝ N_ij + A_ij (G_ij + c_i), with
  /// G_ij = Σ_k n_k π_i Z_jk / π_k and c_i such that nothing is negative.
  private func fixedPoint() -> [Double]? {
    let count = first.count
    guard let stationary = StationaryDistribution(of: transition, states: count) else { return nil }
    var target = transition
    for from in 0..<count {
      let slopes = (0..<count).map { to in
        (0..<count).reduce(0.0) { sum, state in
          first[state] > 0
            ? sum + first[state] * stationary.probabilities[from] * stationary.fundamental[to * count + state]
              / stationary.probabilities[state] : sum
        }
      }
      let lift = -min(0, slopes.min() ?? 0)
      var row = (0..<count).map { to in
        counts[from * count + to] + transition[from * count + to] * (slopes[to] + lift)
      }
      let sum = row.reduce(0, +)
      guard sum > 0 else { continue }
      for to in row.indices { row[to] /= sum }
      target.replaceSubrange(from * count..<(from + 1) * count, with: row)
    }
    return target
  }

  /// Goes toward a transition as far as Q rises; false where it does not.
  private mutating func approach(_ target: [Double]) -> Bool {
    var share = 1.0
    for _ in 0..<Self.halvings {
      let candidate = zip(transition, target).map { $0 + share * ($1 - $0) }
      if let found = evaluate(candidate), found.score > score {
        take(candidate, found)
        return true
      }
      share /= 2
    }
    return false
  }
}
