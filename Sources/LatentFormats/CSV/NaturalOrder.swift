/// Labels in the order in which people expect them: numbers by value, months and weekdays by the calendar, intervals by
/// their ends, and all others by their characters with numbers in them by value.
enum NaturalOrder {
  /// The indices of different labels in this order.
  static func indices(of labels: [String]) -> [Int] {
    if let numbers = keys(labels, StateOrder.number) { return sorted(labels, by: numbers) }
    if let days = keys(labels, CalendarName.weekday) ?? keys(labels, CalendarName.month) {
      return sorted(labels, by: days)
    }
    let ends = labels.map { SuspectedCodes.isWord($0) ? LabelInterval.behindAll : LabelInterval($0) }
    if let ends = keys(ends, { $0 }), ends.contains(where: \.isProper) { return sorted(labels, by: ends) }
    return sorted(labels, by: labels.map { NaturalText($0) })
  }

  /// What each item gives; nil if one gives nothing.
  private static func keys<Item, Key>(_ items: [Item], _ key: (Item) -> Key?) -> [Key]? {
    let keys = items.compactMap(key)
    return keys.count == items.count ? keys : nil
  }

  private static func sorted(_ labels: [String], by keys: [some Comparable]) -> [Int] {
    labels.indices.sorted { a, b in
      if keys[a] < keys[b] { return true }
      if keys[b] < keys[a] { return false }
      return labels[a].unicodeScalars.lexicographicallyPrecedes(labels[b].unicodeScalars)
    }
  }
}

/// The English names of months and weekdays, in full or short.
enum CalendarName {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// The position of a month in the year.
  static func month(_ label: String) -> Int? { position(of: label, in: months, shortest: 3) }

  /// The position of a day in a week that begins on Monday.
  static func weekday(_ label: String) -> Int? { position(of: label, in: weekdays, shortest: 2) }

  private static func position(of label: String, in names: [String], shortest: Int) -> Int? {
    var word = label.lowercased()
    if word.last == "." { word.removeLast() }
    guard word.count >= shortest else { return nil }
    return names.firstIndex { $0 == word || word.count <= 5 && $0.hasPrefix(word) }
  }
}

/// A text as pieces that are digits, which compare by value, and pieces that are not.
struct NaturalText: Comparable {
  private let pieces: [Piece]

  private enum Piece: Comparable {
    case number(digits: [Unicode.Scalar])
    case text([Unicode.Scalar])

    static func < (a: Piece, b: Piece) -> Bool {
      switch (a, b) {
      case (.number(let a), .number(let b)):
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
      case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
      case (.number, .text(let b)): b.first.map { $0 > "9" } ?? false
      case (.text(let a), .number): a.first.map { $0 < "0" } ?? true
      }
    }
  }

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var pieces: [Piece] = []
    var start = 0
    while start < scalars.count {
      let isDigit = Self.isDigit(scalars[start])
      let piece = scalars[start...].prefix { Self.isDigit($0) == isDigit }
      pieces.append(isDigit ? .number(digits: Array(piece.drop { $0 == "0" })) : .text(Array(piece)))
      start = piece.endIndex
    }
    self.pieces = pieces
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  static func < (a: NaturalText, b: NaturalText) -> Bool { a.pieces.lexicographicallyPrecedes(b.pieces) }
}
