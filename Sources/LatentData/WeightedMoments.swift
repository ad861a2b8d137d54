/// The count, mean and spread of weighted numbers that may come in several parts; one pass, without cancellation (Chan,
/// Golub and LeVeque 1983).
public struct WeightedMoments: Hashable, Sendable {
  /// Σ w.
  public private(set) var weight = 0.0
  /// Σ w x / Σ w; 0 of no numbers.
  public private(set) var mean = 0.0
  /// Σ w (x − mean)².
  public private(set) var sumOfSquares = 0.0

  /// The moments of no numbers.
  public init() {}

  /// Σ w (x − mean)² / Σ w, the variance that maximises the likelihood; 0 of no numbers.
  public var variance: Double { weight > 0 ? sumOfSquares / weight : 0 }

  /// Adds one number.
  public mutating func add(_ value: Double, weight new: Double) {
    guard new > 0 else { return }
    weight += new
    let difference = value - mean
    mean += difference * (new / weight)
    sumOfSquares += new * difference * (value - mean)
  }

  /// Adds a column; NaN is a missing cell.
  public mutating func add(_ values: [Double], weights: [Double]) {
    for (value, weight) in zip(values, weights) where !value.isNaN { add(value, weight: weight) }
  }

  /// Σ w (x − origin).
  public func first(about origin: Double) -> Double { weight * (mean - origin) }

  /// Σ w (x − origin)².
  public func second(about origin: Double) -> Double {
    sumOfSquares + weight * (mean - origin) * (mean - origin)
  }
}
