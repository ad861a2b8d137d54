/// The value of a continued fraction 1 / (b₀ + a₁ / (b₁ + a₂ / (b₂ + …))), term by term from the front (Lentz 1976, with
/// the guard of Thompson and Barnett 1986 against divisions by 0).
struct ContinuedFraction {
  private(set) var value: Double
  private var numerators: Double
  private var denominators: Double
  private var factor = 0.0

  private static let tiny = 0x1p-1000

  /// The fraction 1 / b₀, given its value.
  init(_ value: Double) {
    self.value = value
    numerators = 1 / Self.tiny
    denominators = value
  }

  /// Whether the last term changed nothing any more.
  var hasConverged: Bool { !((factor - 1).magnitude > 0x1p-52) }

  /// Appends a term aₙ / bₙ.
  mutating func append(numerator: Double, denominator: Double) {
    denominators = 1 / Self.nonzero(denominator + numerator * denominators)
    numerators = Self.nonzero(denominator + numerator / numerators)
    factor = numerators * denominators
    value *= factor
  }

  private static func nonzero(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
}
