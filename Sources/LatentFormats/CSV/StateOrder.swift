internal import LatentData

/// Labels in the order in which people expect states.
struct StateOrder {
  /// The labels in order.
  let states: [String]
  /// The position in `states` of each label in the order in which it was found.
  let positions: [StateCode]
  /// The values of `states` if all are numbers.
  let numbers: [Double]?

  init(_ found: [String]) {
    let order = NaturalOrder.indices(of: found)
    var positions = [StateCode](repeating: 0, count: found.count)
    for (position, index) in order.enumerated() { positions[index] = StateCode(position) }
    states = order.map { found[$0] }
    self.positions = positions
    let numbers = states.compactMap(Self.number)
    self.numbers = numbers.count == states.count ? numbers : nil
  }

  /// The value of a label that is written as a decimal number.
  static func number(_ label: String) -> Double? { NumericLabels.decimal(label) }

  /// The first labels that are equal but for the case of their letters.
  var differingInCaseOnly: [String] {
    let groups = Dictionary(grouping: states) { $0.lowercased() }
    guard let first = states.first(where: { (groups[$0.lowercased()] ?? []).count > 1 }) else { return [] }
    return groups[first.lowercased()] ?? []
  }

  /// Whether labels are numbers but for commas in them: `3,5` or `1,234`.
  static func haveCommas(_ labels: [String]) -> Bool {
    let withCommas = labels.count(where: isNumberWithCommas)
    return withCommas * 2 > labels.count
      && labels.allSatisfy { isNumberWithCommas($0) || number($0) != nil || SuspectedCodes.isWord($0) }
  }

  /// One comma and digits around it, or commas between thousands.
  private static func isNumberWithCommas(_ label: String) -> Bool {
    let groups = label.split(separator: ",", omittingEmptySubsequences: false)
    let areThousands = groups.dropFirst().allSatisfy { $0.prefix { $0 != "." }.utf8.count == 3 }
    let digits = label.filter { $0 != "," && $0 != "." }
    return groups.count > 1 && (groups.count == 2 || areThousands) && number(digits) != nil
      && !digits.utf8.contains(UInt8(ascii: "e"))
  }
}
