internal import LatentKernels

/// Decides which cells of a column are hidden: each by chance, with log-odds that an intercept and the row's predictor
/// add up to.
///
/// A predictor is what the row says about the cell, 0 in every row where nothing does. A draw is a random number in
/// [0, 1) per cell. Goals that depend on the whole column need a pass over it first: `consider` for each cell, then
/// `settle`; after that, the same predictors and draws go to `hides`.
package struct HidingRule {
  /// How many cells are to be hidden.
  package enum Goal: Hashable, Sendable {
    /// So large a share of the column is expected.
    case rate(Double)
    /// The share is exactly this one, rounded to a number of cells.
    case exactRate(Double)
    /// Whatever follows from this intercept.
    case intercept(Double)
  }

  private let goal: Goal
  /// How many cells have each predictor.
  private var predictors: [Double: Int] = [:]
  /// The ranks of the cells; the least are hidden.
  private var ranks: [Double] = []
  /// The greatest rank that is hidden, and how many cells of that rank still may be.
  private var last = (rank: -Double.infinity, cells: 0)
  /// The log-odds of a cell whose predictor is 0, once they are known; nil where a number of cells is given.
  package private(set) var intercept: Double?

  /// A rule for a column; rates are between 0 and 1.
  package init(_ goal: Goal) {
    self.goal = goal
    switch goal {
    case .rate(let rate): intercept = logit(rate)
    case .intercept(let value): intercept = value
    case .exactRate: intercept = nil
    }
  }

  /// Takes note of a cell that can be hidden.
  package mutating func consider(predictor: Double, draw: Double) {
    switch goal {
    case .rate: predictors[predictor, default: 0] += 1
    case .exactRate: ranks.append(Self.rank(predictor: predictor, draw: draw))
    case .intercept: break
    }
  }

  /// Decides, when all cells were considered, what the whole column decides.
  package mutating func settle() {
    switch goal {
    case .rate(let rate): intercept = Self.intercept(rate: rate, predictors: predictors)
    case .exactRate(let rate):
      let count = Int((rate * Double(ranks.count)).rounded())
      guard count > 0 else { return }
      ranks.sort()
      let rank = ranks[count - 1]
      last = (rank, count - (ranks.firstIndex(of: rank) ?? 0))
      ranks = []
    case .intercept: break
    }
  }

  /// Whether a cell is hidden.
  package mutating func hides(predictor: Double, draw: Double) -> Bool {
    if let intercept { return draw < logistic(intercept + predictor) }
    let rank = Self.rank(predictor: predictor, draw: draw)
    guard rank == last.rank else { return rank < last.rank }
    last.cells -= 1
    return last.cells >= 0
  }

  /// Pareto sampling (Rosén 1997): the cells of the least logit(draw) − predictor are a sample of fixed size in which
  /// each has nearly the probability that its log-odds give it, and exactly that where all predictors are equal.
  private static func rank(predictor: Double, draw: Double) -> Double { logit(draw) - predictor }

  /// The intercept with which the mean of logistic(intercept + predictor) over all cells is a rate.
  ///
  /// The mean grows with the intercept, and the solution lies between those for the least and the greatest predictor:
  /// Newton's steps, and halves of the interval where they leave it.
  private static func intercept(rate: Double, predictors: [Double: Int]) -> Double {
    let start = logit(rate)
    let cells = predictors.sorted { $0.key < $1.key }
    guard start.isFinite, let first = cells.first, let last = cells.last else { return start }
    let count = Double(cells.reduce(0) { $0 + $1.value })
    var (low, high) = (start - last.key, start - first.key)
    var value = low + (high - low) / 2
    while true {
      var excess = -rate * count
      var slope = 0.0
      for (predictor, number) in cells {
        let probability = logistic(value + predictor)
        excess += Double(number) * probability
        slope += Double(number) * probability * (1 - probability)
      }
      if excess > 0 { high = value } else { low = value }
      let step = value - excess / slope
      let next = step > low && step < high ? step : low + (high - low) / 2
      if (next - value).magnitude <= 1e-14 * (1 + value.magnitude) || next <= low || next >= high { return next }
      value = next
    }
  }
}
