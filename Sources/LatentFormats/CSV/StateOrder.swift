internal import LatentData

/// Labels in the order in which people expect states: numbers by value if all are numbers, else by their characters.
struct StateOrder {
  /// The labels in order.
  let states: [String]
  /// The position in `states` of each label in the order in which it was found.
  let positions: [StateCode]
  /// The values of `states` if all are numbers.
  let numbers: [Double]?

  init(_ found: [String]) {
    let values = found.compactMap(Self.number)
    let areNumbers = values.count == found.count
    let order = found.indices.sorted { a, b in
      if areNumbers, values[a] != values[b] { return values[a] < values[b] }
      return found[a].unicodeScalars.lexicographicallyPrecedes(found[b].unicodeScalars)
    }
    var positions = [StateCode](repeating: 0, count: found.count)
    for (position, index) in order.enumerated() { positions[index] = StateCode(position) }
    states = order.map { found[$0] }
    self.positions = positions
    numbers = areNumbers ? order.map { values[$0] } : nil
  }

  /// The value of a label that is written as a decimal number.
  static func number(_ label: String) -> Double? {
    let isDecimal = label.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2B || $0 == 0x2D || $0 == 0x65 || $0 == 0x45
    }
    return isDecimal ? Double(label).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  /// The least and the greatest number where they are made of nines (9, −9, 99, 999 …) and stand apart from the rest.
  var suspectedCodes: [String] {
    guard let numbers, numbers.count > 2 else { return [] }
    let last = numbers.count - 1
    var codes: [String] = []
    if isAllNines(states[0]), numbers[0] < 0, numbers[1] > numbers[0] + 1 { codes.append(states[0]) }
    if isAllNines(states[last]), numbers[last] > numbers[last - 1] + 1 { codes.append(states[last]) }
    return codes
  }

  private func isAllNines(_ label: String) -> Bool {
    let digits = label.hasPrefix("-") ? label.dropFirst() : label[...]
    return !digits.isEmpty && digits.allSatisfy { $0 == "9" }
  }
}
