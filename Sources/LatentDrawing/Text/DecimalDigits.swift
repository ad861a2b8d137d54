/// The decimal digits of a finite number's magnitude, rounded exactly: to the nearest digit, and to the even one where
/// two are equally near. Time and memory grow with the digits asked for and with the exponent.
struct DecimalDigits {
  /// The digits, 0 to 9, from the most significant one kept.
  private(set) var digits: [UInt8] = []
  /// The index of the decimal point among the digits; negative where zeros stand between it and the first one.
  private(set) var point = 0

  /// The digits of the whole part, without leading zeros, and a count of decimals.
  init(of value: Double, decimals: Int) {
    var expansion = DecimalExpansion(of: value.magnitude)
    digits = expansion.whole
    point = digits.count
    while digits.count <= point + decimals, expansion.hasMore { digits += expansion.nextNine() }
    round(to: point + decimals, hasMore: expansion.hasMore)
  }

  /// A count of digits from the first one that is not 0; zeros where there is none.
  init(of value: Double, significant count: Int) {
    var expansion = DecimalExpansion(of: value.magnitude)
    digits = expansion.whole
    point = digits.count
    while digits.count <= count, expansion.hasMore {
      for digit in expansion.nextNine() {
        if digits.isEmpty, digit == 0 { point -= 1 } else { digits.append(digit) }
      }
    }
    round(to: count, hasMore: expansion.hasMore)
    if digits.count > count { digits.removeLast() }
  }

  /// Keeps `count` digits; one more when all of them were nines that became 1 and zeros.
  ///
  /// - hasMore: whether digits other than 0 follow those at hand.
  private mutating func round(to count: Int, hasMore: Bool) {
    guard digits.count > count else {
      digits += [UInt8](repeating: 0, count: count - digits.count)
      return
    }
    let next = digits[count]
    let isTie = next == 5 && !hasMore && digits[(count + 1)...].allSatisfy { $0 == 0 }
    let goesUp = isTie ? count > 0 && digits[count - 1] % 2 == 1 : next >= 5
    digits.removeSubrange(count...)
    guard goesUp else { return }
    guard let last = digits.lastIndex(where: { $0 < 9 }) else {
      digits = [1] + [UInt8](repeating: 0, count: count)
      point += 1
      return
    }
    digits[last] += 1
    for index in digits.indices[(last + 1)...] { digits[index] = 0 }
  }
}

/// All decimal digits of a finite number ≥ 0: those of its whole part, then its decimals, nine at a time.
private struct DecimalExpansion {
  /// The digits of the whole part; none for 0.
  let whole: [UInt8]
  /// What is still to come, as digits in base 2³² after the point: the most significant first, no zeros at the end.
  private var fraction: [UInt32] = []

  private static let billion: UInt64 = 1_000_000_000

  init(of value: Double) {
    guard value > 0 else {
      whole = []
      return
    }
    // value = significand · 2^exponent
    let significand = UInt64(value.significand * 0x1p52)
    let exponent = Int(value.exponent) - 52
    guard exponent < 0 else {
      whole = Self.digits(of: significand, doubled: exponent)
      return
    }
    let wholePart = significand >> -exponent
    whole = wholePart == 0 ? [] : Self.digits(of: wholePart, doubled: 0)
    let rest = significand - (wholePart << -exponent)
    let count = (31 - exponent) / 32
    var aligned = UInt128(rest) << (32 * count + exponent)
    fraction = [UInt32](repeating: 0, count: count)
    for index in fraction.indices.reversed() where aligned > 0 {
      fraction[index] = UInt32(truncatingIfNeeded: aligned)
      aligned >>= 32
    }
    dropZeros()
  }

  /// Whether any decimal other than 0 is still to come.
  var hasMore: Bool { !fraction.isEmpty }

  /// The next nine decimals.
  mutating func nextNine() -> [UInt8] {
    var carry: UInt64 = 0
    for index in fraction.indices.reversed() {
      let product = UInt64(fraction[index]) * Self.billion + carry
      fraction[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    dropZeros()
    return Self.nineDigits(of: carry)
  }

  private mutating func dropZeros() {
    while fraction.last == 0 { fraction.removeLast() }
  }

  /// The digits of `number` · 2^`count`, for a number above 0.
  private static func digits(of number: UInt64, doubled count: Int) -> [UInt8] {
    // In base 10⁹, the least significant part first.
    var parts = [number % billion, number / billion]
    var left = count
    while left > 0 {
      let step = min(left, 29)
      var carry: UInt64 = 0
      for index in parts.indices {
        let product = parts[index] << step + carry
        parts[index] = product % billion
        carry = product / billion
      }
      if carry > 0 { parts.append(carry) }
      left -= step
    }
    return Array(parts.reversed().flatMap(nineDigits).drop { $0 == 0 })
  }

  private static func nineDigits(of number: UInt64) -> [UInt8] {
    var digits = [UInt8](repeating: 0, count: 9)
    var rest = number
    for index in digits.indices.reversed() {
      digits[index] = UInt8(rest % 10)
      rest /= 10
    }
    return digits
  }
}
