/// Round numbers along an axis.
enum Ticks {
  /// Multiples of 1, 2 or 5 times a power of ten between two finite numbers, at most about so many; one at least.
  static func between(_ low: Double, _ high: Double, about count: Int) -> [Double] {
    let coarse = (high - low) / Double(count)
    guard coarse > 0, coarse.isFinite else { return [low] }
    var power = 1.0
    while power * 10 <= coarse { power *= 10 }
    while power > coarse { power /= 10 }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= 0.7 * coarse } ?? coarse
    let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
    guard first <= last, last - first < 100 else { return [low] }
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// A tick in words.
  static func text(_ value: Double) -> String { Numerals.significant(value, digits: 10) }
}
