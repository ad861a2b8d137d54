internal import LatentData

/// Whether states have an order that their labels show: numbers, ranges of numbers, months or weekdays.
enum StateScale {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Whether labels stand in the order of what they name.
  static func isOrdered(_ labels: [String]) -> Bool {
    let positions = labels.compactMap(position)
    guard positions.count == labels.count else { return rises(labels, in: months) || rises(labels, in: weekdays) }
    return zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Where a label stands: at the number that it begins with, before it for `<5` and behind it for `5+` and `>5`.
  private static func position(_ label: String) -> (number: Double, side: Int)? {
    let text = label.drop { "<>=\u{2264}\u{2265}([$ ".contains($0) }
    if text.hasPrefix("-inf") { return (-.infinity, 0) }
    let sign = text.prefix { $0 == "-" }
    let digits = text.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let number = NumericLabels.decimal("\(sign)\(digits)") else { return nil }
    let side =
      switch label.first {
      case "<", "\u{2264}": -1
      case ">", "\u{2265}": 1
      default: label.last == "+" ? 1 : 0
      }
    return (number, side)
  }

  private static func rises(_ labels: [String], in names: [String]) -> Bool {
    let positions = labels.compactMap { label in names.firstIndex { label.lowercased().hasPrefix($0) } }
    return positions.count == labels.count && zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
  }
}
