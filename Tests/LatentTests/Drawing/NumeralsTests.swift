import Foundation
import LatentKernels
import Testing

@testable import LatentDrawing

/// Numbers are spelled as `printf` does.
@Suite struct NumeralsTests {
  private func expectThatOfPrintf(_ value: Double, decimals: Int, digits: Int) {
    let fixed = Numerals.fixed(value, decimals: decimals)
    let significant = Numerals.significant(value, digits: digits)
    #expect(fixed == Self.printf("%.*f", decimals, value), "\(value) with \(decimals) decimals")
    #expect(significant == Self.printf("%.*g", digits, value), "\(value) with \(digits) digits")
  }

  private static func printf(_ format: String, _ precision: Int, _ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      let count = withVaList([CInt(precision), value]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
      return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// All magnitudes, from the smallest to the greatest number.
  @Test func anyBits() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<15_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      expectThatOfPrintf(
        value, decimals: Int.random(in: 0...20, using: &random), digits: Int.random(in: 1...20, using: &random))
    }
  }

  /// Numbers as reports have them.
  @Test func usualMagnitudes() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<60_000 {
      let scale = exp(Double.random(in: -15...25, using: &random))
      expectThatOfPrintf(
        Double.random(in: -1...1, using: &random) * scale, decimals: Int.random(in: 0...6, using: &random),
        digits: Int.random(in: 1...6, using: &random))
    }
  }

  /// Halfway between two numbers of so many decimals or digits, and the numbers just beside.
  @Test func ties() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<15_000 {
      let power = Int.random(in: 1...12, using: &random)
      let whole = Int.random(in: 0...(1 << Int.random(in: 1...40, using: &random)), using: &random)
      let value = Double(2 * whole + 1) / Double(1 << power)
      for value in [value, value.nextUp, value.nextDown, -value] {
        expectThatOfPrintf(value, decimals: power - 1, digits: "\(whole)".count)
      }
    }
  }

  /// Decimal numbers with few digits, nines above all, and powers of ten.
  @Test func roundDecimals() throws {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...8, using: &random)
      let digits = (0..<count).compactMap { _ in ["9", "5", "0", "4"].randomElement(using: &random) }
      let value = try #require(Double("\(digits.joined())e\(Int.random(in: -30...30, using: &random))"))
      expectThatOfPrintf(
        value, decimals: Int.random(in: 0...12, using: &random), digits: Int.random(in: 1...9, using: &random))
    }
  }

  @Test(arguments: [
    0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    0x1p52, 0x1p53, 0x1p64, 0x1p1023, 9.5, 99.5, 0.5, 1.5, 0.95, 999_999.5, 0.00009999995,
  ])
  func edges(_ value: Double) {
    for decimals in [0, 1, 6, 20] {
      for digits in [1, 2, 3, 17] { expectThatOfPrintf(value, decimals: decimals, digits: digits) }
    }
  }

  @Test func handsRoundHalvesUp() {
    #expect(0.03125.rounded(decimals: 4) == 0.0313)
    #expect((-12.25).rounded(decimals: 1) == -12.3)
    #expect((-0.00001).rounded(decimals: 4).sign == .plus)
  }
}
