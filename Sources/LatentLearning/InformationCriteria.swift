internal import LatentKernels

/// Criteria that weigh the fit of a model against its number of parameters; smaller is better.
public struct InformationCriteria: Hashable, Sendable {
  /// AIC = 2k − 2ℓ (Akaike 1974).
  public let aic: Double
  /// BIC = k log n − 2ℓ (Schwarz 1978).
  public let bic: Double

  /// - Parameters:
  ///   - logLikelihood: ℓ, natural logarithm.
  ///   - freeParameters: k.
  ///   - weight: n, the summed weight of the rows.
  public init(logLikelihood: Double, freeParameters: Int, weight: Double) {
    aic = 2 * Double(freeParameters) - 2 * logLikelihood
    bic = Double(freeParameters) * naturalLog(weight) - 2 * logLikelihood
  }
  /// ICL = BIC + 2 · entropy (Biernacki, Celeux and Govaert 2000), on the scale of BIC: smaller is better. It prefers
  /// classes that rows belong to without doubt.
  ///
  /// - Parameter entropy: that of the classes, summed over the rows by weight.
  public func icl(entropy: Double) -> Double { bic + 2 * entropy }
}
