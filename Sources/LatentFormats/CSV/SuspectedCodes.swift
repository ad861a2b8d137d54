internal import LatentData

/// Values of a column that look like codes for missing cells: −9 or 999 beyond the other numbers, 8 and 9 above a scale
/// from 1 to 5, words such as `unknown`, and what keeps a column from being one of numbers.
struct SuspectedCodes {
  /// The values as they stand in the file, or as they would be typed.
  let texts: [String]

  private static let mostCodes = 4

  /// The suspects among the different labels of a column.
  init(labels: [String]) {
    let numbers = Self(obstacles: labels.filter { StateOrder.number($0) == nil }, of: labels.count)
    texts = numbers.texts.isEmpty ? labels.filter(Self.isWord) : numbers.texts
  }

  /// The suspects among the labels that keep a column from being one of numbers: all, if nearly all others are numbers.
  init(obstacles: [String], of count: Int) {
    let longest = 12
    let areFew = obstacles.count <= 2 && count - obstacles.count > 2 * obstacles.count
    texts = areFew && obstacles.allSatisfy { $0.utf8.count <= longest } ? obstacles : []
  }

  /// The suspects among numbers: those at the ends of the range that are codes by their digits and stand apart.
  ///
  /// - distinct: the different numbers, rising.
  /// - isMeasured: whether the numbers are measured; among them, codes stand apart by a tenth of the range.
  init(numbers distinct: [Double], isMeasured: Bool) {
    let least = Self.codes(atEndOf: distinct.reversed().map { -$0 }, isMeasured) { $0 == 1 || Self.isCode($0) }
    let greatest = Self.codes(atEndOf: distinct, isMeasured, isCode: Self.isCode)
    let rising = (least.map { -$0 } + greatest).sorted()
    texts = rising.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" }
  }

  /// The codes at the upper end of rising numbers: as many as leave a gap below them. Codes of two digits and more are
  /// only those below one of nines.
  private static func codes(
    atEndOf numbers: [Double], _ isMeasured: Bool, isCode: (Double) -> Bool
  ) -> ArraySlice<Double> {
    guard let greatest = numbers.last, greatest > 0, greatest < 10 || digits(greatest).allSatisfy({ $0 == "9" }) else {
      return []
    }
    let candidates = numbers.suffix(mostCodes).reversed().prefix(while: isCode).count
    for count in stride(from: min(candidates, numbers.count - 2), to: 0, by: -1) {
      let rest = numbers.dropLast(count)
      guard let first = rest.first, let last = rest.last else { continue }
      let gap = numbers[numbers.count - count] - last
      if gap > (isMeasured ? max(1, (last - first) / 10) : 1) { return numbers.suffix(count) }
    }
    return []
  }

  /// Whether a number is made of nines but for a last digit from 6 on, or of sevens or eights: 9, 98, 777.
  private static func isCode(_ value: Double) -> Bool {
    let digits = digits(value)
    guard value > 6 else { return false }
    return ["7", "8"].contains { digits.allSatisfy(Set($0).contains) }
      || digits.dropLast().allSatisfy { $0 == "9" } && "6789".contains(digits.last ?? "0")
  }

  /// The digits of a whole number; one that is no nine for any other.
  private static func digits(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "0" }

  /// Whether a label says that there is no answer.
  static func isWord(_ label: String) -> Bool { words.contains(label.lowercased()) }

  private static let words: Set<String> = [
    ".", "..", "-", "--", "---", "*", "n/a", "na", "n.a.", "#n/a", "<na>", "nan", "nil", "null", "nd", "n/d", "missing",
    "(missing)", "not available", "not applicable", "not asked", "not answered", "no answer", "no response",
    "no data", "refused", "refusal", "declined", "unknown", "unk", "unk.", "dk", "don't know", "dont know",
    "do not know", "dk/na", "prefer not to say", "prefer not to answer", "undefined",
  ]
}
