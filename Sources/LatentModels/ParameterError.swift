internal import LatentData

/// What makes numbers unusable as the parameters of a family.
public enum ParameterError: Error, Hashable, CustomStringConvertible {
  /// What is wrong with the row for one configuration of the parents.
  public enum Flaw: Hashable, Sendable {
    /// A number below 0 or above 1 in a table.
    case notAProbability(Double)
    /// Probabilities that do not sum to 1, and what they sum to.
    case sum(Double)
    /// A mean that is not a finite number.
    case notAMean(Double)
    /// A variance that is not a number in `Frame.variances`.
    case notAVariance(Double)
    /// A rate that is not a number in `Frame.rates`.
    case notARate(Double)
    /// A covariance matrix that differs from its transpose.
    case notSymmetric
    /// A covariance matrix that is not positive definite.
    case notPositiveDefinite
    /// A covariance other than 0 in a block whose covariance is diagonal or spherical.
    case notDiagonal(Double)
    /// Variances that differ in a block whose covariance is spherical.
    case notSpherical
    /// Covariances that differ from one configuration to the other in a block whose covariance is tied.
    case notTied
  }

  /// A flaw in the row for a configuration, which is empty for a variable without parents.
  case row(Flaw, variable: String, configuration: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .row(let flaw, let variable, let configuration):
      let subject = configuration.isEmpty ? variable : "\(variable) given \(configuration)"
      return switch flaw {
      case .notAProbability(let value): "the table of \(subject) holds \(value), which is not between 0 and 1"
      case .sum(let sum): "the probabilities of \(subject) sum to \(sum), not to 1"
      case .notAMean(let mean): "the mean of \(subject) is \(mean), which is not a finite number"
      case .notAVariance(let variance):
        variance > 0 && variance.isFinite
          ? "the variance of \(subject) is \(variance), which is not between \(Frame.variances.lowerBound) and "
            + "\(Frame.variances.upperBound)"
          : "the variance of \(subject) is \(variance), which is not a finite number above 0"
      case .notARate(let rate):
        "the rate of \(subject) is \(rate), which is not a finite number, 0 or greater"
      case .notSymmetric:
        "the covariance of \(subject) is not symmetric"
      case .notPositiveDefinite:
        "the covariance of \(subject) is not positive definite"
      case .notDiagonal(let covariance):
        "a covariance of \(subject) is \(covariance); where the block is diagonal or spherical, covariances are 0"
      case .notSpherical:
        "the variances of \(subject) differ; where the block is spherical, they are equal"
      case .notTied:
        "the covariance of \(subject) differs from that of the first row; where the block is tied, they are equal"
      }
    }
  }

  /// How far the sum of a distribution may be from 1 to be kept as written.
  public static let tolerance = 1e-12
}
