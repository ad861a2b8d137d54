/// The distances that a layout keeps, in pixels.
enum Spacing {
  /// Between the sides of neighbours in a layer.
  static func beside(_ leftIsDummy: Bool, _ rightIsDummy: Bool) -> Double {
    switch (leftIsDummy, rightIsDummy) {
    case (false, false): 22
    case (true, true): 12
    default: 16
    }
  }

  /// Between layers at least and at most.
  static let betweenLayers = 44.0...120.0
  /// The height between two layers per pixel that the edge of most sideways movement between them has.
  static let slope = 0.16
  /// The height between two layers per line between them.
  static let perLine = 2.0
  /// Between parts of a drawing that no edge joins.
  static let betweenParts = 36.0
}
